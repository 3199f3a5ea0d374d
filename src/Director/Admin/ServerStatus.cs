using Director.Datapath.Stats;

namespace Director.Admin;

/// <summary>One real server of one service.</summary>
/// <param name="Address">Its address and port, <c>192.0.2.2:80</c> or <c>[2001:db8::2]:80</c>.</param>
/// <param name="Weight">In force; 0 takes no new connection.</param>
/// <param name="Alive">Whether its checks hold it up.</param>
/// <param name="PoolPlace">Its place in the pool that the scheduler sees, 0 for the newest, or null if it is not there.</param>
/// <param name="Mac">Its link-layer address, or null while that is unresolved, and of this host itself.</param>
/// <param name="ActiveConnections">As IPVS counts them.</param>
/// <param name="InactiveConnections">As IPVS counts them.</param>
/// <param name="PersistentConnections">Persistence templates.</param>
/// <param name="Traffic">Since it was added to its service, up to this moment.</param>
/// <param name="Estimate">What ipvsadm shows: up to the estimator's last tick, since the zero point.</param>
/// <param name="LastCheckSecondsAgo">Age of the last finished check, or null if there was none.</param>
internal sealed record ServerStatus(
    string Address,
    int Weight,
    bool Alive,
    int? PoolPlace,
    string? Mac,
    long ActiveConnections,
    long InactiveConnections,
    long PersistentConnections,
    ServerTraffic Traffic,
    TrafficEstimate Estimate,
    double? LastCheckSecondsAgo)
{
    /// <summary>How packets are brought to it: <c>NAT</c>, <c>DR</c> or <c>TUN</c>.</summary>
    public string Forwarding { get; init; } = "DR";

    /// <summary>From this many connections on it takes no new ones; 0 is no bound.</summary>
    public int UpperThreshold { get; init; }

    /// <summary>With fewer connections than this it takes new ones again; 0 is three quarters of the upper one.</summary>
    public int LowerThreshold { get; init; }

    /// <summary>Its checks, in the order of the configuration.</summary>
    public IReadOnlyList<CheckStatus> Checks { get; init; } = [];

    /// <summary>Whether the datapath may choose it.</summary>
    public bool InPool => PoolPlace is not null;

    /// <summary>Whether this host itself is the server, by its own stack.</summary>
    public bool Local { get; init; }

    /// <summary>Whether it is the sorry server and nothing else: nobody checks it.</summary>
    public bool Sorry { get; init; }
}
