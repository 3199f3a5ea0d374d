using System.Diagnostics;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Linux.Xdp;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Soak;

/// <summary>
/// Clients of both VIPs, from addresses that nobody answers to: TCP in every order, UDP, and frames that no host would take. Each frame
/// ends in a stamp: whose it is, and a number of its own. One thread sends, at a steady pace.
/// </summary>
internal sealed class MixedTraffic(Wire wire, MacAddress client, MacAddress director, int seed)
{
    /// <summary>Frames sent per second.</summary>
    public const int Pace = 10_000;

    /// <summary>The clients' IPv6 addresses.</summary>
    public const string NetworkV6 = "2001:2::/48";

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
        var service = MixedService.All[_random.Next(MixedService.All.Count)];
        var (network, host) = (_random.Next(Clients) / 250, _random.Next(1, 250));
        var address = _random.Next(200) == 0 ? service.Vip : service.IsV4 ? $"198.18.{network}.{host}" : $"2001:2:0:{network}::{host}";
        var port = (ushort)_random.Next(1024, 1056);
        var payload = MixedPacket.StampSize + _random.Next(64);
        var ttl = (byte)(_random.Next(100) == 0 ? 1 : 64);
        var flags = Kinds[_random.Next(Kinds.Length)];
        var frame = (service.IsV4, service.Protocol) switch
        {
            (true, IpProtocol.Tcp) => Tcp(address, port, service.Vip, service.Port, flags, payload, ttl),
            (true, _) => Udp(address, port, service.Vip, service.Port, payload, ttl),
            (false, IpProtocol.Tcp) => TcpV6(address, port, service.Vip, service.Port, flags, payload, ttl),
            (false, _) => UdpV6(address, port, service.Vip, service.Port, payload, ttl),
        };
        EthernetHeader.Write(frame, director, client, service.IsV4 ? EtherType.Ipv4 : EtherType.Ipv6);
        Assert.True(MixedPacket.TryRead(frame, out var packet));
        packet.Stamp(MixedPacket.FlowOf(packet.Source, port, service.Port), _sent);
        wire.Send(frame);
        Volatile.Write(ref _sent, _sent + 1);
    }
}
