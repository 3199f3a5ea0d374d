namespace Director.Linux.Xdp;

/// <summary>What became of a frame in the steering program. Every frame that the device received is counted once.</summary>
public enum SteeringCounter
{
    /// <summary>To user space: for an armed VIP and a service of it.</summary>
    Redirected,

    /// <summary>
    /// To user space: for an armed VIP, but which port only user space can know: a fragment, or IPv6 with extension headers.
    /// </summary>
    RedirectedFragment,

    /// <summary>To user space: an ICMP error for an armed VIP, which may belong to a connection.</summary>
    RedirectedIcmp,

    /// <summary>
    /// To user space: from a masqueraded server to somebody else than this host, or an ICMP error about what such a server was sent.
    /// </summary>
    RedirectedReply,

    /// <summary>Dropped: as the four above, but nobody serves the queue that it came in by.</summary>
    Unserved,

    /// <summary>To the host: not sent to the device's own MAC, such as broadcast and multicast.</summary>
    NotOurMac,

    /// <summary>To the host: neither TCP, UDP nor an ICMP error in IPv4 or IPv6: ARP, VRRP, echo, neighbour discovery; and
    /// frames of VLANs that are not served.</summary>
    NotBalanced,

    /// <summary>To the host: an IP header or packet too short for what it claims. The host's own counters tell more.</summary>
    Malformed,

    /// <summary>To the host: to an address that is no armed VIP, and no answer of a masqueraded server.</summary>
    NotArmed,

    /// <summary>To the host: to an armed VIP, but a port without a service.</summary>
    NoService,

    /// <summary>Sent on by the program itself: of a connection that user space has offloaded.</summary>
    Offloaded,
}
