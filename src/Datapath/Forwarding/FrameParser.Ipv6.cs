using System.Buffers.Binary;
using Director.Datapath.Ports;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <content>IPv6 (RFC 8200): no header checksum, no fragments made on the way, ports behind extension headers.</content>
internal static partial class FrameParser
{
    /// <summary>Types of ICMPv6 from here on are no errors (RFC 4443 §2.1).</summary>
    private const byte FirstInformational = 128;

    private static Verdict ReadIpv6(ReadOnlySpan<byte> ip, ForwardingTable table, ref Packet packet, out DropReason reason)
    {
        reason = DropReason.Truncated;
        if (ip.Length < Ipv6Header.Size) return Verdict.Drop;
        if (ip[0] >> 4 != 6) return Drop(DropReason.BadIpHeader, out reason);
        var length = Ipv6Header.Size + BinaryPrimitives.ReadUInt16BigEndian(ip[4..]);
        if (length > ip.Length) return Verdict.Drop;
        ip = ip[..length];
        var source = IpAddress128.ReadV6(ip[8..]);
        packet.Virtual = IpAddress128.ReadV6(ip[24..]);

        // An IPv4 address in IPv6 clothes is nobody's on the wire; here it would be an IPv4 VIP.
        if (packet.Virtual.IsV4) return Verdict.ToHost;
        var isVirtual = table.IsVirtual(packet.Virtual);
        if (!isVirtual && !table.Masquerades) return Verdict.ToHost;
        if (!Ipv6Chain.TryFind(ip, out var chain)) return isVirtual ? Drop(DropReason.BadIpHeader, out reason) : Verdict.ToHost;
        if (isVirtual && (IsMartian(source) || source == packet.Virtual)) return Drop(DropReason.MartianSource, out reason);

        packet.Length = length;
        packet.HeaderLength = (ushort)chain.Offset;
        packet.TimeToLive = ip[7];
        packet.DontFragment = true;
        packet.IsV6 = true;
        packet.Kind = PacketKind.Whole;
        if (chain.Protocol == IpProtocol.IcmpV6) return ReadIcmpV6(ip, chain, table, ref packet, out reason);
        if (chain.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp)) return Verdict.ToHost;
        var number = table.FindAddress(chain.Protocol, packet.Virtual);
        if (number != 0) return ReadTransport(ip, chain, source, number, ref packet);
        number = source.IsV4 ? 0 : table.FindServerAddress(chain.Protocol, source);
        return number == 0 ? Verdict.ToHost : AsAnswer(ReadTransport(ip, chain, packet.Virtual, number, ref packet), ref packet);
    }

    private static Verdict ReadTransport(ReadOnlySpan<byte> ip, in Ipv6Chain chain, IpAddress128 client, uint number, ref Packet packet)
    {
        if (chain.IsPiece)
        {
            packet.Datagram = chain.Identification;
            packet.Kind = PacketKind.FirstFragment;
            if (chain.IsLaterFragment) return ReadLaterFragment(chain.Protocol, client, number, ref packet);
        }

        return chain.Offset > ip.Length
            ? Verdict.Drop
            : ReadTransport(ip[chain.Offset..], chain.Protocol, client, number, ref packet);
    }

    /// <summary>As <see cref="ReadIcmp"/> (Linux net/netfilter/ipvs/ip_vs_core.c <c>ip_vs_in_icmp_v6</c>).</summary>
    private static Verdict ReadIcmpV6(
        ReadOnlySpan<byte> ip, in Ipv6Chain chain, ForwardingTable table, ref Packet packet, out DropReason reason)
    {
        reason = DropReason.Fragment;
        if (chain.IsLaterFragment || ip.Length < chain.Offset + IcmpHeaderSize) return Verdict.ToHost;
        var icmp = ip[chain.Offset..];
        if (icmp[0] >= FirstInformational) return Verdict.ToHost;
        if (chain.IsFragment) return Verdict.Drop;
        var quoted = icmp[IcmpHeaderSize..];
        if (quoted.Length < Ipv6Header.Size || quoted[0] >> 4 != 6 || !Ipv6Chain.TryFind(quoted, out var inner)) return Verdict.ToHost;
        if (inner.IsLaterFragment || quoted.Length < inner.Offset + PortsSize) return Verdict.ToHost;
        var (source, destination) = (IpAddress128.ReadV6(quoted[8..]), IpAddress128.ReadV6(quoted[24..]));
        return source.IsV4 || destination.IsV4
            ? Verdict.ToHost
            : ReadQuoted(inner.Protocol, source, destination, quoted[inner.Offset..], table, ref packet);
    }

    /// <summary>Sources that a host takes from nobody: unspecified, loopback, IPv4 in IPv6 clothes, multicast.</summary>
    private static bool IsMartian(IpAddress128 source) =>
        source.IsUnspecified || source.IsLoopback || source.IsV4 || source.Upper >> 56 == 0xff;
}
