using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;

namespace Director.Perf.Traffic;

/// <summary>
/// The frame of flow 0, whole: Ethernet, IPv4 without options, TCP. Other flows differ in what <see cref="FlowNumber"/> says.
/// </summary>
internal static class FrameTemplate
{
    /// <summary>Where the IPv4 header begins.</summary>
    public const int Ip = EthernetHeader.Size;

    /// <summary>Where the TCP header begins.</summary>
    public const int Tcp = Ip + Ipv4Header.MinSize;

    /// <summary>Bytes of the three headers; the TCP payload begins here.</summary>
    public const int Headers = Tcp + TcpHeader.MinSize;

    /// <summary>Where the low bits of a flow's number stand in the client's address.</summary>
    public const int LowInAddress = Ip + 14;

    /// <summary>Where their complement makes up for it in the IP header.</summary>
    public const int LowInIdentification = Ip + 4;

    /// <summary>Where it does in the TCP header.</summary>
    public const int LowInSequence = Tcp + 6;

    /// <summary>Where the high bits stand: the client's port.</summary>
    public const int HighInPort = Tcp;

    /// <summary>Where their complement makes up for it.</summary>
    public const int HighInSequence = Tcp + 4;

    /// <summary>Where the TCP flags stand.</summary>
    public const int Flags = Tcp + 13;

    /// <summary>Where the time of sending stands, 32 bits of nanoseconds, and behind it its complement.</summary>
    public const int Stamp = Headers;

    /// <summary>The smallest frame: with a stamp in its payload.</summary>
    public const int SmallestBytes = 64;

    /// <summary>The largest frame.</summary>
    public const int LargestBytes = 1514;

    private const int TimeToLive = 64;
    private const ushort DoNotFragment = 0x4000;
    private const ushort Window = 0xffff;

    /// <summary>Makes it.</summary>
    /// <param name="bytes">
    /// Of the frame, <see cref="SmallestBytes"/> to <see cref="LargestBytes"/>; a veth has no checksum behind it.
    /// </param>
    /// <param name="load">SYN, or ACK with the rest of the frame as payload; behind a SYN the rest is the link's padding.</param>
    /// <param name="from">The generator's MAC address.</param>
    /// <param name="to">The engine's.</param>
    /// <param name="service">Address and port that all flows go to.</param>
    public static byte[] Create(int bytes, Load load, MacAddress from, MacAddress to, Endpoint service)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, SmallestBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, LargestBytes);
        var frame = new byte[bytes];
        EthernetHeader.Write(frame, to, from, EtherType.Ipv4);
        var length = load == Load.New ? Headers - Ip : bytes - Ip;
        var packet = frame.AsSpan(Ip, length);
        var client = FlowNumber.ClientOf(0);
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)length);
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], ushort.MaxValue); // the complement of 0
        BinaryPrimitives.WriteUInt16BigEndian(packet[6..], DoNotFragment);
        packet[8] = TimeToLive;
        packet[9] = (byte)IpProtocol.Tcp;
        client.Address.WriteTo(packet[12..]);
        service.Address.WriteTo(packet[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Checksum.Compute(packet[..Ipv4Header.MinSize]));

        var segment = packet[Ipv4Header.MinSize..];
        BinaryPrimitives.WriteUInt16BigEndian(segment, client.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], service.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], uint.MaxValue);
        segment[12] = TcpHeader.MinSize / 4 << 4;
        segment[13] = (byte)(load == Load.New ? TcpFlags.Syn : TcpFlags.Ack);
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], Window);
        // An unset stamp counts as its complement does: both together are all ones, whatever the time.
        if (load == Load.Established) segment.Slice(TcpHeader.MinSize + 4, 4).Fill(byte.MaxValue);
        var pseudoHeader = Checksum.PseudoHeaderV4(client.Address.V4, service.Address.V4, IpProtocol.Tcp, segment.Length);
        BinaryPrimitives.WriteUInt16BigEndian(segment[16..], Checksum.Finish(Checksum.Add(segment, pseudoHeader)));
        return frame;
    }
}
