using Director.Net;

namespace Director.Vrrp.Ports;

/// <summary>What is known of an interface.</summary>
/// <param name="IsUp">Whether it exists, is up and has carrier.</param>
/// <param name="Source">Its first IPv4 address that is no virtual one; unspecified if it has none.</param>
/// <param name="LinkLocal">Its first link-local IPv6 address that is no virtual one and may be used; unspecified if it has none.</param>
/// <param name="Mtu">Bytes of the longest IP datagram that it sends; 0 while it is missing.</param>
public readonly record struct LinkStatus(
    bool IsUp, IpAddress128 Source, IpAddress128 LinkLocal = default, int Mtu = LinkStatus.EthernetMtu)
{
    /// <summary>The MTU of an Ethernet that nobody has given another (RFC 894, RFC 2464 §2).</summary>
    public const int EthernetMtu = 1500;

    /// <summary>Whether there is no such interface.</summary>
    public bool IsMissing => Mtu == 0;
}
