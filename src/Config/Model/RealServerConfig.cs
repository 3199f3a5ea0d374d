using Director.Net;

namespace Director.Config;

/// <summary>A <c>real_server</c> of a virtual server.</summary>
/// <param name="Endpoint">Its address and port, unique in its virtual server: with <c>NAT</c> the port that packets get, 0 for the one that
/// they came for; else the virtual server's, of a group the first. <see cref="EndpointAt"/> is what is forwarded to.</param>
/// <param name="Weight"><c>weight</c>, 0–2147483647; 0 takes no new connection that the scheduler decides.</param>
/// <param name="InhibitOnFailure"><c>inhibit_on_failure</c>: a failed server stays in the pool with weight 0 instead of leaving it.</param>
/// <param name="Checks">Its checks, in order of the file: it is up when all of them pass. Without any it is always up.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record RealServerConfig(
    Endpoint Endpoint,
    int Weight,
    bool InhibitOnFailure,
    IReadOnlyList<CheckConfig> Checks,
    SourceLocation Location)
{
    /// <summary><c>lvs_method</c>, or the virtual server's <c>lb_kind</c>.</summary>
    public ForwardingMethodConfig Method { get; init; } = ForwardingMethodConfig.DirectRouting;

    /// <summary>Who is told when it comes up or goes down.</summary>
    public UpDownNotifyConfig Notify { get; init; } = UpDownNotifyConfig.None;

    /// <summary>Whether it must pass its checks before it is used (<c>alpha</c>).</summary>
    public bool StartsDown => Checks.Any(check => check.Timing.Alpha);

    /// <summary><c>uthreshold</c>: connections from which on it takes no new one, 0–2147483647; 0 is no bound.</summary>
    public int UpperThreshold { get; init; }

    /// <summary>
    /// <c>lthreshold</c>: with fewer connections it takes new ones again, 0–<see cref="UpperThreshold"/>; 0 is three quarters of that.
    /// </summary>
    public int LowerThreshold { get; init; }

    /// <summary>
    /// Its address and port as a server of a service of that port; neither direct routing nor a tunnel changes the port.
    /// </summary>
    public Endpoint EndpointAt(ushort servicePort) =>
        Method == ForwardingMethodConfig.Nat ? Endpoint : Endpoint with { Port = servicePort };

    /// <summary>
    /// Whether the packets of a service of that port come to it with the port that the client asked for. A service for all ports has
    /// persistence, and then they do whatever the server's port (Linux net/netfilter/ipvs/ip_vs_core.c, <c>ip_vs_sched_persist</c>).
    /// </summary>
    public bool KeepsPort(ushort servicePort) =>
        servicePort == 0 || Endpoint.Port == 0 || EndpointAt(servicePort).Port == servicePort;
}
