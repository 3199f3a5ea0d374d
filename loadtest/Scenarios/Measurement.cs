using System.Globalization;
using Director.Net;

namespace Director.LoadScenarios;

/// <summary>
/// A step, or a whole iteration, as it went. Printed and parsed as one line: <c>scenario step due started ended kind server</c>.
/// </summary>
/// <param name="Scenario">Which scenario.</param>
/// <param name="Step">Which step; empty for the whole iteration.</param>
/// <param name="Due">When it should have begun.</param>
/// <param name="Started">When it did; later, if the generator was late.</param>
/// <param name="Ended">When it had ended.</param>
/// <param name="Kind">How.</param>
/// <param name="Server">Who answered; empty if nobody did.</param>
internal sealed record Measurement(
    string Scenario, string Step, MonoTime Due, MonoTime Started, MonoTime Ended, ResponseKind Kind, string Server)
{
    private const string None = "-";

    /// <summary>Whether it is a whole iteration.</summary>
    public bool IsIteration => Step.Length == 0;

    /// <summary>Whether it ended as it should.</summary>
    public bool IsOk => Kind == ResponseKind.Ok;

    /// <summary>What the user waited, from when he was due: a late start is waiting, too.</summary>
    public TimeSpan Latency => Ended - Due;

    /// <summary>How late the generator was.</summary>
    public TimeSpan Lateness => Started - Due;

    /// <summary>Parses a line of <see cref="ToString"/>; false for anything else.</summary>
    public static bool TryParse(string line, out Measurement measurement)
    {
        measurement = null!;
        var words = line.Split(' ');
        if (words.Length != 7
            || !TryInstant(words[2], out var due)
            || !TryInstant(words[3], out var started)
            || !TryInstant(words[4], out var ended)
            || !Enum.TryParse<ResponseKind>(words[5], out var kind)) return false;
        measurement = new(words[0], Word(words[1]), due, started, ended, kind, Word(words[6]));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Scenario} {Text(Step)} {Due.Nanoseconds} {Started.Nanoseconds} {Ended.Nanoseconds} {Kind} {Text(Server)}");

    private static string Text(string word) => word.Length == 0 ? None : word;

    private static string Word(string text) => text == None ? "" : text;

    private static bool TryInstant(string text, out MonoTime instant)
    {
        var read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds);
        instant = new(nanoseconds);
        return read;
    }
}
