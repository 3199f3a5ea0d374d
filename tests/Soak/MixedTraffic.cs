using System.Buffers.Binary;
using System.Diagnostics;
using Director.Lab.Topology;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Linux.Xdp;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Soak;

/// <summary>
/// Clients of both VIPs, from addresses that nobody answers to: TCP in every order, UDP, and frames that no host would take. Each frame
/// that a server may get ends in a number of its own. One thread sends, at a steady pace.
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

    /// <summary>Whether a frame came from these clients: 198.18.0.0/15 and 2001:2::/48, the ranges of RFC 2544 and RFC 5180.</summary>
    public static bool IsSource(IpAddress128 source) =>
        source.IsV4 ? source.V4 >> 17 == 0xc612_0000 >> 17 : source.Upper >> 16 == 0x2001_0002_0000;

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
        var isV4 = _random.Next(3) != 0;
        var vip = isV4 ? LabPlan.Vip : LabPlan.VipV6;
        var (network, host) = (_random.Next(Clients) / 250, _random.Next(1, 250));
        var address = _random.Next(200) == 0 ? vip : isV4 ? $"198.18.{network}.{host}" : $"2001:2:0:{network}::{host}";
        var port = (ushort)_random.Next(1024, 1056);
        var payload = NumberSize + _random.Next(64);
        var ttl = (byte)(_random.Next(100) == 0 ? 1 : 64);
        var isTcp = _random.Next(3) != 0;
        var flags = Kinds[_random.Next(Kinds.Length)];
        var frame = (isV4, isTcp) switch
        {
            (true, true) => Tcp(address, port, vip, LabPlan.Port, flags, payload, ttl),
            (true, false) => Udp(address, port, vip, 53, payload, ttl),
            (false, true) => TcpV6(address, port, vip, LabPlan.Port, flags, payload, ttl),
            (false, false) => UdpV6(address, port, vip, 53, payload, ttl),
        };
        EthernetHeader.Write(frame, director, client, isV4 ? EtherType.Ipv4 : EtherType.Ipv6);
        Number(frame, isV4 ? Ipv4Header.MinSize : Ipv6Header.Size, isTcp ? 16 : 6);
        wire.Send(frame);
        Volatile.Write(ref _sent, _sent + 1);
    }

    private void Number(Span<byte> frame, int headerSize, int checksumAt)
    {
        BinaryPrimitives.WriteInt64BigEndian(frame[^NumberSize..], _sent);
        var ip = frame[EthernetHeader.Size..];
        var segment = ip[headerSize..];
        BinaryPrimitives.WriteUInt16BigEndian(segment[checksumAt..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(segment[checksumAt..], ServerTap.TransportChecksum(ip));
    }
}
