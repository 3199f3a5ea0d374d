using Director.Net;

namespace Director.Linux.Netlink;

/// <summary>How the kernel would send a packet to one destination (rtnetlink(7), RTM_GETROUTE; <c>ip route get</c>).</summary>
/// <param name="Destination">The destination that was asked for.</param>
/// <param name="LinkIndex">The link that it leaves by; of a local destination, the loopback (IPv4) or the link that has it.</param>
/// <param name="Kind">Where it leads.</param>
public readonly record struct RouteEntry(IpAddress128 Destination, int LinkIndex, RouteKind Kind)
{
    /// <summary>The router on the way; null if the destination is on the link.</summary>
    public IpAddress128? Gateway { get; init; }

    /// <summary>The source address that the kernel would choose.</summary>
    public IpAddress128? PreferredSource { get; init; }

    /// <summary>The route's MTU in bytes, a learned path MTU included; 0 if it is the link's.</summary>
    public int Mtu { get; init; }

    /// <summary>The routing table that decided: 254 main, 255 local.</summary>
    public uint Table { get; init; }

    /// <summary>The neighbour that frames are sent to: the gateway, or the destination itself.</summary>
    public IpAddress128 NextHop => Gateway ?? Destination;
}
