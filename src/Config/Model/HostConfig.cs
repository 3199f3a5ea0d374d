using Director.Net;

namespace Director.Config;

/// <summary>What the host has whoever is master, and how fast its interfaces announce.</summary>
public sealed record HostConfig
{
    /// <summary><c>static_ipaddress</c>.</summary>
    public IReadOnlyList<VirtualAddressConfig> Addresses { get; init; } = [];

    /// <summary><c>static_routes</c>.</summary>
    public IReadOnlyList<VirtualRoute> Routes { get; init; } = [];

    /// <summary><c>static_rules</c>.</summary>
    public IReadOnlyList<VirtualRule> Rules { get; init; } = [];

    /// <summary><c>vrrp_garp_interval</c>: between two gratuitous ARP frames out of an interface; zero for back to back.</summary>
    public TimeSpan ArpInterval { get; init; }

    /// <summary><c>vrrp_gna_interval</c>: the same of unsolicited neighbour advertisements.</summary>
    public TimeSpan NeighbourInterval { get; init; }

    /// <summary><c>disable_local_igmp</c>: the host reports none of the groups of 224.0.0.0/24 that it is a member of.</summary>
    public bool DisablesLocalIgmp { get; init; }

    /// <summary><c>interface_up_down_delays</c>, each interface once.</summary>
    public IReadOnlyList<LinkDelaysConfig> LinkDelays { get; init; } = [];

    /// <summary><c>garp_group</c>: interfaces that share a pace; none is in two.</summary>
    public IReadOnlyList<GarpGroupConfig> GarpGroups { get; init; } = [];
}
