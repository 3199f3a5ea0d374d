using Director.Net;

namespace Director.Vrrp;

/// <summary>An address that the master has on an interface and a backup has not (keepalived.conf(5), <c>virtual_ipaddress</c>).</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Bits of its network, 1–32 or 1–128; of an address with a peer, of the peer's.</param>
/// <param name="Device">The interface it goes to; null for the instance's own.</param>
/// <param name="Label">IPv4: the label shown by ip-address(8), at most 15 characters; null for none.</param>
/// <param name="Broadcast">IPv4: the broadcast address; null for none.</param>
/// <param name="Scope">IPv4: the scope of rtnetlink(7): 0 global, 253 link, 254 host.</param>
public sealed record VirtualAddress(
    IpAddress128 Address,
    int PrefixLength = 32,
    string? Device = null,
    string? Label = null,
    IpAddress128? Broadcast = null,
    byte Scope = 0)
{
    /// <summary>The <see cref="PreferredSeconds"/> of an address that is always preferred.</summary>
    public const uint Forever = uint.MaxValue;

    /// <summary>The other end of a point-to-point address (<c>peer</c>); null for an ordinary one.</summary>
    public IpAddress128? Peer { get; init; }

    /// <summary>What else is asked for.</summary>
    public VirtualAddressOptions Options { get; init; }

    /// <summary>
    /// Seconds for which the host may take it as the source of new connections (<c>preferred_lft</c>); 0 is not at all, what RFC 4862
    /// §5.5.4 calls deprecated.
    /// </summary>
    public uint PreferredSeconds { get; init; } = Forever;

    /// <summary>Whether its loss, or that of its interface, concerns the instance (no <c>no_track</c>).</summary>
    public bool IsTracked => (Options & VirtualAddressOptions.Untracked) == 0;
}
