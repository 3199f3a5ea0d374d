using System.Globalization;

namespace Director.Tests.Conformance;

/// <summary>One line of a scenario, and what was seen of it.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Text">The line without the mark of its kind.</param>
/// <param name="Line">The line as it stands.</param>
/// <param name="Place">File and number of the line, for messages.</param>
internal sealed record Step(StepKind Kind, string Text, string Line, string Place)
{
    private const string WaitWord = "wait ";

    /// <summary>What the recorder saw, in lines.</summary>
    public List<string> Seen { get; init; } = [];

    /// <summary>Whether it is something done, whose effect can be seen.</summary>
    public bool CanBeSeen => Kind is StepKind.Command or StepKind.Packets;

    /// <summary>How long a <see cref="StepKind.Wait"/> lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(double.Parse(Text, CultureInfo.InvariantCulture));

    public static Step Read(string line, string place)
    {
        if (line.Length == 0 || line[0] == '#') return new(StepKind.Remark, line, line, place);
        if (line.StartsWith(WaitWord, StringComparison.Ordinal)) return new(StepKind.Wait, line[WaitWord.Length..], line, place);
        var kind = (line[0], line.Length > 1 ? line[1] : '\0') switch
        {
            ('$', ' ') => StepKind.Command,
            ('+', ' ') => StepKind.Input,
            ('>', ' ') => StepKind.Packets,
            _ => throw new FormatException($"{place}: not a line of a scenario: {line}"),
        };
        return new(kind, line[2..], line, place);
    }
}
