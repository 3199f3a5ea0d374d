using System.Globalization;

namespace Director.Config;

/// <summary>When a check is tried and what its attempts mean: what every kind of check that is tried has.</summary>
/// <param name="Retries"><c>retry</c>: failures in a row that are forgiven before the check fails, 0 or more.</param>
/// <param name="DelayBeforeRetry"><c>delay_before_retry</c>: from a forgiven failure to the next attempt.</param>
/// <param name="DelayLoop"><c>delay_loop</c>: from the end of an attempt to the next.</param>
/// <param name="Warmup"><c>warmup</c>: the first attempt starts within this time, at random.</param>
/// <param name="Alpha"><c>alpha</c>: counts as failed until it first passes.</param>
/// <param name="LogsAllFailures"><c>log_all_failures</c>: forgiven failures are logged too.</param>
public sealed record CheckTimingConfig(
    int Retries, TimeSpan DelayBeforeRetry, TimeSpan DelayLoop, TimeSpan Warmup, bool Alpha = false, bool LogsAllFailures = false)
{
    /// <summary><c>rise</c>: successes in a row until a failing check passes, 1 or more. Not keepalived's, which has 1.</summary>
    public int Rise { get; init; } = 1;

    /// <summary>That of a check that is told and never tried: no delay means anything.</summary>
    public static CheckTimingConfig Told(bool alpha) => new(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, alpha);

    /// <summary>As it is told in a reload's plan.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"retry {Retries} after {DelayBeforeRetry}, every {DelayLoop}, warmup {Warmup}, alpha {Word(Alpha)}")
        + (Rise > 1 ? string.Create(CultureInfo.InvariantCulture, $", rise {Rise}") : "")
        + (LogsAllFailures ? ", log_all_failures" : "");

    private static string Word(bool value) => value ? "yes" : "no";
}
