using Director.Net;

namespace Director.Config;

/// <summary>A <c>virtual_server</c>.</summary>
/// <param name="Key">Protocol, VIP and port; port 0 means every port, and then there is persistence. Of a group the first.</param>
/// <param name="Scheduler"><c>lb_algo</c> as written there, such as <c>wlc</c>.</param>
/// <param name="PersistenceTimeout"><c>persistence_timeout</c>: how long a client stays with its server, 1–2678400 s; null without
/// persistence.</param>
/// <param name="PersistencePrefixLength"><c>persistence_granularity</c>: bits of the client's address that count, 0–32; of IPv6
/// 1–128.</param>
/// <param name="RealServers">The pool, in order of the file; never empty, no two with the same endpoint.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record VirtualServerConfig(
    ServiceKey Key,
    string Scheduler,
    TimeSpan? PersistenceTimeout,
    int PersistencePrefixLength,
    IReadOnlyList<RealServerConfig> RealServers,
    SourceLocation Location)
{
    /// <summary><c>sh-port</c>, <c>mh-fallback</c>, <c>flag-1</c> and the like.</summary>
    public SchedulerFlagsConfig SchedulerFlags { get; init; }

    /// <summary>
    /// The other addresses and ports of its <c>virtual_server_group</c>: services of their own with the same real servers, which are
    /// checked once.
    /// </summary>
    public IReadOnlyList<ServiceKey> OtherKeys { get; init; } = [];

    /// <summary>The name of its <c>virtual_server_group</c>; null without one.</summary>
    public string? Group { get; init; }

    /// <summary>All its addresses and ports.</summary>
    public IEnumerable<ServiceKey> Keys => OtherKeys.Prepend(Key);

    /// <summary><c>lb_kind</c>: how its real servers are reached that do not say.</summary>
    public ForwardingMethodConfig Method { get; init; } = ForwardingMethodConfig.DirectRouting;

    /// <summary>
    /// <c>sorry_server</c>: serves alone while there is no quorum; null if there is none. Of weight 1, without checks. With
    /// <c>sorry_server_inhibit</c> (<see cref="RealServerConfig.InhibitOnFailure"/>) it is in the pool with weight 0 at other times. It may
    /// have the endpoint of a real server, and then inhibits as that does.
    /// </summary>
    public RealServerConfig? SorryServer { get; init; }

    /// <summary>Its real servers and its sorry server.</summary>
    public IEnumerable<RealServerConfig> AllServers => SorryServer is { } sorry ? RealServers.Append(sorry) : RealServers;

    /// <summary><c>quorum</c>: the weights of living servers, added up, with which it is up; 1 to the weights of all.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary><c>hysteresis</c>: by how much more they must be to gain it, or less to lose it; 0 to <see cref="Quorum"/> − 1.</summary>
    public int Hysteresis { get; init; }

    /// <summary>Who is told when it gains or loses its quorum.</summary>
    public UpDownNotifyConfig Notify { get; init; } = UpDownNotifyConfig.None;

    /// <summary><c>omega</c>: at the end it is told that its servers and its quorum are down.</summary>
    public bool TellsOfStop { get; init; }

    /// <summary><c>ha_suspend</c>: its checks are made only while one of its addresses is on this host.</summary>
    public bool SuspendsChecks { get; init; }

    /// <summary>
    /// <c>slow_start</c>: over this time the weight of a server that has come up rises to its own; zero for at once. Not keepalived's.
    /// </summary>
    public TimeSpan SlowStart { get; init; }

    /// <summary><c>fail_open</c>: while all its servers are down, all are in the pool as if none were. Not keepalived's.</summary>
    public bool FailsOpen { get; init; }

    /// <summary><c>ops</c>: each packet is scheduled by itself; UDP only.</summary>
    public bool IsOnePacket { get; init; }
}
