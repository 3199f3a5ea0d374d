namespace Director.Net;

/// <summary>The protocol number of an IPv4 header or the next header of IPv6 (IANA "Protocol Numbers").</summary>
public enum IpProtocol : byte
{
    /// <summary>ICMP, RFC 792.</summary>
    Icmp = 1,

    /// <summary>TCP, RFC 9293.</summary>
    Tcp = 6,

    /// <summary>UDP, RFC 768.</summary>
    Udp = 17,

    /// <summary>ICMPv6, RFC 4443.</summary>
    IcmpV6 = 58,

    /// <summary>VRRP, RFC 9568.</summary>
    Vrrp = 112,

    /// <summary>SCTP, RFC 9260.</summary>
    Sctp = 132,
}
