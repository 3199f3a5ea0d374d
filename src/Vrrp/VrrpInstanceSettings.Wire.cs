using Director.Net;
using Director.Net.Wire;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;

namespace Director.Vrrp;

/// <content>How the instance speaks: version, family, multicast or unicast.</content>
public sealed partial record VrrpInstanceSettings
{
    private const long TicksPerCentisecond = 10 * TimeSpan.TicksPerMillisecond;

    /// <summary>The version it sends and takes (<c>version</c>). Over IPv6 version 2 is keepalived's, no RFC's.</summary>
    public VrrpVersion Version { get; init; } = VrrpVersion.V2;

    /// <summary>Whether it speaks over IPv6: the first of <see cref="Addresses"/> says so.</summary>
    public bool IsV6 => Addresses.Count > 0 ? !Addresses[0].Address.IsV4 : IsV6WithoutAddresses;

    /// <summary>
    /// Whether it may be without addresses to advertise, and then believes adverts without any (<c>no_virtual_ipaddress</c>). In version
    /// 3 that breaks RFC 9568 §5.2.5.
    /// </summary>
    public bool AllowsNoAddresses { get; init; }

    /// <summary>Whether it speaks over IPv6 if it has no addresses to say so.</summary>
    public bool IsV6WithoutAddresses { get; init; }

    /// <summary>The peers that adverts go to, one after the other (<c>unicast_peer</c>); none for multicast.</summary>
    public IReadOnlyList<UnicastPeer> Peers { get; init; } = [];

    /// <summary>Whether an instance without peers is in fault instead of multicasting (<c>unicast_fault_no_peer</c>).</summary>
    public bool FaultsWithoutPeers { get; init; }

    /// <summary>Whether adverts go to peers and not to a group.</summary>
    public bool IsUnicast => Peers.Count > 0 || FaultsWithoutPeers;

    /// <summary>
    /// Whether an advert to one of our addresses must come from a peer, within its TTL bounds (<c>check_unicast_src</c>).
    /// </summary>
    public bool ChecksUnicastSource { get; init; } = true;

    /// <summary>The TTL or hop limit of adverts to peers (<c>unicast_ttl</c>).</summary>
    public byte UnicastTimeToLive { get; init; } = AdvertisementDatagram.TimeToLive;

    /// <summary>
    /// The multicast group (<c>mcast_dst_ip</c>, <c>vrrp_mcast_group4</c>, <c>vrrp_mcast_group6</c>); null for the RFC's.
    /// </summary>
    public IpAddress128? MulticastGroup { get; init; }

    /// <summary>The adverts that it hears.</summary>
    public AdvertSelector Selector => new(IsV6, IsUnicast ? IpAddress128.FromV4(0)
        : MulticastGroup ?? (IsV6 ? AdvertisementDatagram.GroupV6 : AdvertisementDatagram.GroupV4));

    /// <summary>Whether <see cref="SourceAddress"/> being not on <see cref="Interface"/> is a fault (<c>track_src_ip</c>).</summary>
    public bool TracksSourceAddress { get; init; }

    /// <summary>What the checksum of its version 3 adverts over IPv4 covers.</summary>
    public ChecksumForm Checksum { get; init; } = ChecksumForm.PseudoHeader;

    /// <summary>The same as it is sent: by multicast there is no old form.</summary>
    public ChecksumForm SentChecksum =>
        Checksum == ChecksumForm.PseudoHeaderOfGroup && !IsUnicast ? ChecksumForm.PseudoHeader : Checksum;

    /// <summary>
    /// Whether a backup takes the address list of the master it last heard for granted (<c>skip_check_adv_addr</c>). Everything else,
    /// the source of a unicast advert too, is looked at all the same.
    /// </summary>
    public bool TrustsKnownMaster { get; init; }

    /// <summary>What it asks for in its socket's receive buffer.</summary>
    public ReceiveBufferPolicy ReceiveBuffer { get; init; }

    /// <summary>Whether adverts of virtual routers that are not configured are logged (<c>log_unknown_vrids</c>).</summary>
    public bool LogsUnknownRouters { get; init; }

    /// <summary>The interval as version 2 sends it.</summary>
    public byte AdvertIntervalSeconds => (byte)Math.Clamp(AdvertInterval.TotalSeconds, 1, 255);

    /// <summary>The interval as version 3 sends it, 1–4095.</summary>
    public ushort AdvertIntervalCentiseconds =>
        (ushort)Math.Clamp(AdvertInterval.Ticks / TicksPerCentisecond, 1, Advertisement.MaxCentiseconds);

    /// <summary>Bytes of the whole datagram of an advert with so many addresses.</summary>
    public int DatagramSize(int addresses) =>
        (IsV6 ? Ipv6Header.Size : AdvertisementDatagram.IpHeaderSize) + Advertisement.SizeOf(Version, IsV6, addresses);

    /// <summary>
    /// How many addresses an advert has room for on an interface of this MTU. Less an Ethernet header, as keepalived reckons: peers must
    /// list the same ones.
    /// </summary>
    public int AddressesWithin(int mtu) =>
        Math.Clamp((mtu - EthernetHeader.Size - DatagramSize(0)) / (IsV6 ? 16 : 4), 0, VrrpLimits.Addresses);

    /// <summary>What is wrong with the way it is to speak; null if nothing is.</summary>
    private string? WireProblem()
    {
        if (Version is not (VrrpVersion.V2 or VrrpVersion.V3)) return $"({Name}) VRRP version {(int)Version} does not exist";
        var (ticks, centiseconds) = (AdvertInterval.Ticks, AdvertInterval.TotalMilliseconds / 10);
        if (Version == VrrpVersion.V2 && (ticks % TimeSpan.TicksPerSecond != 0 || AdvertInterval.TotalSeconds is < 1 or > 255))
            return $"({Name}) advert_int {AdvertInterval.TotalSeconds} is not a whole number of seconds, 1 to 255, as VRRP version 2 needs";
        if (ticks % TicksPerCentisecond != 0 || (Version == VrrpVersion.V3 && centiseconds is < 1 or > Advertisement.MaxCentiseconds))
            return $"({Name}) advert_int {AdvertInterval.TotalSeconds} is not a number of centiseconds, 1 to 4095, as version 3 needs";
        if ((Version == VrrpVersion.V3 || IsV6) && Password is not null)
            return $"({Name}) a password is of VRRP version 2 over IPv4 only";
        if (Peers.Count > VrrpLimits.Peers) return $"({Name}) {Peers.Count} unicast peers; at most {VrrpLimits.Peers}";
        foreach (var peer in Peers)
        {
            if (peer.Address.IsV4 == IsV6 || peer.Address.IsUnspecified || peer.Address.IsMulticast)
                return $"({Name}) unicast_peer {peer.Address} is no unicast address of the family of the virtual addresses";
        }

        if (Peers.Select(peer => peer.Address).Distinct().Count() != Peers.Count) return $"({Name}) a unicast peer is listed twice";
        if (MulticastGroup is { } group && (group.IsV4 == IsV6 || !group.IsMulticast))
            return $"({Name}) {group} is no multicast address of the family of the virtual addresses";
        return SourceAddress is { } source && source.IsV4 == IsV6
            ? $"({Name}) the source address {source} is not of the family of the virtual addresses"
            : null;
    }
}
