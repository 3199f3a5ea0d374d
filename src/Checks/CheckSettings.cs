using Director.Checks.Probes;

namespace Director.Checks;

/// <summary>
/// One check of a real server, everything inherited filled in (keepalived.conf(5), "Healthchecker"). Equal settings are the same check:
/// its state outlives a reload.
/// </summary>
/// <param name="Probe">What is tried.</param>
/// <param name="Retries"><c>retry</c>: failures in a row that are forgiven before the check fails, 0 or more.</param>
/// <param name="DelayBeforeRetry"><c>delay_before_retry</c>: from the end of a forgiven failure to the next attempt.</param>
/// <param name="DelayLoop"><c>delay_loop</c>: from the end of any other attempt to the next; more than zero.</param>
/// <param name="Warmup"><c>warmup</c>: the first attempt comes within this time, at random, so that checks do not march in step.</param>
/// <param name="Alpha"><c>alpha</c>: counts as failed until it first passes.</param>
/// <param name="LogsAllFailures"><c>log_all_failures</c>: what changes nothing is told too (<see cref="CheckFailed"/>).</param>
public sealed record CheckSettings(
    ProbeSettings Probe,
    int Retries,
    TimeSpan DelayBeforeRetry,
    TimeSpan DelayLoop,
    TimeSpan Warmup,
    bool Alpha = false,
    bool LogsAllFailures = false)
{
    /// <summary><c>rise</c>: successes in a row until a failing check passes, 1 or more. keepalived has 1.</summary>
    public int Rise { get; init; } = 1;
}
