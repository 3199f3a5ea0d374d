namespace Director.Checks;

/// <summary>Bounds of the checks.</summary>
public static class CheckLimits
{
    /// <summary>Probes that run at once unless the runner is told otherwise; the rest wait their turn.</summary>
    public const int DefaultConcurrentProbes = 1024;

    /// <summary>Scripts that run at once as checks.</summary>
    public const int ConcurrentProcesses = 64;

    /// <summary>A check without a result for so many periods is overdue.</summary>
    public const int OverduePeriods = 3;

    /// <summary>From the start to the earliest first probe, as keepalived waits (keepalived.h <c>BOOTSTRAP_DELAY</c>).</summary>
    public static readonly TimeSpan BootstrapDelay = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait of a single timer; a longer one is waited for in pieces.</summary>
    internal static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);
}
