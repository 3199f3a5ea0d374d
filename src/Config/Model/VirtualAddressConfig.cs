using Director.Net;

namespace Director.Config;

/// <summary>A line of <c>virtual_ipaddress</c>: an address that the master puts on an interface (ip-address(8)).</summary>
/// <param name="Address">The address, IPv4.</param>
/// <param name="PrefixLength">Bits of its network, 1–32; 32 unless written.</param>
/// <param name="Interface"><c>dev</c>, or else the instance's interface.</param>
/// <param name="Broadcast"><c>brd</c>: the broadcast address to set; null for none.</param>
/// <param name="Scope"><c>scope</c> as rtnetlink(7) numbers it: 0 is global, 253 link, 254 host.</param>
/// <param name="Label"><c>label</c>, at most 15 bytes; null for none.</param>
/// <param name="Location">Where the line stands.</param>
public sealed record VirtualAddressConfig(
    IpAddress128 Address,
    byte PrefixLength,
    string Interface,
    IpAddress128? Broadcast,
    byte Scope,
    string? Label,
    SourceLocation Location);
