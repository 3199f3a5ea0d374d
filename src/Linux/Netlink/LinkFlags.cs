namespace Director.Linux.Netlink;

/// <summary>
/// State and nature of a link (netdevice(7); Linux include/uapi/linux/if.h <c>IFF_*</c>). Bits that have no name here are kept.
/// </summary>
[Flags]
public enum LinkFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Administratively up.</summary>
    Up = 0x1,

    /// <summary>Can broadcast.</summary>
    Broadcast = 0x2,

    /// <summary>The loopback.</summary>
    Loopback = 0x8,

    /// <summary>Has one peer, as a TUN has.</summary>
    PointToPoint = 0x10,

    /// <summary>Operational: it has a carrier.</summary>
    Running = 0x40,

    /// <summary>Resolves no neighbours.</summary>
    NoArp = 0x80,

    /// <summary>Receives what is for others.</summary>
    Promiscuous = 0x100,

    /// <summary>Can multicast.</summary>
    Multicast = 0x1000,
}
