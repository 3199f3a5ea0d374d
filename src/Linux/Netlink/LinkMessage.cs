using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Director.Net;
using static Director.Linux.Abi.LinkAbi;
using static Director.Linux.Abi.NetlinkAbi;
using static Director.Linux.Abi.RouteAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// Messages about links: <c>struct ifinfomsg</c> (rtnetlink(7)) and attributes.
/// <code>
///  0        1     2      4       8       12       16
///  | family | pad | type | index | flags | change | attributes…
/// </code>
/// </summary>
internal static class LinkMessage
{
    /// <summary>Asks for all links, without their counters.</summary>
    public static ReadOnlySpan<byte> WriteDump(Span<byte> buffer, uint sequence)
    {
        var writer = new NetlinkWriter(buffer, RTM_GETLINK, NLM_F_DUMP, sequence);
        writer.Fixed(IfInfoSize);
        writer.Attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
        return writer.Finish();
    }

    /// <summary>Asks for a link to be set up.</summary>
    public static ReadOnlySpan<byte> WriteSetUp(Span<byte> buffer, uint sequence, int linkIndex)
    {
        var writer = new NetlinkWriter(buffer, RTM_NEWLINK, NLM_F_ACK, sequence);
        var info = writer.Fixed(IfInfoSize);
        MemoryMarshal.Write(info[4..], linkIndex);
        MemoryMarshal.Write(info[8..], LinkFlags.Up);
        MemoryMarshal.Write(info[12..], LinkFlags.Up);
        return writer.Finish();
    }

    /// <summary>Asks for a macvlan in private mode to be made on a link.</summary>
    public static ReadOnlySpan<byte> WriteCreateMacvlan(
        Span<byte> buffer, uint sequence, string name, int parentIndex, MacAddress address, uint group)
    {
        var writer = new NetlinkWriter(buffer, RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, sequence);
        writer.Fixed(IfInfoSize);
        writer.Attribute(IFLA_LINK, (uint)parentIndex);
        writer.Attribute(IFLA_IFNAME, name);
        Span<byte> bytes = stackalloc byte[MacAddress.Size];
        address.WriteTo(bytes);
        writer.Attribute(IFLA_ADDRESS, bytes);
        if (group != 0) writer.Attribute(IFLA_GROUP, group);
        var info = writer.Begin(IFLA_LINKINFO);
        writer.Attribute(IFLA_INFO_KIND, "macvlan");
        var data = writer.Begin(IFLA_INFO_DATA);
        writer.Attribute(IFLA_MACVLAN_MODE, MACVLAN_MODE_PRIVATE);
        writer.End(data);
        writer.End(info);
        return writer.Finish();
    }

    /// <summary>Asks for a link to be marked, and for no link-local address to be made for it.</summary>
    public static ReadOnlySpan<byte> WriteMark(Span<byte> buffer, uint sequence, int linkIndex, string alias, bool withoutLinkLocal)
    {
        var writer = new NetlinkWriter(buffer, RTM_NEWLINK, NLM_F_ACK, sequence);
        MemoryMarshal.Write(writer.Fixed(IfInfoSize)[4..], linkIndex);
        writer.Attribute(IFLA_IFALIAS, alias);
        if (!withoutLinkLocal) return writer.Finish();
        var all = writer.Begin(IFLA_AF_SPEC);
        var inet6 = writer.Begin(AF_INET6);
        writer.Attribute(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
        writer.End(inet6);
        writer.End(all);
        return writer.Finish();
    }

    /// <summary>Asks for a link to be removed.</summary>
    public static ReadOnlySpan<byte> WriteRemove(Span<byte> buffer, uint sequence, int linkIndex)
    {
        var writer = new NetlinkWriter(buffer, RTM_DELLINK, NLM_F_ACK, sequence);
        MemoryMarshal.Write(writer.Fixed(IfInfoSize)[4..], linkIndex);
        return writer.Finish();
    }

    /// <summary>Reads a link; false if it is too short, has no name, or is a bridge's view of a port (family AF_BRIDGE).</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out LinkEntry? link)
    {
        link = null;
        if (payload.Length < IfInfoSize || payload[0] != AF_UNSPEC) return false;
        var index = MemoryMarshal.Read<int>(payload[4..]);
        var flags = (LinkFlags)MemoryMarshal.Read<uint>(payload[8..]);
        string? name = null, kind = null, alias = null;
        MacAddress address = default;
        int mtu = 0, parent = 0, master = 0;
        XdpAttachment? xdp = null;
        VlanEntry? vlan = null;
        var isParentElsewhere = false;
        foreach (var attribute in new NetlinkAttributes(payload[IfInfoSize..]))
        {
            switch (attribute.Type)
            {
                case IFLA_ADDRESS: address = attribute.MacAddress ?? default; break;
                case IFLA_IFNAME: name = attribute.Text; break;
                case IFLA_IFALIAS: alias = attribute.Text; break;
                case IFLA_MTU: mtu = (int)attribute.UInt32; break;
                case IFLA_LINK: parent = (int)attribute.UInt32; break;
                case IFLA_MASTER: master = (int)attribute.UInt32; break;
                case IFLA_LINKINFO: kind = ReadKind(attribute.Nested, out vlan); break;
                case IFLA_LINK_NETNSID: isParentElsewhere = true; break;
                case IFLA_XDP: xdp = ReadXdp(attribute.Nested); break;
            }
        }

        if (string.IsNullOrEmpty(name)) return false;
        link = new(index, name, address, mtu, flags)
        {
            Kind = kind, Alias = alias, ParentIndex = parent, MasterIndex = master, Xdp = xdp, Vlan = isParentElsewhere ? null : vlan,
        };
        return true;
    }

    private static string? ReadKind(NetlinkAttributes attributes, out VlanEntry? vlan)
    {
        string? kind = null;
        vlan = null;
        foreach (var attribute in attributes)
        {
            switch (attribute.Type)
            {
                case IFLA_INFO_KIND: kind = attribute.Text; break;
                // The kernel names the kind before it describes it.
                case IFLA_INFO_DATA when kind == "vlan": vlan = ReadVlan(attribute.Nested); break;
            }
        }

        return kind;
    }

    private static VlanEntry ReadVlan(NetlinkAttributes attributes)
    {
        ushort id = 0, type = 0;
        foreach (var attribute in attributes)
        {
            switch (attribute.Type)
            {
                case IFLA_VLAN_ID: id = attribute.UInt16; break;
                case IFLA_VLAN_PROTOCOL: type = attribute.UInt16NetworkOrder; break;
            }
        }

        return new(id, type);
    }

    private static XdpAttachment? ReadXdp(NetlinkAttributes attributes)
    {
        var mode = XdpAttachMode.None;
        uint program = 0;
        foreach (var attribute in attributes)
        {
            switch (attribute.Type)
            {
                case IFLA_XDP_ATTACHED: mode = (XdpAttachMode)attribute.Byte; break;
                case IFLA_XDP_PROG_ID: program = attribute.UInt32; break;
            }
        }

        return mode == XdpAttachMode.None ? null : new(program, mode);
    }
}
