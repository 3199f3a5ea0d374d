using System.Globalization;

namespace Director.Linux.Processes;

/// <summary>What came of a bounded run of a program.</summary>
/// <param name="Exit">How it ended; null if it could not be started.</param>
/// <param name="TimedOut">Whether it was still running at the end of its time, and was ended.</param>
/// <param name="Problem">Why it could not be started; null if it was.</param>
public readonly record struct ChildOutcome(ChildExit? Exit, bool TimedOut, string? Problem)
{
    /// <summary>Whether it could not be started as this host was short of something, which says nothing of the program.</summary>
    public bool IsHostShort { get; init; }

    /// <summary>Whether it exited with 0 in time.</summary>
    public bool IsSuccess => !TimedOut && Exit is { IsSuccess: true };

    /// <summary>For a log: "exited with 3", "timed out", why it could not be started.</summary>
    public override string ToString() =>
        Problem ?? (TimedOut ? "timed out" : string.Create(CultureInfo.InvariantCulture, $"{Exit}"));
}
