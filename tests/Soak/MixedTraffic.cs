using System.Buffers.Binary;
using System.Diagnostics;
using Director.Lab.Topology;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Linux.Xdp;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Soak;

/// <summary>
/// Clients of a VIP, from addresses that nobody answers to: TCP in every order, UDP, and frames that no host would take. Each frame that
/// a server may get ends in a number of its own. One thread sends, at a steady pace.
/// </summary>
internal sealed class MixedTraffic(Wire wire, MacAddress client, MacAddress director, int seed)
{
    /// <summary>Frames sent per second.</summary>
    public const int Pace = 10_000;

    /// <summary>Bytes at the end of a frame that hold its number.</summary>
    public const int NumberSize = sizeof(long);

    private const int Burst = 50;
    private const int Clients = 2000;

    private static readonly TcpFlags[] Kinds =
        [TcpFlags.Syn, TcpFlags.Syn, TcpFlags.Ack, TcpFlags.Ack | TcpFlags.Psh, TcpFlags.Ack, TcpFlags.Fin | TcpFlags.Ack, TcpFlags.Rst];

    private readonly Random _random = new(seed);
    private long _sent;

    /// <summary>Frames sent so far; their numbers are below it. Any thread.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Whether a frame came from these clients: 198.18.0.0/15, the range of RFC 2544.</summary>
    public static bool IsSource(IpAddress128 source) => source.IsV4 && source.V4 >> 17 == 0xc612_0000 >> 17;

    /// <summary>Sends for as long as that, and for whole bursts.</summary>
    public void Run(TimeSpan span)
    {
        var time = Stopwatch.StartNew();
        for (long due = 0; time.Elapsed < span; due += Burst)
        {
            for (var i = 0; i < Burst; i++) Send();
            var early = TimeSpan.FromSeconds((double)(due + Burst) / Pace) - time.Elapsed;
            if (early > TimeSpan.Zero) Thread.Sleep(early);
        }
    }

    private void Send()
    {
        // Now and then from the VIP itself, which no host takes. (A wrong header would not come so far: bridges drop it on some machines.)
        var address = _random.Next(200) == 0 ? LabPlan.Vip : $"198.18.{_random.Next(Clients) / 250}.{_random.Next(1, 250)}";
        var port = (ushort)_random.Next(1024, 1056);
        var payload = NumberSize + _random.Next(64);
        var ttl = (byte)(_random.Next(100) == 0 ? 1 : 64);
        var isTcp = _random.Next(3) != 0;
        var frame = isTcp
            ? Tcp(address, port, LabPlan.Vip, LabPlan.Port, Kinds[_random.Next(Kinds.Length)], payload, ttl)
            : Udp(address, port, LabPlan.Vip, 53, payload, ttl);
        EthernetHeader.Write(frame, director, client, EtherType.Ipv4);
        Number(frame, isTcp ? 16 : 6);
        wire.Send(frame);
        Volatile.Write(ref _sent, _sent + 1);
    }

    private void Number(Span<byte> frame, int checksumAt)
    {
        BinaryPrimitives.WriteInt64BigEndian(frame[^NumberSize..], _sent);
        var ip = frame[EthernetHeader.Size..];
        var segment = ip[Ipv4Header.MinSize..];
        BinaryPrimitives.WriteUInt16BigEndian(segment[checksumAt..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(segment[checksumAt..], ServerTap.TransportChecksum(ip));
    }
}
