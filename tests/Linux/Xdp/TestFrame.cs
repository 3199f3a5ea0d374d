using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Linux.Xdp;

/// <summary>Frames as the wire carries them, with right checksums, to be bent by tests.</summary>
internal static class TestFrame
{
    public const int Ethernet = EthernetHeader.Size;
    public const int Ip = Ethernet;
    public const int Transport = Ip + Ipv4Header.MinSize;

    public static byte[] Udp(MacAddress to, MacAddress from, Endpoint source, Endpoint destination, int payload = 18, ushort tag = 0)
    {
        var frame = Ipv4(to, from, source.Address, destination.Address, IpProtocol.Udp, UdpHeader.Size + payload);
        var udp = frame.AsSpan(Transport);
        WritePorts(udp, source, destination);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        if (payload >= 2) BinaryPrimitives.WriteUInt16BigEndian(udp[8..], tag);
        var pseudo = Checksum.PseudoHeaderV4(source.Address.V4, destination.Address.V4, IpProtocol.Udp, udp.Length);
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], Checksum.Finish(Checksum.Add(udp, pseudo)));
        return frame;
    }

    public static byte[] Tcp(MacAddress to, MacAddress from, Endpoint source, Endpoint destination)
    {
        var frame = Ipv4(to, from, source.Address, destination.Address, IpProtocol.Tcp, TcpHeader.MinSize);
        var tcp = frame.AsSpan(Transport);
        WritePorts(tcp, source, destination);
        tcp[12] = 5 << 4;
        tcp[13] = 0x02;
        var pseudo = Checksum.PseudoHeaderV4(source.Address.V4, destination.Address.V4, IpProtocol.Tcp, tcp.Length);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Checksum.Finish(Checksum.Add(tcp, pseudo)));
        return frame;
    }

    /// <summary>An IPv4 packet with a zero payload; <paramref name="options"/> bytes of "no operation" behind the header.</summary>
    public static byte[] Ipv4(MacAddress to, MacAddress from, IpAddress128 source, IpAddress128 destination,
        IpProtocol protocol, int payload, int options = 0)
    {
        var header = Ipv4Header.MinSize + options;
        var frame = new byte[Ethernet + header + payload];
        EthernetHeader.Write(frame, to, from, EtherType.Ipv4);
        var ip = frame.AsSpan(Ip);
        ip[0] = (byte)(0x40 | header / 4);
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(header + payload));
        ip[8] = 64;
        ip[9] = (byte)protocol;
        source.WriteTo(ip[12..]);
        destination.WriteTo(ip[16..]);
        ip[Ipv4Header.MinSize..header].Fill(1);
        Resum(frame);
        return frame;
    }

    /// <summary>An IPv6 packet with a zero payload.</summary>
    public static byte[] Ipv6(
        MacAddress to, MacAddress from, IpAddress128 source, IpAddress128 destination, IpProtocol next, int payload)
    {
        var frame = new byte[Ethernet + Ipv6Header.Size + payload];
        EthernetHeader.Write(frame, to, from, EtherType.Ipv6);
        var ip = frame.AsSpan(Ip);
        ip[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)payload);
        ip[6] = (byte)next;
        ip[7] = 64;
        source.WriteTo(ip[8..]);
        destination.WriteTo(ip[24..]);
        return frame;
    }

    /// <summary>Makes the IPv4 header checksum right again.</summary>
    public static void Resum(byte[] frame)
    {
        var ip = frame.AsSpan(Ip);
        ip[10] = ip[11] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum.Compute(ip[..((ip[0] & 0xf) * 4)]));
    }

    private static void WritePorts(Span<byte> transport, Endpoint source, Endpoint destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(transport, source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(transport[2..], destination.Port);
    }
}
