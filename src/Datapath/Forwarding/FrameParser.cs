using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Director.Datapath.Ports;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <summary>
/// Reads a frame as far as forwarding needs, and makes the checks that IPVS inherits from the host before it (Linux
/// net/ipv4/ip_input.c, net/ipv4/route.c, net/ipv6/ip6_input.c). TCP's checksum, options and data offset are the real server's business,
/// as in IPVS.
/// </summary>
internal static partial class FrameParser
{
    private const int MoreFragmentsOrOffset = 0x3fff;
    private const int OffsetOnly = 0x1fff;
    private const int PortsSize = 4;
    private const int IcmpHeaderSize = 8;

    /// <summary>
    /// Reads <paramref name="frame"/>. <see cref="Verdict.None"/> means that <paramref name="packet"/> belongs to a VIP of
    /// <paramref name="table"/> and is to be decided; otherwise the verdict is final, with <paramref name="reason"/> if it is a drop.
    /// </summary>
    public static Verdict Read(ReadOnlySpan<byte> frame, ForwardingTable table, ref Packet packet, out DropReason reason)
    {
        reason = DropReason.Truncated;
        if (frame.Length < EthernetHeader.Size) return Verdict.Drop;
        if ((frame[0] & 1) != 0) return Drop(DropReason.NotUnicast, out reason);
        var type = (EtherType)BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        packet.At = EthernetHeader.Size;
        packet.IsPlain = false;
        if (type == EtherType.Ipv4) return ReadIpv4(frame[EthernetHeader.Size..], table, ref packet, out reason);
        if (type == EtherType.Ipv6) return ReadIpv6(frame[EthernetHeader.Size..], table, ref packet, out reason);
        return type == EtherType.Vlan ? ReadTagged(frame, table, ref packet, out reason) : Drop(DropReason.NotIp, out reason);
    }

    /// <summary>A frame with an 802.1Q tag: which VLANs come up at all is the steering program's to say.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Verdict ReadTagged(ReadOnlySpan<byte> frame, ForwardingTable table, ref Packet packet, out DropReason reason)
    {
        reason = DropReason.Truncated;
        if (frame.Length < VlanTag.TaggedHeaderSize) return Verdict.Drop;
        packet.At = VlanTag.TaggedHeaderSize;
        var ip = frame[VlanTag.TaggedHeaderSize..];
        return (EtherType)BinaryPrimitives.ReadUInt16BigEndian(frame[(VlanTag.TaggedHeaderSize - 2)..]) switch
        {
            EtherType.Ipv4 => ReadIpv4(ip, table, ref packet, out reason),
            EtherType.Ipv6 => ReadIpv6(ip, table, ref packet, out reason),
            _ => Drop(DropReason.NotIp, out reason),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Verdict ReadIpv4(ReadOnlySpan<byte> ip, ForwardingTable table, ref Packet packet, out DropReason reason)
    {
        reason = DropReason.Truncated;
        if (ip.Length < Ipv4Header.MinSize) return Verdict.Drop;
        var headerLength = (ip[0] & 0xf) * 4;
        if (ip[0] >> 4 != 4 || headerLength < Ipv4Header.MinSize) return Drop(DropReason.BadIpHeader, out reason);
        if (ip.Length < headerLength) return Verdict.Drop;
        if (!IsChecksumValid(ip, headerLength)) return Drop(DropReason.BadIpChecksum, out reason);
        int totalLength = BinaryPrimitives.ReadUInt16BigEndian(ip[2..]);
        if (totalLength > ip.Length) return Verdict.Drop;
        if (totalLength < headerLength) return Drop(DropReason.BadIpHeader, out reason);

        packet.Length = totalLength;
        packet.HeaderLength = (ushort)headerLength;
        packet.TimeToLive = ip[8];
        packet.IsV6 = false;
        packet.Kind = PacketKind.Whole;
        var protocol = (IpProtocol)ip[9];
        if (protocol is not (IpProtocol.Tcp or IpProtocol.Udp))
        {
            return protocol == IpProtocol.Icmp
                ? ReadIcmp(ip[..totalLength], headerLength, table, ref packet)
                : Verdict.ToHost;
        }

        var destination = BinaryPrimitives.ReadUInt32BigEndian(ip[16..]);
        packet.Virtual = IpAddress128.FromV4(destination);
        var number = table.FindAddress(protocol, packet.Virtual);
        if (number == 0) return ReadAnswer(ip[..totalLength], headerLength, protocol, table, ref packet);
        var source = BinaryPrimitives.ReadUInt32BigEndian(ip[12..]);
        if (IsMartian(source) || source == destination) return Drop(DropReason.MartianSource, out reason);
        return IsLaterFragment(ip, ref packet)
            ? ReadLaterFragment(protocol, IpAddress128.FromV4(source), number, ref packet)
            : ReadTransport(ip[headerLength..totalLength], protocol, IpAddress128.FromV4(source), number, ref packet);
    }

    /// <summary>What is sent to no VIP may come from a masqueraded server: then its destination is the client.</summary>
    private static Verdict ReadAnswer(
        ReadOnlySpan<byte> ip, int headerLength, IpProtocol protocol, ForwardingTable table, ref Packet packet)
    {
        var number = table.FindServerAddress(protocol, IpAddress128.ReadV4(ip[12..]));
        return number == 0 ? Verdict.ToHost
            : IsLaterFragment(ip, ref packet) ? AsAnswer(ReadLaterFragment(protocol, packet.Virtual, number, ref packet), ref packet)
            : AsAnswer(ReadTransport(ip[headerLength..], protocol, packet.Virtual, number, ref packet), ref packet);
    }

    /// <summary>
    /// Has a packet that was read as if it came from the client be the server's: the ports of its key change places. One that cannot be
    /// read has nothing to do with the VIP.
    /// </summary>
    private static Verdict AsAnswer(Verdict verdict, ref Packet packet)
    {
        if (verdict != Verdict.None) return Verdict.ToHost;
        packet.Kind += (byte)PacketKind.Answer;
        ref readonly var key = ref packet.Key;
        if (packet.Kind != PacketKind.AnswerLaterFragment)
            packet.Key = new(key.Client, (uint)(key.Tail >> 32), key.VirtualPort, key.ClientPort);
        return Verdict.None;
    }

    /// <summary>Reads what the header says about fragments; whether it is one, and not the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLaterFragment(ReadOnlySpan<byte> ip, ref Packet packet)
    {
        var fragment = BinaryPrimitives.ReadUInt16BigEndian(ip[6..]);
        packet.DontFragment = (fragment & 0x4000) != 0;
        if ((fragment & MoreFragmentsOrOffset) == 0) return false;
        packet.Datagram = BinaryPrimitives.ReadUInt16BigEndian(ip[4..]);
        packet.Kind = PacketKind.FirstFragment;
        return (fragment & OffsetOnly) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Verdict ReadTransport(
        ReadOnlySpan<byte> transport, IpProtocol protocol, IpAddress128 client, uint number, ref Packet packet)
    {
        if (transport.Length < (protocol == IpProtocol.Tcp ? TcpHeader.MinSize : UdpHeader.Size)) return Verdict.Drop;
        packet.Flags = protocol == IpProtocol.Tcp ? (TcpFlags)transport[13] : TcpFlags.None;
        packet.Protocol = protocol;
        packet.Key = new(
            client, number, BinaryPrimitives.ReadUInt16BigEndian(transport), BinaryPrimitives.ReadUInt16BigEndian(transport[2..]));
        return Verdict.None;
    }

    private static Verdict ReadLaterFragment(IpProtocol protocol, IpAddress128 client, uint number, ref Packet packet)
    {
        packet.Kind = PacketKind.LaterFragment;
        packet.Flags = TcpFlags.None;
        packet.Protocol = protocol;
        packet.Key = new ConnectionKey(client, number, 0, 0).OfDatagram(packet.Datagram);
        return Verdict.None;
    }

    /// <summary>
    /// An ICMP error may belong to a connection: then the packet in it went from the VIP to the client, or from the client to a masqueraded
    /// server. All other ICMP is the host's (Linux net/netfilter/ipvs/ip_vs_core.c <c>ip_vs_in_icmp</c>, <c>ip_vs_out_icmp</c>).
    /// </summary>
    private static Verdict ReadIcmp(ReadOnlySpan<byte> ip, int headerLength, ForwardingTable table, ref Packet packet)
    {
        var icmp = ip[headerLength..];
        if (icmp.Length < IcmpHeaderSize + Ipv4Header.MinSize || icmp[0] is not (3 or 4 or 11)) return Verdict.ToHost;
        if ((BinaryPrimitives.ReadUInt16BigEndian(ip[6..]) & MoreFragmentsOrOffset) != 0) return Verdict.ToHost;
        var quoted = icmp[IcmpHeaderSize..];
        var ports = (quoted[0] & 0xf) * 4;
        if (quoted[0] >> 4 != 4 || ports < Ipv4Header.MinSize || quoted.Length < ports + PortsSize) return Verdict.ToHost;
        if ((BinaryPrimitives.ReadUInt16BigEndian(quoted[6..]) & OffsetOnly) != 0) return Verdict.ToHost;
        packet.DontFragment = true;
        return ReadQuoted((IpProtocol)quoted[9], IpAddress128.ReadV4(quoted[12..]), IpAddress128.ReadV4(quoted[16..]),
            quoted[ports..], table, ref packet);
    }

    private static Verdict ReadQuoted(IpProtocol protocol, IpAddress128 source, IpAddress128 destination, ReadOnlySpan<byte> ports,
        ForwardingTable table, ref Packet packet)
    {
        if (protocol is not (IpProtocol.Tcp or IpProtocol.Udp)) return Verdict.ToHost;
        var sourcePort = BinaryPrimitives.ReadUInt16BigEndian(ports);
        var destinationPort = BinaryPrimitives.ReadUInt16BigEndian(ports[2..]);
        packet.Virtual = source;
        packet.Flags = TcpFlags.None;
        packet.Protocol = protocol;
        var number = table.FindAddress(protocol, source);
        if (number != 0)
        {
            packet.Kind = PacketKind.IcmpError;
            packet.Key = new(destination, number, destinationPort, sourcePort);
            return Verdict.None;
        }

        number = table.FindServerAddress(protocol, destination);
        if (number == 0) return Verdict.ToHost;
        packet.Kind = PacketKind.AnswerIcmpError;
        packet.Key = new(source, number, sourcePort, destinationPort);
        return Verdict.None;
    }

    /// <summary>Sources that a host takes from nobody: this network, loopback, multicast, broadcast (RFC 1122 §3.2.1.3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsMartian(uint source) => source >> 24 is 0 or 127 || source >> 28 == 0xe || source == uint.MaxValue;

    /// <summary>A one's-complement sum is the same in either byte order, but for the order of its result (RFC 1071 §2.B).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsChecksumValid(ReadOnlySpan<byte> ip, int headerLength)
    {
        if (headerLength != Ipv4Header.MinSize) return Checksum.Compute(ip[..headerLength]) == 0;
        var words = MemoryMarshal.Cast<byte, uint>(ip[..Ipv4Header.MinSize]);
        var sum = (ulong)words[0] + words[1] + words[2] + words[3] + words[4];
        return Checksum.Finish(sum) == 0;
    }

    private static Verdict Drop(DropReason why, out DropReason reason)
    {
        reason = why;
        return Verdict.Drop;
    }
}
