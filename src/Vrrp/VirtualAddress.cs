using Director.Net;

namespace Director.Vrrp;

/// <summary>An address that the master has on an interface and a backup has not (keepalived.conf(5), <c>virtual_ipaddress</c>).</summary>
/// <param name="Address">The address, IPv4.</param>
/// <param name="PrefixLength">Bits of its network, 1–32; 32 as keepalived's default.</param>
/// <param name="Device">The interface it goes to; null for the instance's own.</param>
/// <param name="Label">The label shown by ip-address(8), at most 15 characters; null for none.</param>
/// <param name="Broadcast">The broadcast address; null for none.</param>
/// <param name="Scope">The scope of rtnetlink(7): 0 global, 253 link, 254 host.</param>
public sealed record VirtualAddress(
    IpAddress128 Address,
    int PrefixLength = 32,
    string? Device = null,
    string? Label = null,
    IpAddress128? Broadcast = null,
    byte Scope = 0);
