using System.Buffers.Binary;
using Director.Datapath;
using Director.Datapath.Ports;
using Director.Net;
using Director.Net.Wire;

namespace Director.Bench;

/// <summary>
/// A service with its servers, and the frames of any number of clients to it. Flow n is a client address of its own; only that and the
/// header checksum differ between frames, so that making one costs next to nothing.
/// </summary>
internal sealed class Traffic
{
    private const int ClientAt = EthernetHeader.Size + 12;
    private const int ChecksumAt = EthernetHeader.Size + 10;
    private const int FlagsAt = EthernetHeader.Size + Ipv4Header.MinSize + 13;

    private static readonly IpAddress128 Vip = IpAddress128.Parse("192.168.80.130");

    /// <summary>The MAC that frames are for.</summary>
    public static readonly MacAddress DirectorMac = Mac("02:00:00:00:00:d1");

    /// <summary>The MAC that they come from.</summary>
    public static readonly MacAddress ClientMac = Mac("02:00:00:00:00:01");

    private readonly byte[] _frame = new byte[60];
    private readonly ulong _headerSum;

    public Traffic(TcpFlags flags)
    {
        EthernetHeader.Write(_frame, DirectorMac, ClientMac, EtherType.Ipv4);
        var ip = _frame.AsSpan(EthernetHeader.Size);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], 40);
        ip[8] = 64;
        ip[9] = (byte)IpProtocol.Tcp;
        Vip.WriteTo(ip[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[20..], 1024);
        BinaryPrimitives.WriteUInt16BigEndian(ip[22..], 80);
        ip[32] = 5 << 4;
        _frame[FlagsAt] = (byte)flags;
        _headerSum = Checksum.Add(ip[..Ipv4Header.MinSize]);
    }

    /// <summary>The service of every frame, with <paramref name="servers"/> servers of the same weight.</summary>
    public static VirtualServiceSpec Service(int servers, string scheduler = "wlc", int weight = 1) => new(
        new(IpProtocol.Tcp, new(Vip, 80)),
        scheduler,
        null,
        32,
        [.. Enumerable.Range(1, servers).Select(number => Server(number, weight))]);

    /// <summary>Puts the frame of flow <paramref name="flow"/> (0–2^24-1) into <paramref name="port"/>.</summary>
    public void Put(MemoryFramePort port, int flow) => port.TryPut(Frame(flow));

    /// <summary>The frame of flow <paramref name="flow"/>, until the next is asked for.</summary>
    public ReadOnlySpan<byte> Frame(int flow)
    {
        var client = 0x0a00_0000u | (uint)flow;
        BinaryPrimitives.WriteUInt32BigEndian(_frame.AsSpan(ClientAt), client);
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(ChecksumAt), Checksum.Finish(_headerSum + client));
        return _frame;
    }

    private static RealServerSpec Server(int number, int weight) => new(
        new(IpAddress128.FromV4(0xc0a8_5100u + (uint)number), 80),
        weight,
        new NextHop(0, Mac("02:00:00:00:01:01"), DirectorMac, 1500));

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new FormatException(text);
}
