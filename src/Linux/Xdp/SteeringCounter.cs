namespace Director.Linux.Xdp;

/// <summary>What became of a frame in the steering program. Every frame that the device received is counted once.</summary>
public enum SteeringCounter
{
    /// <summary>To user space: for an armed VIP and a service of it.</summary>
    Redirected,

    /// <summary>To user space: a fragment for an armed VIP, whose port only user space can know.</summary>
    RedirectedFragment,

    /// <summary>Dropped: as the two above, but nobody serves the queue that it came in by.</summary>
    Unserved,

    /// <summary>To the host: not sent to the device's own MAC, such as broadcast and multicast.</summary>
    NotOurMac,

    /// <summary>To the host: not untagged IPv4 with TCP or UDP, such as ARP, VRRP, ICMP.</summary>
    NotBalanced,

    /// <summary>To the host: an IPv4 header or packet too short for what it claims. The host's own counters tell more.</summary>
    Malformed,

    /// <summary>To the host: to an address that is no armed VIP.</summary>
    NotArmed,

    /// <summary>To the host: to an armed VIP, but a port without a service.</summary>
    NoService,
}
