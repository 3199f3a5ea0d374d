using Director.Datapath;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tracking;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath.Offload;

/// <summary>
/// Random histories of packets, waits and whatever an operator changes, played with offload and without: every packet has the same fate and
/// the same bytes, and nothing that is shown differs but for what is offloaded.
/// </summary>
public sealed class OffloadPropertyTests
{
    private const string Vip6 = "2001:db8::100";
    private const int Steps = 4000;

    /// <summary>What is shown of a timer may be later by what the program's clock is late, and the rounding of both.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(200);

    private static readonly TcpFlags[] Segments =
    [
        TcpFlags.Syn, TcpFlags.Syn, TcpFlags.Syn, TcpFlags.Fin | TcpFlags.Ack, TcpFlags.Rst, TcpFlags.Syn | TcpFlags.Ack, TcpFlags.None,
        TcpFlags.Psh | TcpFlags.Ack, .. Enumerable.Repeat(TcpFlags.Ack, 24),
    ];

    public static TheoryData<int, int, bool, int> Histories
    {
        get
        {
            var data = new TheoryData<int, int, bool, int>();
            for (var seed = 1; seed <= 4; seed++)
                foreach (var workers in (int[])[1, 2])
                    foreach (var openAfter in (int[])[0, 3])
                        foreach (var expiresOrphans in (bool[])[false, true]) data.Add(workers, openAfter, expiresOrphans, seed);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public void Nothing_but_the_way_of_a_packet_differs(int workers, int openAfter, bool expiresOrphans, int seed)
    {
        var random = new Random(seed);
        var settings = IpvsSettings.Default with { ExpireNodestConn = expiresOrphans };

        // Fewer slots than flows: some find no room.
        using var offload = new OffloadModel(4, openAfter);
        using var with = new Fleet(workers, settings, offload);
        using var without = new Fleet(workers, settings, null);
        var (spread, sinceMoved, at) = (0, 0, "");
        Publish();
        for (var step = 0; step < Steps; step++)
        {
            at = $"seed {seed}, step {step}";
            switch (random.Next(300))
            {
                case 0: Publish(); break;
                case 1 or 2: offload.Flows.CloseAll(); break;
                case 3: offload.Grace.IsHeld = true; break;
                case 4 or 5: LetGo(); break;
                case 6 or 7: Pass(random.Next(400)); break;
                case 8: Pass(random.Next(1000)); break;
                case < 40: Pass(1); break;
            }

            if (sinceMoved > 1000 && random.Next(100) == 0) Move();
            var (flow, frame) = Frame(random);
            var worker = (flow + spread) % workers;
            var (expected, actual) = (without.Send(worker, frame), with.Send(worker, frame));
            Assert.True((expected.Verdict, Egress(expected)) == (actual.Verdict, Egress(actual)),
                $"{at}: {actual.Verdict} to {actual.Egress}, without {expected.Verdict} to {expected.Egress}");
            Assert.True(expected.Frame.AsSpan().SequenceEqual(actual.Frame), $"{at}: {Convert.ToHexString(actual.Frame)}");
        }

        Assert.True(with.Count(WorkerCounter.Offloaded) > Steps / 100, $"{with.Count(WorkerCounter.Offloaded)} packets were offloaded");
        Assert.True(with.Count(WorkerCounter.FlowsRefused) > 0 || openAfter > 0);
        LetGo();
        Pass(3000);
        Assert.Equal(0, with.Flows);
        Assert.Equal(offload.Stage.Sent, with.Count(WorkerCounter.Offloaded));

        void LetGo()
        {
            offload.Grace.IsHeld = false;
            offload.Grace.Pass();
        }

        void Move()
        {
            (sinceMoved, spread) = (0, spread + 1);
            with.Move();
            without.Move();
        }

        void Publish()
        {
            var services = Services(random);
            LinkSpec[] links = [.. Engine.Links.Select((link, number) => number == 7 ? link with { Mtu = 1500 - random.Next(2) } : link)];
            IpAddress128[] own = random.Next(10) == 0 ? [Ip("10.0.0.1"), Ip("10.0.0.7")] : [Ip("10.0.0.1")];
            var timeouts = random.Next(5) == 0 ? new ConnectionTimeouts(TimeSpan.FromSeconds(200)) : ConnectionTimeouts.Default;
            var blind = random.Next(4) - 2;
            with.Publish(services, links, own, timeouts, blind);
            without.Publish(services, links, own, timeouts, blind);
        }

        void Pass(int seconds)
        {
            sinceMoved += seconds;
            with.Pass(seconds);
            without.Pass(seconds);
            var differences = with.Shown().Except(without.Shown()).ToList();
            Assert.True(differences.Count == 0, $"{at}: {string.Join('\n', differences)}");
            var (shown, expected) = (with.Connections(), without.Connections());
            Assert.Equal(expected.Select(Timeless), shown.Select(Timeless));
            Assert.All(shown.Zip(expected), pair => Assert.InRange(pair.First.Expires - pair.Second.Expires, TimeSpan.Zero, Late));
        }
    }

    private static ConnectionEntry Timeless(ConnectionEntry entry) => entry with { Expires = default, IsOffloaded = false };

    private static int Egress(Sent sent) => sent.Verdict == Verdict.Forward ? sent.Egress : -1;

    private static List<VirtualServiceSpec> Services(Random random)
    {
        var services = new List<VirtualServiceSpec>
        {
            new(Engine.Key(IpProtocol.Tcp, 80), "wlc", null, 32, Servers(random, "10.0.0.1")),
            new(Engine.Key(IpProtocol.Tcp, 443), "rr", TimeSpan.FromSeconds(50), 32, Servers(random, "10.0.0.1")),
            new(Engine.Key(IpProtocol.Udp, 53), "rr", null, 32, Servers(random, "10.0.0.1")),
            new(Engine.Key(IpProtocol.Tcp, 80, Vip6), "wlc", null, 128, Servers(random, "2001:db8::1")),
            new(Engine.Key(IpProtocol.Udp, 53, Vip6), "rr", null, 128, Servers(random, "2001:db8::1")),
        };
        return random.Next(20) switch
        {
            0 => [],
            1 => [.. services.Where(service => service.Key.Virtual.Address.IsV4)],
            2 => [.. services.Where(service => !service.Key.Virtual.Address.IsV4)],
            _ => services,
        };
    }

    /// <summary>Most of five servers, a change here and there in the ways to them.</summary>
    private static List<RealServerSpec> Servers(Random random, string prefix)
    {
        var servers = new List<RealServerSpec>();
        for (var number = 1; number <= 5; number++)
        {
            if (random.Next(6) == 0) continue;
            var hop = new NextHop((ushort)(random.Next(8) == 0 ? 6 : number), Engine.MacOf(random.Next(8) == 0 ? 9 : number), DirectorMac,
                random.Next(8) == 0 ? 1300 : 1500) { Address = Ip(prefix[..^1] + "7"), Vlan = (ushort)(random.Next(12) == 0 ? 30 : 0) };
            servers.Add(new(new(Ip(prefix + number), 0), random.Next(4), random.Next(12) == 0 ? null : hop)
            {
                Method = random.Next(12) switch
                {
                    0 => ForwardingMethod.Tunnel,
                    1 => ForwardingMethod.Masquerading,
                    _ => ForwardingMethod.DirectRouting,
                },
                IsLocal = random.Next(20) == 0,
            });
        }

        return servers;
    }

    /// <summary>A packet of one of some flows, which the number names.</summary>
    private static (int Flow, byte[] Frame) Frame(Random random)
    {
        var (client, port) = (random.Next(2, 5), (ushort)random.Next(1000, 1003));
        var (isV6, isUdp, isHttps) = (random.Next(3) == 0, random.Next(4) == 0, random.Next(3) == 0);
        var (hops, payload) = ((byte)(random.Next(30) == 0 ? 1 : 64), random.Next(30) == 0 ? 1350 : random.Next(40));
        var flags = Segments[random.Next(Segments.Length)];
        var frame = (isV6, isUdp) switch
        {
            (false, false) => Tcp($"10.0.1.{client}", port, Engine.Vip, (ushort)(isHttps ? 443 : 80), flags, payload, hops,
                dontFragment: random.Next(2) == 0, options: random.Next(30) == 0 ? 4 : 0),
            (false, true) => Udp($"10.0.1.{client}", port, Engine.Vip, 53, payload, hops),
            (true, false) => TcpV6($"2001:db8:1::{client}", port, Vip6, 80, flags, payload, hops),
            _ => UdpV6($"2001:db8:1::{client}", port, Vip6, 53, payload, hops),
        };
        if (!isV6 && random.Next(60) == 0) frame[24] ^= 0x5a;
        if (!isV6 && random.Next(60) == 0)
        {
            frame[20] |= 0x20;
            FixHeaderChecksum(frame);
        }

        return ((client * 7) + port, frame);
    }
}
