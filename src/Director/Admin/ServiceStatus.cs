using Director.Datapath.Stats;

namespace Director.Admin;

/// <summary>One virtual service.</summary>
/// <param name="Key">As logged: <c>[192.0.2.1]:tcp:80</c>.</param>
/// <param name="Protocol"><c>TCP</c> or <c>UDP</c>.</param>
/// <param name="Address">VIP and port, <c>192.0.2.1:80</c> or <c>[2001:db8::1]:80</c>.</param>
/// <param name="Scheduler">Such as <c>wlc</c>.</param>
/// <param name="Forwarding"><c>NAT</c>, <c>DR</c> or <c>TUN</c>: of servers that do not say.</param>
/// <param name="PersistenceSeconds">Or null without persistence.</param>
/// <param name="PersistencePrefixLength">Bits of the client's address that persistence looks at.</param>
/// <param name="Quorum">Whether enough weight is alive.</param>
/// <param name="Traffic">Since the service came into force, up to this moment; what went to servers that have left is included.</param>
/// <param name="Estimate">What ipvsadm shows: up to the estimator's last tick, since the zero point.</param>
/// <param name="Servers">In the order of the configuration, the sorry server last.</param>
internal sealed record ServiceStatus(
    string Key,
    string Protocol,
    string Address,
    string Scheduler,
    string Forwarding,
    double? PersistenceSeconds,
    int PersistencePrefixLength,
    bool Quorum,
    ServerTraffic Traffic,
    TrafficEstimate Estimate,
    IReadOnlyList<ServerStatus> Servers)
{
    /// <summary>What the scheduler was told beside its name, in ipvsadm's words, such as <c>sh-port</c>.</summary>
    public IReadOnlyList<string> SchedulerFlags { get; init; } = [];

    /// <summary>Whether each packet is scheduled by itself.</summary>
    public bool OnePacket { get; init; }

    /// <summary>Whether the sorry server serves, alone, because there is no quorum.</summary>
    public bool OnSorryServer { get; init; }

    /// <summary>Whether all its servers are down and serve nevertheless (<c>fail_open</c>).</summary>
    public bool FailingOpen { get; init; }

    /// <summary>The weights of servers that are up, added up.</summary>
    public long LivingWeight { get; init; }

    /// <summary><c>quorum</c>.</summary>
    public int QuorumWeight { get; init; }

    /// <summary><c>hysteresis</c>.</summary>
    public int Hysteresis { get; init; }
}
