namespace Director.Checks;

/// <summary>One check as it is at a moment.</summary>
/// <param name="Settings">What it is.</param>
/// <param name="IsUp">Whether it passes.</param>
/// <param name="HasRun">Whether an attempt has said anything yet.</param>
/// <param name="Failures">Forgiven failures in a row.</param>
/// <param name="SinceLastRun">
/// Age of the last attempt that ended; null if none has. A check that is not stuck is younger than its delays and timeouts.
/// </param>
/// <param name="UntilNextRun">Time to the next attempt; negative or zero if it runs or waits for its turn.</param>
/// <param name="LastReason">Why the last attempt failed; null if it did not.</param>
public sealed record CheckSnapshot(
    CheckSettings Settings,
    bool IsUp,
    bool HasRun,
    int Failures,
    TimeSpan? SinceLastRun,
    TimeSpan UntilNextRun,
    string? LastReason)
{
    /// <summary>How long the last attempt took; null if none has ended.</summary>
    public TimeSpan? LastDuration { get; init; }

    /// <summary>Attempts that have ended.</summary>
    public long Attempts { get; init; }

    /// <summary>Whether no result has come for three periods.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>Whether it is not made, as what it needs is not on this host.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Servers whose check it is: one machine, in several services.</summary>
    public int Servers { get; init; } = 1;
}
