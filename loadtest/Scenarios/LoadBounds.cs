namespace Director.LoadScenarios;

/// <summary>
/// How long users may be without service when something happens to the lab: advertisements every second, the backup's priority 50
/// (RFC 3768 §5.3.2 and §6.1), checks every second with one retry after another.
/// </summary>
internal static class LoadBounds
{
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds((256 - 50) / 256.0);

    /// <summary>A planned stop: the backup waits its skew time.</summary>
    public static readonly TimeSpan Resignation = Skew + Slack;

    /// <summary>A loss of power: the backup misses three advertisements and waits its skew time.</summary>
    public static readonly TimeSpan Crash = TimeSpan.FromSeconds(3) + Skew + Slack;

    /// <summary>A higher priority takes the VIP back from a living master.</summary>
    public static readonly TimeSpan Preemption = Slack;

    /// <summary>A server's death is noticed by its check, confirmed by the retry, and takes effect.</summary>
    public static readonly TimeSpan ServerDown = TimeSpan.FromSeconds(1 + 1 + 1);
}
