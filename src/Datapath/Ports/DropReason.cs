namespace Director.Datapath.Ports;

/// <summary>Why a frame was dropped. One counter each, per worker; the name is what <c>director status</c> prints.</summary>
public enum DropReason : byte
{
    /// <summary>Shorter than its own headers say, or than any header of its kind.</summary>
    Truncated,

    /// <summary>Neither IPv4 nor anything else that the steering program sends us.</summary>
    NotIp,

    /// <summary>Sent to a group of stations, not to us alone; no service answers that.</summary>
    NotUnicast,

    /// <summary>IP version, header length or total length impossible, or too many extension headers of IPv6.</summary>
    BadIpHeader,

    /// <summary>IPv4 header checksum wrong.</summary>
    BadIpChecksum,

    /// <summary>
    /// Source address that nobody may have: multicast, broadcast, loopback, 0.0.0.0/8, of IPv6 their like, a VIP, or the host's own.
    /// </summary>
    MartianSource,

    /// <summary>An ICMP error that belongs to a connection, with a wrong checksum.</summary>
    BadIcmpChecksum,

    /// <summary>A fragment whose datagram's first one has not come, or not this way; a piece of an ICMPv6 error.</summary>
    Fragment,

    /// <summary>The connection's server left the pool (IPVS: <c>expire_nodest_conn=0</c>).</summary>
    ServerUnavailable,

    /// <summary>No server may take a new connection; an ICMP error was owed but withheld by its rate limit.</summary>
    NoDestination,

    /// <summary>TTL ran out; an ICMP error was owed but withheld by its rate limit.</summary>
    TtlExceeded,

    /// <summary>The server's link-layer address is not known (yet).</summary>
    NeighbourUnresolved,

    /// <summary>Longer than the egress link carries.</summary>
    TooBig,

    /// <summary>The table is full, and without a connection a masqueraded server's answer would not find its client.</summary>
    TableFull,
}
