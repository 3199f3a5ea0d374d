using Director.Net;

namespace Director.Config;

/// <summary>A <c>TCP_CHECK</c>, with what it inherits from its real server and virtual server filled in.</summary>
/// <param name="Target">Where it connects: <c>connect_ip</c> and <c>connect_port</c>, or else the real server as written.</param>
/// <param name="BindTo"><c>bindto</c>: source address; null leaves it to the routes.</param>
/// <param name="ConnectTimeout"><c>connect_timeout</c>, more than zero.</param>
/// <param name="Retries"><c>retry</c>: failures that are forgiven before the check fails, 0 or more.</param>
/// <param name="DelayBeforeRetry"><c>delay_before_retry</c>: from a forgiven failure to the next attempt.</param>
/// <param name="DelayLoop"><c>delay_loop</c>: from the end of an attempt to the next.</param>
/// <param name="Warmup"><c>warmup</c>: the first attempt starts within this time, at random.</param>
/// <param name="Alpha"><c>alpha</c>: counts as failed until it first passes.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record TcpCheckConfig(
    Endpoint Target,
    IpAddress128? BindTo,
    TimeSpan ConnectTimeout,
    int Retries,
    TimeSpan DelayBeforeRetry,
    TimeSpan DelayLoop,
    TimeSpan Warmup,
    bool Alpha,
    SourceLocation Location);
