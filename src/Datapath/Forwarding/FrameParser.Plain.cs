using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <content>
/// The frames that nearly all are, in as few steps as it takes: untagged, IPv4 without options, no fragment, TCP or UDP to a VIP.
/// </content>
internal static partial class FrameParser
{
    private const int PlainHeaders = EthernetHeader.Size + Ipv4Header.MinSize;

    // As they lie in memory, lowest byte first: the type IPv4, version 4 and five words of header; all of the fragment field but DF.
    private const uint PlainType = 0x0045_0008, PlainTypeMask = 0x00ff_ffff;
    private const uint FragmentMask = 0xff3f_0000, DontFragmentBit = 0x0040_0000;

    /// <summary>
    /// Reads the frame of <paramref name="length"/> bytes at <paramref name="address"/> as <see cref="Read"/> does. False if it is not a
    /// plain one, or has anything wrong with it: then <paramref name="packet"/> is not to be looked at, and <see cref="Read"/> judges it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadPlain(nint address, int length, ForwardingTable table, ref Packet packet)
    {
        if (length < PlainHeaders + UdpHeader.Size) return false;
        if ((FrameMemory.Read<uint>(address, EthernetHeader.Size - 2) & PlainTypeMask) != PlainType) return false;
        var ip = address + EthernetHeader.Size;
        var first = FrameMemory.Read<uint>(ip, 0);
        var second = FrameMemory.Read<uint>(ip, 4);
        var third = FrameMemory.Read<uint>(ip, 8);
        var from = FrameMemory.Read<uint>(ip, 12);
        var to = FrameMemory.Read<uint>(ip, 16);
        if (Checksum.Finish((ulong)first + second + third + from + to) != 0) return false;
        if ((second & FragmentMask) != 0 || (FrameMemory.Read<byte>(address, 0) & 1) != 0) return false;

        var protocol = (IpProtocol)(byte)(third >> 8);
        var transport = protocol switch
        {
            IpProtocol.Tcp => TcpHeader.MinSize,
            IpProtocol.Udp => UdpHeader.Size,
            _ => int.MaxValue / 2,
        };
        int total = BinaryPrimitives.ReverseEndianness((ushort)(first >> 16));
        if (total > length - EthernetHeader.Size || total < Ipv4Header.MinSize + transport) return false;
        var source = BinaryPrimitives.ReverseEndianness(from);
        var vip = IpAddress128.FromV4(BinaryPrimitives.ReverseEndianness(to));
        var number = table.FindAddress(protocol, vip);
        if (number == 0 || from == to || IsMartian(source)) return false;

        var client = IpAddress128.FromV4(source);
        var ports = BinaryPrimitives.ReverseEndianness(FrameMemory.Read<uint>(address, PlainHeaders));
        packet.Key = new(client.Upper, client.Lower, (ulong)number << 32 | ports);
        packet.Virtual = vip;
        packet.Length = total;
        packet.HeaderLength = Ipv4Header.MinSize;
        packet.At = EthernetHeader.Size;
        packet.TimeToLive = (byte)third;
        packet.Protocol = protocol;
        packet.Flags = protocol == IpProtocol.Tcp ? (TcpFlags)FrameMemory.Read<byte>(address, PlainHeaders + 13) : TcpFlags.None;
        packet.DontFragment = (second & DontFragmentBit) != 0;
        packet.IsV6 = false;
        packet.IsPlain = true;
        packet.Kind = PacketKind.Whole;
        return true;
    }
}
