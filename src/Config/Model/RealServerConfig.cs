using Director.Net;

namespace Director.Config;

/// <summary>A <c>real_server</c> of a virtual server.</summary>
/// <param name="Endpoint">Its address, and its port as forwarded to: always that of the virtual server, which neither direct
/// routing nor a tunnel changes.</param>
/// <param name="Weight"><c>weight</c>, 0–2147483647; 0 takes no new connection that the scheduler decides.</param>
/// <param name="InhibitOnFailure"><c>inhibit_on_failure</c>: a failed server stays in the pool with weight 0 instead of leaving it.</param>
/// <param name="TcpChecks">Its <c>TCP_CHECK</c> blocks: it is up when all of them pass. Without any it is always up.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record RealServerConfig(
    Endpoint Endpoint,
    int Weight,
    bool InhibitOnFailure,
    IReadOnlyList<TcpCheckConfig> TcpChecks,
    SourceLocation Location)
{
    /// <summary><c>lvs_method</c>, or the virtual server's <c>lb_kind</c>.</summary>
    public ForwardingMethodConfig Method { get; init; } = ForwardingMethodConfig.DirectRouting;

    /// <summary><c>uthreshold</c>: connections from which on it takes no new one, 0–2147483647; 0 is no bound.</summary>
    public int UpperThreshold { get; init; }

    /// <summary>
    /// <c>lthreshold</c>: with fewer connections it takes new ones again, 0–<see cref="UpperThreshold"/>; 0 is three quarters of that.
    /// </summary>
    public int LowerThreshold { get; init; }
}
