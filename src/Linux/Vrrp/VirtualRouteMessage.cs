using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using Director.Linux.Netlink;
using Director.Net;
using static Director.Linux.Abi.NetlinkAbi;
using static Director.Linux.Abi.RouteAbi;

namespace Director.Linux.Vrrp;

/// <summary>
/// Messages about routes of routing tables: <c>struct rtmsg</c> (rtnetlink(7)) and attributes.
/// <code>
///  0        1         2         3     4       5          6       7      8       12
///  | family | dst len | src len | tos | table | protocol | scope | type | flags | attributes…
/// </code>
/// </summary>
internal static class VirtualRouteMessage
{
    /// <summary>What IPv6 takes for a metric of 0 (Linux include/uapi/linux/ipv6_route.h <c>IP6_RT_PRIO_USER</c>).</summary>
    public const uint DefaultMetricV6 = 1024;

    /// <summary>Asks for the routes of a protocol in one family.</summary>
    public static ReadOnlySpan<byte> WriteDump(Span<byte> buffer, uint sequence, bool isV4, byte protocol)
    {
        var writer = new NetlinkWriter(buffer, RTM_GETROUTE, NLM_F_DUMP, sequence);
        var header = writer.Fixed(RtMsgSize);
        header[0] = isV4 ? AF_INET : AF_INET6;
        header[5] = protocol;
        return writer.Finish();
    }

    /// <summary>Asks for a route to be added (RTM_NEWROUTE) or removed (RTM_DELROUTE).</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="sequence">The number of the request.</param>
    /// <param name="type">Which of the two.</param>
    /// <param name="flags">What if it exists.</param>
    /// <param name="route">The route.</param>
    /// <param name="indexOf">The index of an interface by its name; 0 if it is missing.</param>
    public static ReadOnlySpan<byte> Write(
        Span<byte> buffer, uint sequence, ushort type, ushort flags, VirtualRoute route, Func<string, int> indexOf)
    {
        var writer = new NetlinkWriter(buffer, type, (ushort)(flags | NLM_F_ACK), sequence);
        var header = writer.Fixed(RtMsgSize);
        header[0] = route.IsV4 ? AF_INET : AF_INET6;
        header[1] = (byte)route.DestinationLength;
        header[2] = (byte)route.SourceLength;
        header[3] = route.TypeOfService;
        header[4] = route.Table <= byte.MaxValue ? (byte)route.Table : (byte)0;
        header[5] = route.Protocol;
        header[6] = route.Scope;
        header[7] = (byte)route.Kind;
        if (route.IsOnLink) MemoryMarshal.Write(header[8..], RTNH_F_ONLINK);
        if (route.DestinationLength > 0) writer.Attribute(RTA_DST, route.Destination);
        if (route.Source is { } source) writer.Attribute(RTA_SRC, source);
        if (route.Gateway is { } gateway) WriteGateway(ref writer, gateway, route.IsV4);
        if (route.PreferredSource is { } preferred) writer.Attribute(RTA_PREFSRC, preferred);
        if (route.Device is { } device) writer.Attribute(RTA_OIF, (uint)indexOf(device));
        if (route.Metric != 0) writer.Attribute(RTA_PRIORITY, route.Metric);
        writer.Attribute(RTA_TABLE, route.Table);
        if (route.Realms != 0) writer.Attribute(RTA_FLOW, route.Realms);
        WriteMetrics(ref writer, route);
        WriteHops(ref writer, route, indexOf);
        if (route.Preference is { } preference) writer.Attribute(RTA_PREF, preference);
        if (route.Lifetime is { } seconds) writer.Attribute(RTA_EXPIRES, seconds);
        return writer.Finish();
    }

    /// <summary>Reads a route; false if it is too short, cached, or of another family. Interfaces are by index, in decimal.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out VirtualRoute? route)
    {
        route = null;
        if (payload.Length < RtMsgSize || payload[0] is not (AF_INET or AF_INET6)) return false;
        if ((MemoryMarshal.Read<uint>(payload[8..]) & RTM_F_CLONED) != 0) return false;
        var isV4 = payload[0] == AF_INET;
        var size = isV4 ? 4 : 16;
        uint table = payload[4], metric = 0, link = 0;
        IpAddress128? destination = null, source = null, gateway = null;
        foreach (var attribute in new NetlinkAttributes(payload[RtMsgSize..]))
        {
            switch (attribute.Type)
            {
                case RTA_DST when attribute.Payload.Length == size: destination = attribute.IpAddress; break;
                case RTA_SRC when attribute.Payload.Length == size: source = attribute.IpAddress; break;
                case RTA_GATEWAY when attribute.Payload.Length == size: gateway = attribute.IpAddress; break;
                case RTA_VIA when attribute.Payload.Length is 6 or 18: gateway = ReadVia(attribute.Payload); break;
                case RTA_OIF: link = attribute.UInt32; break;
                case RTA_PRIORITY: metric = attribute.UInt32; break;
                case RTA_TABLE: table = attribute.UInt32; break;
            }
        }

        var any = isV4 ? IpAddress128.FromV4(0) : IpAddress128.FromHalves(0, 0);
        if (destination is null && payload[1] != 0) return false;
        route = new(destination ?? any, payload[1])
        {
            Kind = (RouteKind)payload[7],
            Source = source,
            SourceLength = payload[2],
            Gateway = gateway,
            Device = link == 0 ? null : link.ToString(CultureInfo.InvariantCulture),
            Table = table,
            Protocol = payload[5],
            Scope = payload[6],
            Metric = metric,
            TypeOfService = payload[3],
        };
        return true;
    }

    /// <summary>Whether what the kernel has is a route that was asked for: no table has two that agree in this.</summary>
    public static bool IsSame(VirtualRoute asked, VirtualRoute found) =>
        (asked.Destination.Network(asked.DestinationLength), asked.DestinationLength, asked.Table, asked.TypeOfService, asked.Protocol)
            == (found.Destination, found.DestinationLength, found.Table, found.TypeOfService, found.Protocol)
        && asked.SourceLength == found.SourceLength
        && MetricOf(asked) == MetricOf(found)
        && (asked.Hops.Count > 0 || asked.Gateway is null || asked.Gateway == found.Gateway);

    private static uint MetricOf(VirtualRoute route) => route.Metric == 0 && !route.IsV4 ? DefaultMetricV6 : route.Metric;

    private static IpAddress128 ReadVia(ReadOnlySpan<byte> via) =>
        via.Length == 6 ? IpAddress128.ReadV4(via[2..]) : IpAddress128.ReadV6(via[2..]);

    private static void WriteGateway(ref NetlinkWriter writer, IpAddress128 gateway, bool isV4)
    {
        if (gateway.IsV4 == isV4)
        {
            writer.Attribute(RTA_GATEWAY, gateway);
            return;
        }

        Span<byte> via = stackalloc byte[18];
        MemoryMarshal.Write(via, (ushort)(gateway.IsV4 ? AF_INET : AF_INET6));
        gateway.WriteTo(via[2..]);
        writer.Attribute(RTA_VIA, via[..(2 + gateway.Size)]);
    }

    private static void WriteMetrics(ref NetlinkWriter writer, VirtualRoute route)
    {
        if (route.Metrics.Count == 0 && route.CongestionControl is null) return;
        var at = writer.Begin(RTA_METRICS);
        uint locks = 0;
        foreach (var metric in route.Metrics)
        {
            writer.Attribute(metric.Id, metric.Value);
            if (metric.IsLocked) locks |= 1u << metric.Id;
        }

        if (route.CongestionControl is { } name) writer.Attribute(RTAX_CC_ALGO, name);
        if (route.LocksCongestionControl) locks |= 1u << RTAX_CC_ALGO;

        if (locks != 0) writer.Attribute(RTAX_LOCK, locks);
        writer.End(at);
    }

    /// <summary>Each way is a <c>struct rtnexthop</c>: length u16, flags u8, weight − 1 u8, index i32, attributes.</summary>
    private static void WriteHops(ref NetlinkWriter writer, VirtualRoute route, Func<string, int> indexOf)
    {
        if (route.Hops.Count == 0) return;
        var all = writer.Begin(RTA_MULTIPATH);
        foreach (var hop in route.Hops)
        {
            var at = writer.Length;
            var header = writer.Fixed(RtNextHopSize);
            header[2] = hop.IsOnLink ? (byte)RTNH_F_ONLINK : (byte)0;
            header[3] = (byte)(hop.Weight - 1);
            if (hop.Device is { } device) MemoryMarshal.Write(header[4..], indexOf(device));
            if (hop.Gateway is { } gateway) WriteGateway(ref writer, gateway, route.IsV4);
            MemoryMarshal.Write(header, (ushort)(writer.Length - at));
        }

        writer.End(all);
    }
}
