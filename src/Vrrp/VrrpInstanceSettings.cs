using Director.Net;
using Director.Vrrp.Wire;

namespace Director.Vrrp;

/// <summary>
/// What an operator wants of one virtual router (keepalived.conf(5), <c>vrrp_instance</c>). Immutable. <see cref="Problem"/> says what
/// the engine would refuse.
/// </summary>
public sealed partial record VrrpInstanceSettings
{
    /// <summary>The name in logs and reports, such as VI_1.</summary>
    public required string Name { get; init; }

    /// <summary>The interface that adverts go out of, by name.</summary>
    public required string Interface { get; init; }

    /// <summary>The virtual router's number on its LAN, 1–255.</summary>
    public required byte VirtualRouterId { get; init; }

    /// <summary>1–255; 255 for the owner of the addresses.</summary>
    public required byte Priority { get; init; }

    /// <summary>
    /// The state written in the configuration. It matters to a router of priority 255 only: wanting <see cref="VrrpState.Master"/>, it
    /// does not wait for silence.
    /// </summary>
    public required VrrpState WantedState { get; init; }

    /// <summary>Between adverts; version 2 has whole seconds, 1–255, version 3 whole centiseconds, 1–4095.</summary>
    public required TimeSpan AdvertInterval { get; init; }

    /// <summary>The password of <c>auth_type PASS</c>; null for no authentication.</summary>
    public VrrpPassword? Password { get; init; }

    /// <summary>Whether a lower-priority master is left alone (<c>nopreempt</c>).</summary>
    public bool NoPreempt { get; init; }

    /// <summary>How long a lower-priority master is left alone once it is heard (<c>preempt_delay</c>).</summary>
    public TimeSpan PreemptDelay { get; init; }

    /// <summary>
    /// The source of adverts (<c>mcast_src_ip</c>, <c>unicast_src_ip</c>); null for the interface's first address that is no virtual one,
    /// over IPv6 its link-local one.
    /// </summary>
    public IpAddress128? SourceAddress { get; init; }

    /// <summary>
    /// The addresses that adverts carry, at most <see cref="VrrpLimits.Addresses"/>. Peers must have the same ones, in any order.
    /// </summary>
    public IReadOnlyList<VirtualAddress> Addresses { get; init; } = [];

    /// <summary>Addresses that move with the others and are in no advert (<c>virtual_ipaddress_excluded</c>).</summary>
    public IReadOnlyList<VirtualAddress> ExcludedAddresses { get; init; } = [];

    /// <summary>Announcements.</summary>
    public required GarpSettings Garp { get; init; }

    /// <summary>Routes that the master has (<c>virtual_routes</c>), set after the addresses and removed before them.</summary>
    public IReadOnlyList<VirtualRoute> Routes { get; init; } = [];

    /// <summary>Rules that the master has (<c>virtual_rules</c>), set after the routes and removed before them.</summary>
    public IReadOnlyList<VirtualRule> Rules { get; init; } = [];

    /// <summary>The interface of its own (<c>use_vmac</c>); null for none.</summary>
    public VmacSettings? Vmac { get; init; }

    /// <summary>Further such interfaces, for addresses that do not go to <see cref="Interface"/>.</summary>
    public IReadOnlyList<AddressVmac> AddressVmacs { get; init; } = [];

    /// <summary>
    /// Interfaces without which it is in fault, besides its own and its addresses': those of what the host has and its
    /// <c>track_group</c> names.
    /// </summary>
    public IReadOnlyList<string> NeededInterfaces { get; init; } = [];

    /// <summary>Whether the host drops what is sent to the addresses and is not for the datapath (<c>no_accept</c>).</summary>
    public bool IsNoAccept { get; init; }

    /// <summary>Whether secondary addresses outlive their primary one on its interface (<c>promote_secondaries</c>).</summary>
    public bool PromotesSecondaries { get; init; }

    /// <summary>The authentication type that adverts carry.</summary>
    public AuthenticationType Authentication => Password is null ? AuthenticationType.None : AuthenticationType.Password;

    /// <summary>Why the engine cannot run this, naming instance and value; null if it can.</summary>
    public string? Problem()
    {
        if (VirtualRouterId == 0) return $"({Name}) virtual_router_id must be 1 to 255";
        if (Priority == 0) return $"({Name}) priority must be 1 to 255";
        if (Addresses.Count > VrrpLimits.Addresses || (Addresses.Count == 0 && !AllowsNoAddresses))
            return $"({Name}) {Addresses.Count} virtual addresses; an advertisement carries 1 to {VrrpLimits.Addresses}";
        if (AddressVmacs.Count > VrrpLimits.AddressVmacs || NeededInterfaces.Count > VrrpLimits.NeededInterfaces)
            return $"({Name}) its addresses need too many interfaces";
        if (ExcludedAddresses.Count > VrrpLimits.ExcludedAddresses)
            return $"({Name}) {ExcludedAddresses.Count} excluded addresses; at most {VrrpLimits.ExcludedAddresses}";
        if (ElectionProblem() is { } problem) return $"({Name}) {problem}";
        foreach (var address in Addresses)
        {
            if (address.Address.IsV4 == IsV6)
                return $"({Name}) {address.Address} is not of the family of {Addresses[0].Address}, which comes first";
        }

        return AddressProblem() ?? WireProblem();
    }

    /// <summary>Whether <paramref name="other"/> is the same virtual router, so that its state survives a reload.</summary>
    public bool IsSameRouterAs(VrrpInstanceSettings other) =>
        Name == other.Name && Interface == other.Interface && VirtualRouterId == other.VirtualRouterId
        && IsV6 == other.IsV6 && Version == other.Version && Vmac == other.Vmac;

    /// <summary>All addresses of the instance in the order in which they are added.</summary>
    public IEnumerable<VirtualAddress> AllAddresses() => Addresses.Concat(ExcludedAddresses);

    /// <summary>The interface <paramref name="address"/> goes to.</summary>
    public string DeviceOf(VirtualAddress address) => address.Device ?? Vmac?.Name ?? Interface;

    private string? AddressProblem()
    {
        foreach (var address in AllAddresses())
        {
            var most = address.Address.Size * 8;
            if (address.PrefixLength < 1 || address.PrefixLength > most)
                return $"({Name}) {address.Address}/{address.PrefixLength}: prefix length must be 1 to {most}";
        }

        if (Routes.Count > VrrpLimits.Routes) return $"({Name}) {Routes.Count} virtual routes; at most {VrrpLimits.Routes}";
        if (Rules.Count > VrrpLimits.Rules) return $"({Name}) {Rules.Count} virtual rules; at most {VrrpLimits.Rules}";
        var all = AllAddresses().Select(address => (address.Address, DeviceOf(address))).ToList();
        return all.Distinct().Count() == all.Count ? null : $"({Name}) a virtual address is listed twice";
    }
}
