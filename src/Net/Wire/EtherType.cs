namespace Director.Net.Wire;

/// <summary>What an Ethernet frame carries (IEEE 802 Numbers).</summary>
public enum EtherType : ushort
{
    /// <summary>IPv4, RFC 894.</summary>
    Ipv4 = 0x0800,

    /// <summary>ARP, RFC 826.</summary>
    Arp = 0x0806,

    /// <summary>A customer VLAN tag, IEEE 802.1Q.</summary>
    Vlan = 0x8100,

    /// <summary>IPv6, RFC 2464.</summary>
    Ipv6 = 0x86dd,
}
