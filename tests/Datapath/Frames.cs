using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>Frames as clients send them, with right checksums unless a test spoils them.</summary>
internal static class Frames
{
    public static readonly MacAddress ClientMac = Mac("02:00:00:00:00:01");
    public static readonly MacAddress DirectorMac = Mac("02:00:00:00:00:d1");

    public static MacAddress Mac(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new FormatException(text);

    public static IpAddress128 Ip(string text) => IpAddress128.Parse(text);

    public static byte[] Tcp(string client, ushort clientPort, string vip, ushort port, TcpFlags flags, int payload = 0, byte ttl = 64,
        byte tos = 0, bool dontFragment = true, int options = 0)
    {
        var segment = new byte[20 + payload];
        BinaryPrimitives.WriteUInt16BigEndian(segment, clientPort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), port);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), 0x01020304);
        segment[12] = 5 << 4;
        segment[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), 0xfaf0);
        for (var i = 0; i < payload; i++) segment[20 + i] = (byte)i;
        return Ipv4(client, vip, IpProtocol.Tcp, segment, ttl, tos, dontFragment, options, checksumAt: 16);
    }

    public static byte[] Udp(string client, ushort clientPort, string vip, ushort port, int payload = 10, byte ttl = 64)
    {
        var datagram = new byte[8 + payload];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, clientPort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        return Ipv4(client, vip, IpProtocol.Udp, datagram, ttl, 0, true, 0, checksumAt: 6);
    }

    public static byte[] Ipv4(string source, string destination, IpProtocol protocol, byte[] payload, byte ttl = 64, byte tos = 0,
        bool dontFragment = true, int options = 0, int checksumAt = -1)
    {
        var header = 20 + options;
        var frame = new byte[14 + header + payload.Length];
        EthernetHeader.Write(frame, DirectorMac, ClientMac, EtherType.Ipv4);
        var ip = frame.AsSpan(14);
        ip[0] = (byte)(0x40 | (header / 4));
        ip[1] = tos;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(header + payload.Length));
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], 0x1234);
        ip[6] = dontFragment ? (byte)0x40 : (byte)0;
        ip[8] = ttl;
        ip[9] = (byte)protocol;
        Ip(source).WriteTo(ip[12..]);
        Ip(destination).WriteTo(ip[16..]);
        for (var i = 0; i < options; i++) ip[20 + i] = 1;
        payload.CopyTo(ip[header..]);
        if (checksumAt >= 0)
        {
            var sum = Checksum.PseudoHeaderV4(Ip(source).V4, Ip(destination).V4, protocol, payload.Length);
            var checksum = Checksum.Finish(Checksum.Add(payload, sum));
            BinaryPrimitives.WriteUInt16BigEndian(ip[(header + checksumAt)..], checksum);
        }

        FixHeaderChecksum(frame);
        return frame;
    }

    public static byte[] TcpV6(string client, ushort clientPort, string vip, ushort port, TcpFlags flags, int payload = 0, byte hops = 64,
        byte[]? extensions = null, byte firstHeader = (byte)IpProtocol.Tcp)
    {
        var segment = new byte[20 + payload];
        BinaryPrimitives.WriteUInt16BigEndian(segment, clientPort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), port);
        segment[12] = 5 << 4;
        segment[13] = (byte)flags;
        var sum = Checksum.PseudoHeaderV6(Ip(client), Ip(vip), IpProtocol.Tcp, segment.Length);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), Checksum.Finish(Checksum.Add(segment, sum)));
        return Ipv6(client, vip, firstHeader, [.. extensions ?? [], .. segment], hops);
    }

    public static byte[] UdpV6(string client, ushort clientPort, string vip, ushort port, int payload = 10, byte hops = 64)
    {
        var datagram = new byte[8 + payload];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, clientPort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        var sum = Checksum.PseudoHeaderV6(Ip(client), Ip(vip), IpProtocol.Udp, datagram.Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), Checksum.Finish(Checksum.Add(datagram, sum)));
        return Ipv6(client, vip, (byte)IpProtocol.Udp, datagram, hops);
    }

    public static byte[] Ipv6(string source, string destination, byte next, byte[] payload, byte hops = 64)
    {
        var frame = new byte[14 + Ipv6Header.Size + payload.Length];
        EthernetHeader.Write(frame, DirectorMac, ClientMac, EtherType.Ipv6);
        var ip = frame.AsSpan(14);
        BinaryPrimitives.WriteUInt32BigEndian(ip, 0x62c1_2345);
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)payload.Length);
        ip[6] = next;
        ip[7] = hops;
        Ip(source).WriteTo(ip[8..]);
        Ip(destination).WriteTo(ip[24..]);
        payload.CopyTo(ip[Ipv6Header.Size..]);
        return frame;
    }

    public static void FixHeaderChecksum(Span<byte> frame)
    {
        var header = frame.Slice(14, (frame[14] & 0xf) * 4);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Checksum.Compute(header));
    }
}
