using Director.Net;

namespace Director.Config;

/// <summary>A line of <c>virtual_ipaddress</c>: an address that the master puts on an interface (ip-address(8)).</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Bits of its network, 1–32 or 1–128, as many as it has unless written; of an address with a peer, of the
/// peer's.</param>
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
    SourceLocation Location)
{
    /// <summary>The <see cref="PreferredSeconds"/> of an address that is always preferred.</summary>
    public const uint Forever = uint.MaxValue;

    /// <summary><c>peer</c>: the other end; null for none.</summary>
    public IpAddress128? Peer { get; init; }

    /// <summary><c>home</c>, <c>-nodad</c>, <c>noprefixroute</c> and the like.</summary>
    public VirtualAddressOptions Options { get; init; }

    /// <summary><c>use_vmac</c>: it goes to an interface for the virtual MAC address.</summary>
    public bool UsesVmac { get; init; }

    /// <summary>The interface for the virtual MAC address, on <see cref="Interface"/>, that it goes to; null for none.</summary>
    public string? Vmac { get; init; }

    /// <summary>
    /// <c>preferred_lft</c>, in seconds; of an IPv6 address of 128 bits 0 unless written, of others <see cref="Forever"/>.
    /// </summary>
    public uint PreferredSeconds { get; init; } = Forever;
}
