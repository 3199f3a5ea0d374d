namespace Director.Config.Binder;

/// <summary>
/// What a health check can say itself or inherit from its real server, and that from its virtual server; null is what was not written.
/// </summary>
internal sealed class CheckDefaultsDraft
{
    public TimeSpan? DelayLoop { get; set; }

    public TimeSpan? ConnectTimeout { get; set; }

    public int? Retries { get; set; }

    public TimeSpan? DelayBeforeRetry { get; set; }

    public TimeSpan? Warmup { get; set; }

    public bool? Alpha { get; set; }

    public bool? LogsAllFailures { get; set; }

    public int? Rise { get; set; }

    /// <summary>These settings, and those of <paramref name="outer"/> where there are none.</summary>
    public CheckDefaultsDraft Over(CheckDefaultsDraft outer) => new()
    {
        DelayLoop = DelayLoop ?? outer.DelayLoop,
        ConnectTimeout = ConnectTimeout ?? outer.ConnectTimeout,
        Retries = Retries ?? outer.Retries,
        DelayBeforeRetry = DelayBeforeRetry ?? outer.DelayBeforeRetry,
        Warmup = Warmup ?? outer.Warmup,
        Alpha = Alpha ?? outer.Alpha,
        Rise = Rise ?? outer.Rise,
        LogsAllFailures = LogsAllFailures ?? outer.LogsAllFailures,
    };
}
