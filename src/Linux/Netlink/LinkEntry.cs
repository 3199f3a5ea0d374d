using Director.Net;

namespace Director.Linux.Netlink;

/// <summary>A network interface as the kernel describes it (rtnetlink(7), RTM_NEWLINK).</summary>
/// <param name="Index">The interface's number; a link that is deleted and made again has another.</param>
/// <param name="Name">Its present name, such as <c>eth0</c>.</param>
/// <param name="Address">Its Ethernet address; zero where it has none, as a TUN.</param>
/// <param name="Mtu">Largest packet in bytes.</param>
/// <param name="Flags">State and nature.</param>
public sealed record LinkEntry(int Index, string Name, MacAddress Address, int Mtu, LinkFlags Flags)
{
    /// <summary>What kind of virtual link it is: <c>veth</c>, <c>vlan</c>, <c>bridge</c>, <c>tun</c>; null of a real card.</summary>
    public string? Kind { get; init; }

    /// <summary>The interface that a VLAN or macvlan sits on, or a veth's other end; 0 if none.</summary>
    public int ParentIndex { get; init; }

    /// <summary>
    /// Which VLAN of <see cref="ParentIndex"/> it is; null of all other kinds, and if the parent is in another network namespace.
    /// </summary>
    public VlanEntry? Vlan { get; init; }

    /// <summary>The text that ip-link(8) shows as its alias; null if none.</summary>
    public string? Alias { get; init; }

    /// <summary>The bridge, bond or VRF that this link belongs to; 0 if none.</summary>
    public int MasterIndex { get; init; }

    /// <summary>The XDP program on it; null if none.</summary>
    public XdpAttachment? Xdp { get; init; }

    /// <summary>Whether it can carry packets: administratively up and with a carrier.</summary>
    public bool IsOperational => (Flags & (LinkFlags.Up | LinkFlags.Running)) == (LinkFlags.Up | LinkFlags.Running);
}
