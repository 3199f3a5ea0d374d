using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Conformance;

/// <summary>The bytes of packets, with right checksums.</summary>
internal static class PacketBytes
{
    public static byte[] Frame(MacAddress to, MacAddress from, byte[] packet)
    {
        var frame = new byte[EthernetHeader.Size + packet.Length];
        EthernetHeader.Write(frame, to, from, packet[0] >> 4 == 4 ? EtherType.Ipv4 : EtherType.Ipv6);
        packet.CopyTo(frame.AsSpan(EthernetHeader.Size));
        return frame;
    }

    public static byte[] Ipv4(IpAddress128 source, IpAddress128 destination, IpProtocol protocol, byte[] payload, IpFields fields)
    {
        var header = 20 + fields.OptionBytes;
        var packet = new byte[header + payload.Length];
        packet[0] = (byte)(0x40 | header / 4);
        packet[1] = fields.TypeOfService;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), fields.Identification);
        var fragment = (fields.DontFragment ? 0x4000 : 0) | (fields.MoreFragments ? 0x2000 : 0) | fields.FragmentOffset / 8;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), (ushort)fragment);
        packet[8] = fields.TimeToLive;
        packet[9] = (byte)protocol;
        source.WriteTo(packet.AsSpan(12));
        destination.WriteTo(packet.AsSpan(16));
        packet.AsSpan(20, fields.OptionBytes).Fill(1);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum.Compute(packet.AsSpan(0, header)));
        payload.CopyTo(packet.AsSpan(header));
        return packet;
    }

    public static byte[] Ipv6(IpAddress128 source, IpAddress128 destination, IpProtocol protocol, byte[] payload, IpFields fields)
    {
        const byte FragmentHeader = 44;
        var isFragment = fields.FragmentOffset > 0 || fields.MoreFragments;
        var extension = isFragment ? 8 : 0;
        var packet = new byte[40 + extension + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(packet, 6u << 28 | (uint)fields.TypeOfService << 20);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)(extension + payload.Length));
        packet[6] = isFragment ? FragmentHeader : (byte)protocol;
        packet[7] = fields.TimeToLive;
        source.WriteTo(packet.AsSpan(8));
        destination.WriteTo(packet.AsSpan(24));
        if (isFragment)
        {
            packet[40] = (byte)protocol;
            var place = fields.FragmentOffset | (fields.MoreFragments ? 1 : 0);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(42), (ushort)place);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(44), fields.Identification);
        }

        payload.CopyTo(packet.AsSpan(40 + extension));
        return packet;
    }

    public static byte[] Tcp(Endpoint source, Endpoint destination, TcpFlags flags, int length)
    {
        var segment = new byte[20 + length];
        WritePorts(segment, source, destination);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), 0x01020304);
        segment[12] = 5 << 4;
        segment[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), 0xfaf0);
        Fill(segment.AsSpan(20));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), Sum(source, destination, IpProtocol.Tcp, segment));
        return segment;
    }

    public static byte[] Udp(Endpoint source, Endpoint destination, int length, bool checksum)
    {
        var datagram = new byte[8 + length];
        WritePorts(datagram, source, destination);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        Fill(datagram.AsSpan(8));
        if (checksum) BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), Sum(source, destination, IpProtocol.Udp, datagram));
        return datagram;
    }

    /// <summary>An INIT chunk without parameters (RFC 9260 §3.3.2); its CRC32c is left zero, which nobody here looks at.</summary>
    public static byte[] SctpInit(Endpoint source, Endpoint destination)
    {
        var packet = new byte[32];
        WritePorts(packet, source, destination);
        packet[12] = 1;
        packet[15] = 20;
        return packet;
    }

    /// <summary>An ICMP or ICMPv6 message, by the family of the addresses; <paramref name="rest"/> are its bytes 4 to 7.</summary>
    public static byte[] Icmp(Endpoint source, Endpoint destination, byte type, byte code, byte[] rest, byte[] body)
    {
        var message = new byte[8 + body.Length];
        (message[0], message[1]) = (type, code);
        rest.CopyTo(message.AsSpan(4));
        body.CopyTo(message.AsSpan(8));
        var checksum = source.Address.IsV4 ? Checksum.Compute(message) : Sum(source, destination, IpProtocol.IcmpV6, message);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), checksum);
        return message;
    }

    private static void WritePorts(Span<byte> payload, Endpoint source, Endpoint destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(payload, source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], destination.Port);
    }

    private static void Fill(Span<byte> data)
    {
        for (var i = 0; i < data.Length; i++) data[i] = (byte)i;
    }

    /// <summary>The checksum over the pseudo-header (RFC 9293 §3.1, RFC 8200 §8.1) and the payload, whose own field is zero.</summary>
    private static ushort Sum(Endpoint source, Endpoint destination, IpProtocol protocol, ReadOnlySpan<byte> payload)
    {
        Span<byte> addresses = stackalloc byte[32];
        var size = source.Address.Size;
        source.Address.WriteTo(addresses);
        destination.Address.WriteTo(addresses[size..]);
        return Checksum.Finish(Checksum.Add(payload, Checksum.Add(addresses[..(2 * size)]) + (byte)protocol + (uint)payload.Length));
    }
}
