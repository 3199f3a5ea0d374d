using System.Runtime.InteropServices;
using Director.Net;
using static Director.Linux.Abi.NetlinkAbi;
using static Director.Linux.Abi.RouteAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// Messages about routes: <c>struct rtmsg</c> (rtnetlink(7)) and attributes.
/// <code>
///  0        1         2         3     4       5          6       7      8       12
///  | family | dst len | src len | tos | table | protocol | scope | type | flags | attributes…
/// </code>
/// </summary>
internal static class RouteMessage
{
    private const int ViaHeaderSize = 2;

    /// <summary>Asks how a packet to <paramref name="destination"/> would be sent.</summary>
    public static ReadOnlySpan<byte> WriteGet(Span<byte> buffer, uint sequence, IpAddress128 destination)
    {
        var writer = new NetlinkWriter(buffer, RTM_GETROUTE, NLM_F_ACK, sequence);
        var info = writer.Fixed(RtMsgSize);
        info[0] = destination.IsV4 ? AF_INET : AF_INET6;
        info[1] = (byte)(destination.Size * 8);
        // IPv4 names the table only if asked to; IPv6 always does, and refuses the flag.
        if (destination.IsV4) MemoryMarshal.Write(info[8..], RTM_F_LOOKUP_TABLE);
        writer.Attribute(RTA_DST, destination);
        return writer.Finish();
    }

    /// <summary>Reads the answer about <paramref name="destination"/>; false if it is too short or of another family.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, IpAddress128 destination, out RouteEntry route)
    {
        route = default;
        if (payload.Length < RtMsgSize || payload[0] != (destination.IsV4 ? AF_INET : AF_INET6)) return false;
        IpAddress128? gateway = null, source = null;
        int link = 0, mtu = 0;
        uint table = payload[4];
        foreach (var attribute in new NetlinkAttributes(payload[RtMsgSize..]))
        {
            switch (attribute.Type)
            {
                case RTA_OIF: link = (int)attribute.UInt32; break;
                case RTA_GATEWAY: gateway = attribute.IpAddress; break;
                case RTA_VIA when attribute.Payload.Length > ViaHeaderSize:
                    // An IPv4 route by an IPv6 gateway (RFC 5549): struct rtvia is the family, then the address.
                    gateway = new NetlinkAttribute(RTA_VIA, attribute.Payload[ViaHeaderSize..]).IpAddress;
                    break;
                case RTA_PREFSRC: source = attribute.IpAddress; break;
                case RTA_METRICS: mtu = ReadMtu(attribute.Nested); break;
                case RTA_TABLE: table = attribute.UInt32; break;
            }
        }

        route = new(destination, link, (RouteKind)payload[7]) { Gateway = gateway, PreferredSource = source, Mtu = mtu, Table = table };
        return true;
    }

    private static int ReadMtu(NetlinkAttributes metrics)
    {
        foreach (var metric in metrics)
        {
            if (metric.Type == RTAX_MTU) return (int)metric.UInt32;
        }

        return 0;
    }
}
