using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Director.Linux.Netlink;
using Director.Net;
using static Director.Linux.Abi.NetlinkAbi;
using static Director.Linux.Abi.RouteAbi;
using static Director.Linux.Abi.RuleAbi;

namespace Director.Linux.Vrrp;

/// <summary>
/// Messages about rules of policy routing: <c>struct fib_rule_hdr</c> (Linux include/uapi/linux/fib_rules.h) and attributes.
/// <code>
///  0        1         2         3     4       5          7        8       12
///  | family | dst len | src len | tos | table | reserved | action | flags | attributes…
/// </code>
/// </summary>
internal static class VirtualRuleMessage
{
    /// <summary>Asks for all rules of one family.</summary>
    public static ReadOnlySpan<byte> WriteDump(Span<byte> buffer, uint sequence, bool isV4)
    {
        var writer = new NetlinkWriter(buffer, RTM_GETRULE, NLM_F_DUMP, sequence);
        writer.Fixed(RuleHeaderSize)[0] = isV4 ? AF_INET : AF_INET6;
        return writer.Finish();
    }

    /// <summary>Asks for a rule to be added (RTM_NEWRULE) or removed (RTM_DELRULE).</summary>
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, uint sequence, ushort type, ushort flags, VirtualRule rule)
    {
        var writer = new NetlinkWriter(buffer, type, (ushort)(flags | NLM_F_ACK), sequence);
        var header = writer.Fixed(RuleHeaderSize);
        header[0] = rule.IsV4 ? AF_INET : AF_INET6;
        header[1] = (byte)rule.ToLength;
        header[2] = (byte)rule.FromLength;
        header[3] = rule.TypeOfService;
        var asksTable = rule is { Action: RuleAction.Lookup, IsOfVrf: false };
        header[4] = asksTable && rule.Table <= byte.MaxValue ? (byte)rule.Table : (byte)0;
        header[7] = (byte)rule.Action;
        if (rule.IsNegated) MemoryMarshal.Write(header[8..], FIB_RULE_INVERT);
        writer.Attribute(FRA_PRIORITY, rule.Priority);
        if (rule.From is { } from) writer.Attribute(FRA_SRC, from);
        if (rule.To is { } to) writer.Attribute(FRA_DST, to);
        if (asksTable) writer.Attribute(FRA_TABLE, rule.Table);
        if (rule.Action == RuleAction.GoTo) writer.Attribute(FRA_GOTO, rule.GoTo);
        if (rule.Mark is { } mark)
        {
            writer.Attribute(FRA_FWMARK, mark);
            writer.Attribute(FRA_FWMASK, rule.MarkMask);
        }

        if (rule.InputDevice is { } input) writer.Attribute(FRA_IIFNAME, input);
        if (rule.OutputDevice is { } output) writer.Attribute(FRA_OIFNAME, output);
        if (rule.SuppressPrefixLength is { } suppressed) writer.Attribute(FRA_SUPPRESS_PREFIXLEN, suppressed);
        if (rule.SuppressGroup is { } group) writer.Attribute(FRA_SUPPRESS_IFGROUP, group);
        if (rule.Realms != 0) writer.Attribute(FRA_FLOW, rule.Realms);
        Span<byte> number = stackalloc byte[8];
        if (rule.TunnelId != 0)
        {
            BinaryPrimitives.WriteUInt64BigEndian(number, rule.TunnelId);
            writer.Attribute(FRA_TUN_ID, number);
        }

        if (rule.IsOfVrf) writer.Attribute(FRA_L3MDEV, (byte)1);
        if (rule.Users is { } users)
        {
            MemoryMarshal.Write(number, users.First);
            MemoryMarshal.Write(number[4..], users.Last);
            writer.Attribute(FRA_UID_RANGE, number);
        }

        if (rule.IpProtocol != 0) writer.Attribute(FRA_IP_PROTO, rule.IpProtocol);
        if (rule.SourcePorts is { } sources) WritePorts(ref writer, FRA_SPORT_RANGE, sources);
        if (rule.DestinationPorts is { } destinations) WritePorts(ref writer, FRA_DPORT_RANGE, destinations);
        writer.Attribute(FRA_PROTOCOL, rule.Protocol);
        return writer.Finish();
    }

    /// <summary>Reads a rule; false if it is too short or of another family.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out VirtualRule? rule)
    {
        rule = null;
        if (payload.Length < RuleHeaderSize || payload[0] is not (AF_INET or AF_INET6)) return false;
        rule = new(payload[0] == AF_INET, 0)
        {
            ToLength = payload[1],
            FromLength = payload[2],
            TypeOfService = payload[3],
            Table = payload[4],
            Action = (RuleAction)payload[7],
            IsNegated = (MemoryMarshal.Read<uint>(payload[8..]) & FIB_RULE_INVERT) != 0,
            Protocol = 0,
        };
        foreach (var attribute in new NetlinkAttributes(payload[RuleHeaderSize..])) rule = With(rule, attribute);
        // What is not asked for is what it is in a rule that was never told.
        if (rule.IsOfVrf || rule.Action != RuleAction.Lookup) rule = rule with { Table = VirtualRoute.MainTable };
        return true;
    }

    /// <summary>Whether what the kernel has is a rule that was asked for.</summary>
    public static bool IsSame(VirtualRule asked, VirtualRule found)
    {
        var same = asked with { IsTracked = found.IsTracked };
        if (same.IsOfVrf || same.Action != RuleAction.Lookup) same = same with { Table = VirtualRoute.MainTable };
        if (same.Action != RuleAction.GoTo) same = same with { GoTo = found.GoTo };
        if (same.Mark is null) same = same with { MarkMask = found.MarkMask };
        return same == found;
    }

    private static VirtualRule With(VirtualRule rule, NetlinkAttribute attribute) => attribute.Type switch
    {
        FRA_DST => rule with { To = attribute.IpAddress },
        FRA_SRC => rule with { From = attribute.IpAddress },
        FRA_IIFNAME => rule with { InputDevice = attribute.Text },
        FRA_OIFNAME => rule with { OutputDevice = attribute.Text },
        FRA_GOTO => rule with { GoTo = attribute.UInt32 },
        FRA_PRIORITY => rule with { Priority = attribute.UInt32 },
        FRA_FWMARK => rule with { Mark = attribute.UInt32 },
        FRA_FWMASK => rule with { MarkMask = attribute.UInt32 },
        FRA_FLOW => rule with { Realms = attribute.UInt32 },
        FRA_TUN_ID when attribute.Payload.Length == 8 =>
            rule with { TunnelId = BinaryPrimitives.ReadUInt64BigEndian(attribute.Payload) },
        FRA_SUPPRESS_IFGROUP => rule with { SuppressGroup = OrNone(attribute.UInt32) },
        FRA_SUPPRESS_PREFIXLEN => rule with { SuppressPrefixLength = OrNone(attribute.UInt32) },
        FRA_TABLE => rule with { Table = attribute.UInt32 },
        FRA_L3MDEV => rule with { IsOfVrf = attribute.Byte != 0 },
        FRA_UID_RANGE when attribute.Payload.Length == 8 =>
            rule with { Users = new(MemoryMarshal.Read<uint>(attribute.Payload), MemoryMarshal.Read<uint>(attribute.Payload[4..])) },
        FRA_PROTOCOL => rule with { Protocol = attribute.Byte },
        FRA_IP_PROTO => rule with { IpProtocol = attribute.Byte },
        FRA_SPORT_RANGE when attribute.Payload.Length == 4 => rule with { SourcePorts = ReadPorts(attribute.Payload) },
        FRA_DPORT_RANGE when attribute.Payload.Length == 4 => rule with { DestinationPorts = ReadPorts(attribute.Payload) },
        _ => rule,
    };

    private static uint? OrNone(uint value) => value == uint.MaxValue ? null : value;

    private static NumberRange ReadPorts(ReadOnlySpan<byte> range) =>
        new(MemoryMarshal.Read<ushort>(range), MemoryMarshal.Read<ushort>(range[2..]));

    private static void WritePorts(ref NetlinkWriter writer, ushort type, NumberRange ports)
    {
        Span<byte> range = stackalloc byte[4];
        MemoryMarshal.Write(range, (ushort)ports.First);
        MemoryMarshal.Write(range[2..], (ushort)ports.Last);
        writer.Attribute(type, range);
    }
}
