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
    string? LastReason);
