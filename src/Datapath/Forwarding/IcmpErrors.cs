using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <summary>
/// Turns a frame into the ICMP error it has earned, in place, byte for byte as the kernel would send it (Linux
/// net/ipv4/icmp.c <c>__icmp_send</c>, net/ipv6/icmp.c <c>icmp6_send</c>), but for the identification, the flow label, and the options of
/// the packet, which are not echoed.
/// <code>
///  | Ethernet | IP, to the sender | type code sum rest | the sender's packet, as much as fits 576 bytes, or 1280 of IPv6
/// </code>
/// </summary>
internal static class IcmpErrors
{
    private const int IcmpSize = 8;

    /// <summary>The longest errors, so that they pass every link unfragmented (RFC 1812 §4.3.2.3, RFC 4443 §2.4).</summary>
    private const int MaxPacket = 576, MaxPacketV6 = 1280;

    private const byte TimeToLive = 64;
    private const byte InternetworkControl = 0xc0;
    private const byte KeptServiceBits = 0x1e;

    /// <summary>
    /// Writes the error over the frame. False, and nothing changed, if <paramref name="room"/> has no space for the packet's header
    /// and eight bytes more, the least that an error may quote (RFC 792).
    /// </summary>
    /// <param name="room">The frame and what may be written after it.</param>
    /// <param name="packet">What was read of it.</param>
    /// <param name="error">What to say.</param>
    /// <param name="from">Who says it: to a client the VIP, to a server this host's own address.</param>
    /// <param name="mtu">For <see cref="IcmpError.PacketTooBig"/>; else 0.</param>
    /// <param name="identification">The new packet's identification, in IPv4.</param>
    /// <param name="frameLength">Bytes of the new frame.</param>
    public static bool TryWrite(
        Span<byte> room, in Packet packet, IcmpError error, IpAddress128 from, int mtu, ushort identification, out int frameLength)
    {
        var ip = room[packet.At..];
        var header = packet.IsV6 ? Ipv6Header.Size : Ipv4Header.MinSize;
        var quoted = Math.Min(packet.Length, (packet.IsV6 ? MaxPacketV6 : MaxPacket) - header - IcmpSize);
        quoted = Math.Min(quoted, ip.Length - header - IcmpSize);
        frameLength = packet.At + header + IcmpSize + quoted;
        var least = (packet.IsV6 ? Ipv6Header.Size : (ip[0] & 0xf) * 4) + 8;
        if (quoted < Math.Min(packet.Length, least)) return false;

        var sender = MacAddress.Read(room[MacAddress.Size..]);
        MacAddress.Read(room).WriteTo(room[MacAddress.Size..]);
        sender.WriteTo(room);
        var message = ip.Slice(header, IcmpSize + quoted);
        if (packet.IsV6) WriteV6(ip, message, quoted, error, from, mtu);
        else WriteV4(ip, message, quoted, error, from.V4, mtu, identification);
        return true;
    }

    private static void WriteV4(
        Span<byte> ip, Span<byte> message, int quoted, IcmpError error, uint from, int mtu, ushort identification)
    {
        var service = ip[1];
        var sender = BinaryPrimitives.ReadUInt32BigEndian(ip[12..]);
        ip[..quoted].CopyTo(message[IcmpSize..]);

        ip[0] = 0x45;
        ip[1] = (byte)((service & KeptServiceBits) | InternetworkControl);
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(Ipv4Header.MinSize + message.Length));
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], identification);
        BinaryPrimitives.WriteUInt16BigEndian(ip[6..], 0);
        ip[8] = TimeToLive;
        ip[9] = (byte)IpProtocol.Icmp;
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], from);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], sender);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum.Compute(ip[..Ipv4Header.MinSize]));
        WriteMessage(message, error switch
        {
            IcmpError.PortUnreachable => 3 << 8 | 3,
            IcmpError.PacketTooBig => 3 << 8 | 4,
            _ => 11 << 8,
        }, mtu, 0);
    }

    private static void WriteV6(Span<byte> ip, Span<byte> message, int quoted, IcmpError error, IpAddress128 from, int mtu)
    {
        var sender = IpAddress128.ReadV6(ip[8..]);
        ip[..quoted].CopyTo(message[IcmpSize..]);

        BinaryPrimitives.WriteUInt32BigEndian(ip, 0x6000_0000);
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)message.Length);
        ip[6] = (byte)IpProtocol.IcmpV6;
        ip[7] = TimeToLive;
        from.WriteTo(ip[8..]);
        sender.WriteTo(ip[24..]);
        WriteMessage(message, error switch
        {
            IcmpError.PortUnreachable => 1 << 8 | 4,
            IcmpError.PacketTooBig => 2 << 8,
            _ => 3 << 8,
        }, mtu, Checksum.PseudoHeaderV6(from, sender, IpProtocol.IcmpV6, message.Length));
    }

    private static void WriteMessage(Span<byte> message, int typeAndCode, int rest, ulong pseudoHeader)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)typeAndCode);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], 0);
        BinaryPrimitives.WriteInt32BigEndian(message[4..], rest);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], Checksum.Finish(Checksum.Add(message, pseudoHeader)));
    }
}
