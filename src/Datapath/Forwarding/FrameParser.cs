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
/// net/ipv4/ip_input.c, net/ipv4/route.c). TCP's checksum, options and data offset are the real server's business, as in IPVS.
/// </summary>
internal static class FrameParser
{
    private const int IpOffset = EthernetHeader.Size;
    private const int MoreFragmentsOrOffset = 0x3fff;

    /// <summary>
    /// Reads <paramref name="frame"/>. <see cref="Verdict.None"/> means that <paramref name="packet"/> belongs to a VIP of
    /// <paramref name="table"/> and is to be decided; otherwise the verdict is final, with <paramref name="reason"/> if it is a drop.
    /// </summary>
    public static Verdict Read(ReadOnlySpan<byte> frame, ForwardingTable table, ref Packet packet, out DropReason reason)
    {
        reason = DropReason.Truncated;
        if (frame.Length < IpOffset) return Verdict.Drop;
        if ((frame[0] & 1) != 0) return Drop(DropReason.NotUnicast, out reason);
        var type = (EtherType)BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        if (type == EtherType.Ipv6) return Verdict.ToHost;
        if (type != EtherType.Ipv4) return Drop(DropReason.NotIp, out reason);

        var ip = frame[IpOffset..];
        if (ip.Length < Ipv4Header.MinSize) return Verdict.Drop;
        var headerLength = (ip[0] & 0xf) * 4;
        if (ip[0] >> 4 != 4 || headerLength < Ipv4Header.MinSize) return Drop(DropReason.BadIpHeader, out reason);
        if (ip.Length < headerLength) return Verdict.Drop;
        if (!IsChecksumValid(ip, headerLength)) return Drop(DropReason.BadIpChecksum, out reason);
        int totalLength = BinaryPrimitives.ReadUInt16BigEndian(ip[2..]);
        if (totalLength > ip.Length) return Verdict.Drop;
        if (totalLength < headerLength) return Drop(DropReason.BadIpHeader, out reason);

        var protocol = (IpProtocol)ip[9];
        if (protocol is not (IpProtocol.Tcp or IpProtocol.Udp)) return Verdict.ToHost;
        var destination = BinaryPrimitives.ReadUInt32BigEndian(ip[16..]);
        packet.Virtual = IpAddress128.FromV4(destination);
        var virtualAddress = table.FindAddress(protocol, packet.Virtual);
        if (virtualAddress == 0) return Verdict.ToHost;

        var source = BinaryPrimitives.ReadUInt32BigEndian(ip[12..]);
        if (IsMartian(source) || source == destination) return Drop(DropReason.MartianSource, out reason);
        var fragment = BinaryPrimitives.ReadUInt16BigEndian(ip[6..]);
        if ((fragment & MoreFragmentsOrOffset) != 0) return Drop(DropReason.Fragment, out reason);

        var transport = ip[headerLength..totalLength];
        if (transport.Length < (protocol == IpProtocol.Tcp ? TcpHeader.MinSize : UdpHeader.Size)) return Verdict.Drop;
        packet.Flags = protocol == IpProtocol.Tcp ? (TcpFlags)transport[13] : TcpFlags.None;
        packet.Protocol = protocol;
        packet.TotalLength = (ushort)totalLength;
        packet.TimeToLive = ip[8];
        packet.DontFragment = (fragment & 0x4000) != 0;
        packet.Key = new(
            IpAddress128.FromV4(source),
            virtualAddress,
            BinaryPrimitives.ReadUInt16BigEndian(transport),
            BinaryPrimitives.ReadUInt16BigEndian(transport[2..]));
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
