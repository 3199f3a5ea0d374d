using Director.Net;
using Director.Vrrp.Wire;

namespace Director.Vrrp;

/// <summary>
/// What an operator wants of one virtual router (keepalived.conf(5), <c>vrrp_instance</c>). Immutable. <see cref="Problem"/> says what
/// the engine would refuse.
/// </summary>
public sealed record VrrpInstanceSettings
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

    /// <summary>Between adverts; version 2 has whole seconds, 1–255.</summary>
    public required TimeSpan AdvertInterval { get; init; }

    /// <summary>The password of <c>auth_type PASS</c>; null for no authentication.</summary>
    public VrrpPassword? Password { get; init; }

    /// <summary>Whether a lower-priority master is left alone (<c>nopreempt</c>).</summary>
    public bool NoPreempt { get; init; }

    /// <summary>How long a lower-priority master is left alone once it is heard (<c>preempt_delay</c>).</summary>
    public TimeSpan PreemptDelay { get; init; }

    /// <summary>The source of adverts (<c>mcast_src_ip</c>); null for the interface's first address that is no virtual one.</summary>
    public IpAddress128? SourceAddress { get; init; }

    /// <summary>
    /// The addresses that adverts carry, at most <see cref="VrrpLimits.Addresses"/>. Peers must have the same ones, in any order.
    /// </summary>
    public IReadOnlyList<VirtualAddress> Addresses { get; init; } = [];

    /// <summary>Addresses that move with the others and are in no advert (<c>virtual_ipaddress_excluded</c>).</summary>
    public IReadOnlyList<VirtualAddress> ExcludedAddresses { get; init; } = [];

    /// <summary>Announcements.</summary>
    public required GarpSettings Garp { get; init; }

    /// <summary>The authentication type that adverts carry.</summary>
    public AuthenticationType Authentication => Password is null ? AuthenticationType.None : AuthenticationType.Password;

    /// <summary>The interval as version 2 sends it.</summary>
    public byte AdvertIntervalSeconds => (byte)Math.Clamp(AdvertInterval.TotalSeconds, 1, 255);

    /// <summary>Why the engine cannot run this, naming instance and value; null if it can.</summary>
    public string? Problem()
    {
        if (VirtualRouterId == 0) return $"({Name}) virtual_router_id must be 1 to 255";
        if (Priority == 0) return $"({Name}) priority must be 1 to 255";
        if (AdvertInterval.Ticks % TimeSpan.TicksPerSecond != 0 || AdvertInterval.TotalSeconds is < 1 or > 255)
            return $"({Name}) advert_int {AdvertInterval.TotalSeconds} is not a whole number of seconds, 1 to 255, as VRRP version 2 needs";
        if (Addresses.Count is 0 or > VrrpLimits.Addresses)
            return $"({Name}) {Addresses.Count} virtual addresses; an advertisement carries 1 to {VrrpLimits.Addresses}";
        if (ExcludedAddresses.Count > VrrpLimits.ExcludedAddresses)
            return $"({Name}) {ExcludedAddresses.Count} excluded addresses; at most {VrrpLimits.ExcludedAddresses}";
        foreach (var address in AllAddresses())
        {
            if (!address.Address.IsV4) return $"({Name}) {address.Address} is not an IPv4 address";
            if (address.PrefixLength is < 1 or > 32)
                return $"({Name}) {address.Address}/{address.PrefixLength}: prefix length must be 1 to 32";
        }

        var all = AllAddresses().Select(address => (address.Address, DeviceOf(address))).ToList();
        if (all.Distinct().Count() != all.Count) return $"({Name}) a virtual address is listed twice";
        return SourceAddress is { IsV4: false } source ? $"({Name}) mcast_src_ip {source} is not an IPv4 address" : null;
    }

    /// <summary>Whether <paramref name="other"/> is the same virtual router, so that its state survives a reload.</summary>
    public bool IsSameRouterAs(VrrpInstanceSettings other) =>
        Name == other.Name && Interface == other.Interface && VirtualRouterId == other.VirtualRouterId;

    /// <summary>All addresses of the instance in the order in which they are added.</summary>
    public IEnumerable<VirtualAddress> AllAddresses() => Addresses.Concat(ExcludedAddresses);

    /// <summary>The interface <paramref name="address"/> goes to.</summary>
    public string DeviceOf(VirtualAddress address) => address.Device ?? Interface;
}
