namespace Director.Linux.Netlink;

/// <summary>Where a route leads (Linux include/uapi/linux/rtnetlink.h <c>RTN_*</c>).</summary>
public enum RouteType : byte
{
    /// <summary>None.</summary>
    Unspecified = 0,

    /// <summary>Out, to a gateway or to the destination itself.</summary>
    Unicast = 1,

    /// <summary>This host: the destination is an address of ours.</summary>
    Local = 2,

    /// <summary>Everybody on a link.</summary>
    Broadcast = 3,

    /// <summary>Taken as broadcast when received, sent as unicast.</summary>
    Anycast = 4,

    /// <summary>A multicast group.</summary>
    Multicast = 5,

    /// <summary>Nowhere, in silence.</summary>
    Blackhole = 6,

    /// <summary>Nowhere, the sender is told.</summary>
    Unreachable = 7,

    /// <summary>Forbidden, the sender is told.</summary>
    Prohibit = 8,
}
