using System.Buffers.Binary;
using Director.Datapath;
using Director.Datapath.Stats;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>Frames that are spoilt at random, thrown at a worker with small tables.</summary>
internal static class HostileFrames
{
    /// <summary>What clients and masqueraded servers may send, before it is spoilt.</summary>
    public static IReadOnlyList<byte[]> Fixtures { get; } =
    [
        Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, payload: 7),
        Tcp(Engine.Client, 1001, Engine.Vip, 80, TcpFlags.Syn, options: 40),
        Tcp(Engine.Client, 1002, Engine.Vip, 80, TcpFlags.Syn, ttl: 1),
        Tcp(Engine.Client, 1003, Engine.Vip, 81, TcpFlags.Syn),
        Tcp(Engine.Client, 1004, Engine.Vip, 443, TcpFlags.Syn),
        Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Ack, payload: 1400),
        Udp(Engine.Client, 1000, Engine.Vip, 53, payload: 100),
        Ipv4(Engine.Client, Engine.Vip, IpProtocol.Icmp, new byte[64]),
        TcpV6("2001:db8:1::2", 1000, VipV6, 80, TcpFlags.Syn),
        TcpV6("2001:db8:1::2", 1000, VipV6, 80, TcpFlags.Ack, payload: 1400),
        TcpV6("2001:db8:1::2", 1001, VipV6, 80, TcpFlags.Syn, extensions: [6, 0, 1, 4, 0, 0, 0, 0], firstHeader: 0),
        Ipv6("2001:db8:1::2", VipV6, (byte)IpProtocol.IcmpV6,
            [1, .. new byte[7], .. TcpV6(VipV6, 80, "2001:db8:1::2", 1000, TcpFlags.Ack)[14..]]),
        Tcp(Engine.Client, 1000, Engine.Vip, Masqueraded, TcpFlags.Syn),
        Tcp(Server, ServerPort, Engine.Client, 1000, TcpFlags.Syn | TcpFlags.Ack, payload: 7),
        Udp(Engine.Client, 1000, Engine.Vip, Masqueraded, payload: 9),
        Udp(Server, ServerPort, Engine.Client, 1000, payload: 9),
        Icmp(Engine.Vip, Tcp(Engine.Vip, Masqueraded, Engine.Client, 1000, TcpFlags.Ack)),
        Icmp(Engine.Client, Tcp(Engine.Client, 1000, Server, ServerPort, TcpFlags.Ack)),
        TcpV6("2001:db8:1::2", 1000, VipV6, Masqueraded, TcpFlags.Syn),
        TcpV6(ServerV6, ServerPort, "2001:db8:1::2", 1000, TcpFlags.Ack, payload: 5),
        Ipv6("2001:db8::9", "2001:db8:1::2", (byte)IpProtocol.IcmpV6,
            [1, .. new byte[7], .. TcpV6("2001:db8:1::2", 1000, ServerV6, ServerPort, TcpFlags.Ack)[14..]]),
    ];

    private const string VipV6 = "2001:db8::100";
    private const ushort Masqueraded = 8000;
    private const ushort ServerPort = 8080;
    private const string Server = "10.0.0.5";
    private const string ServerV6 = "2001:db8::5";

    /// <summary>
    /// Sends spoilt frames and lets time pass between them; fails if one is not accounted for, or leaves something behind for ever.
    /// </summary>
    public static void Play(int seed, int rounds = 300)
    {
        using var engine = Served();
        var random = new Random(seed);
        const int batch = 200;
        for (var round = 0; round < rounds; round++)
        {
            engine.Send([.. Enumerable.Range(0, batch).Select(_ => Spoil(random))]);
            engine.Pass(random.NextDouble());
        }

        AssertAllCounted(engine, rounds * batch);
        WorkerCounter[] met = [WorkerCounter.Forwarded, WorkerCounter.ToHost, WorkerCounter.Answers, WorkerCounter.IcmpFollowed];
        Assert.All(met, counter => Assert.True(engine.Count(counter) > 0, $"seed {seed}: {counter}"));
        engine.Pass(2000);
        Assert.Equal((0, 0), (engine.Connections.Count, engine.Persistence.Count));
        Assert.All(engine.Table.Servers, server =>
            Assert.Equal((0, 0, 0), (server.ActiveConnections, server.TotalConnections, server.PersistentConnections)));
    }

    /// <summary>Services with and without servers, persistence, room and next hops, on tables that fill.</summary>
    public static Engine Served()
    {
        var sticky = Engine.Weighted("wlc", 1, 2) with { PersistenceTimeout = TimeSpan.FromSeconds(50) };
        var empty = new VirtualServiceSpec(Engine.Key(IpProtocol.Tcp, 81), "rr", null, 32, []);
        var tight = new VirtualServiceSpec(
            Engine.Key(IpProtocol.Udp, 53), "wrr", null, 32, [Engine.Server(3, mtu: 100), Engine.Server(4, resolved: false)]);
        var six = new VirtualServiceSpec(Engine.Key(IpProtocol.Tcp, 80, VipV6), "wlc", null, 128, [Engine.ServerV6(5)]);
        return new Engine(capacity: 64, templates: 32).With(sticky, empty, tight, six,
            Nat(IpProtocol.Tcp, Engine.Vip, Server), Nat(IpProtocol.Udp, Engine.Vip, Server), Nat(IpProtocol.Tcp, VipV6, ServerV6));
    }

    /// <summary>Each frame had one verdict, and each drop a reason.</summary>
    public static void AssertAllCounted(Engine engine, int sent)
    {
        Assert.Equal(sent, engine.Count(WorkerCounter.Received));
        Assert.Equal(sent, engine.Count(WorkerCounter.Forwarded) + engine.Count(WorkerCounter.ToHost)
            + engine.Count(WorkerCounter.Replies) + engine.Forwarder.Counters.Dropped);
        Assert.True(engine.Connections.Count <= engine.Connections.Capacity);
    }

    /// <summary>A fixture with some bytes changed, its header checksum mostly right, now and then cut; or noise.</summary>
    public static byte[] Spoil(Random random)
    {
        if (random.Next(20) == 0)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            return noise;
        }

        var frame = Fixtures[random.Next(Fixtures.Count)].ToArray();
        frame[14 + 12 + 3] = (byte)random.Next(8);
        for (var hits = random.Next(4); hits > 0; hits--) frame[random.Next(Math.Min(frame.Length, 60))] = (byte)random.Next(256);
        if (random.Next(4) != 0 && (frame[14] & 0xf) * 4 is >= 12 and var header && 14 + header <= frame.Length) FixHeaderChecksum(frame);
        return random.Next(5) == 0 ? frame[..random.Next(frame.Length)] : frame;
    }

    private static byte[] Icmp(string destination, byte[] about)
    {
        byte[] message = [11, 0, 0, 0, 0, 0, 0, 0, .. about[14..]];
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), Checksum.Compute(message));
        return Ipv4("10.0.0.9", destination, IpProtocol.Icmp, message);
    }

    private static VirtualServiceSpec Nat(IpProtocol protocol, string vip, string server) => new(
        Engine.Key(protocol, Masqueraded, vip), "rr", null, Ip(vip).IsV4 ? 32 : 128,
        [
            new(new(Ip(server), ServerPort), 1, new NextHop(6, Engine.MacOf(6), DirectorMac, 1500) { Address = Ip(vip) })
            {
                Method = ForwardingMethod.Masquerading,
            },
        ]);
}
