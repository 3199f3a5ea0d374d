using System.Globalization;
using Director.Net;

namespace Director.Lab.Client;

/// <summary>
/// One request from a fresh socket. Printed and parsed as one line: <c>sequence started ended source outcome server</c>.
/// </summary>
/// <param name="Sequence">Number of the request, from 0.</param>
/// <param name="Started">When the connection was begun.</param>
/// <param name="Ended">When the outcome was known.</param>
/// <param name="Source">The client's address.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Server">Who answered; empty if nobody did.</param>
internal sealed record RequestResult(int Sequence, MonoTime Started, MonoTime Ended, string Source, RequestOutcome Outcome, string Server)
{
    private const string Nobody = "-";

    /// <summary>Whether a server answered.</summary>
    public bool Answered => Outcome == RequestOutcome.Answered;

    /// <summary>Whether the client was turned away by a RST (or port unreachable) instead of left waiting.</summary>
    public bool TurnedAway => Outcome is RequestOutcome.Refused or RequestOutcome.Reset;

    /// <summary>Parses a line of <see cref="ToString"/>; false for anything else.</summary>
    public static bool TryParse(string line, out RequestResult result)
    {
        result = null!;
        var words = line.Split(' ');
        if (words.Length != 6
            || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || !long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var started)
            || !long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var ended)
            || !Enum.TryParse<RequestOutcome>(words[4], out var outcome)) return false;
        result = new(sequence, new(started), new(ended), words[3], outcome, words[5] == Nobody ? "" : words[5]);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Sequence} {Started.Nanoseconds} {Ended.Nanoseconds} {Source} {Outcome} {(Server.Length == 0 ? Nobody : Server)}");
}
