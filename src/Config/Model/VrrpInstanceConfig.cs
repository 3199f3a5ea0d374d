using Director.Net;

namespace Director.Config;

/// <summary>A <c>vrrp_instance</c>: one virtual router (RFC 3768, RFC 9568, keepalived.conf(5)).</summary>
/// <param name="Name">Its name, unique in the configuration.</param>
/// <param name="InitialState"><c>state</c>; without it, master for priority 255 and backup for any other.</param>
/// <param name="Interface"><c>interface</c>: where it advertises.</param>
/// <param name="VirtualRouterId"><c>virtual_router_id</c>, 1–255.</param>
/// <param name="Priority"><c>priority</c>, 1–255; 255 is the address owner.</param>
/// <param name="AdvertInterval"><c>advert_int</c>: in version 2 whole seconds, 1–255; in version 3 whole centiseconds, 1–4095.</param>
/// <param name="Password"><c>auth_pass</c> with <c>auth_type PASS</c>: 1–8 bytes of UTF-8; null without authentication.</param>
/// <param name="Addresses"><c>virtual_ipaddress</c>: owned by the master and listed in advertisements, in this order; 1–255, no two the
/// same.</param>
/// <param name="ExcludedAddresses"><c>virtual_ipaddress_excluded</c>: owned by the master, not listed; none of them also listed.</param>
/// <param name="Preempt">Whether a backup takes over from a master of lower priority (no <c>nopreempt</c>).</param>
/// <param name="PreemptDelay"><c>preempt_delay</c>: how long after start it waits before doing so, 0–1000 s.</param>
/// <param name="Garp">How it announces its addresses.</param>
/// <param name="Source"><c>mcast_src_ip</c>, <c>unicast_src_ip</c>: source address of advertisements; null means the interface's first,
/// over IPv6 its link-local one.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record VrrpInstanceConfig(
    string Name,
    VrrpInitialState InitialState,
    string Interface,
    byte VirtualRouterId,
    byte Priority,
    TimeSpan AdvertInterval,
    string? Password,
    IReadOnlyList<VirtualAddressConfig> Addresses,
    IReadOnlyList<VirtualAddressConfig> ExcludedAddresses,
    bool Preempt,
    TimeSpan PreemptDelay,
    GarpConfig Garp,
    IpAddress128? Source,
    SourceLocation Location)
{
    /// <summary>How it speaks.</summary>
    public WireConfig Wire { get; init; } = WireConfig.Default;

    /// <summary>Whether it speaks over IPv6.</summary>
    public bool IsV6 => Addresses.Count > 0 ? !Addresses[0].Address.IsV4 : IsV6WithoutAddresses;

    /// <summary><c>no_virtual_ipaddress</c>: it may be without addresses to advertise.</summary>
    public bool AllowsNoAddresses { get; init; }

    /// <summary>Whether it speaks over IPv6 without addresses to say so: its source, its peers or <c>native_ipv6</c> do.</summary>
    public bool IsV6WithoutAddresses { get; init; }

    /// <summary>What else decides elections.</summary>
    public ElectionConfig Election { get; init; } = ElectionConfig.Default;

    /// <summary>What it tracks.</summary>
    public IReadOnlyList<TrackConfig> Tracks { get; init; } = [];

    /// <summary>Who is told of its states.</summary>
    public NotifyConfig Notify { get; init; } = NotifyConfig.None;

    /// <summary><c>virtual_routes</c>: what the master adds after its addresses.</summary>
    public IReadOnlyList<VirtualRoute> Routes { get; init; } = [];

    /// <summary><c>virtual_rules</c>: what the master adds after its routes.</summary>
    public IReadOnlyList<VirtualRule> Rules { get; init; } = [];

    /// <summary><c>use_vmac</c>: the interface for its virtual MAC address; null for none.</summary>
    public VmacConfig? Vmac { get; init; }

    /// <summary>Further such interfaces, for addresses that do not go to <see cref="Interface"/>.</summary>
    public IReadOnlyList<AddressVmacConfig> AddressVmacs { get; init; } = [];

    /// <summary><c>track_group</c>: interfaces that it needs besides its own and its addresses'.</summary>
    public IReadOnlyList<string> NeededInterfaces { get; init; } = [];

    /// <summary>
    /// <c>accept</c>, <c>no_accept</c>: whether the host takes what is for the addresses and is no service's. Without either it does,
    /// unless in strict mode with another priority than 255 (RFC 9568 §6.1).
    /// </summary>
    public bool Accepts { get; init; } = true;

    /// <summary><c>promote_secondaries</c>.</summary>
    public bool PromotesSecondaries { get; init; }

    /// <summary>All addresses that the master owns, those listed in advertisements first.</summary>
    public IEnumerable<VirtualAddressConfig> AllAddresses() => Addresses.Concat(ExcludedAddresses);
}
