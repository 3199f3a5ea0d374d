using Director.Bfd;
using Director.Bfd.Ports;
using Director.Net;
using Director.Tests.Bfd.Support;
using Director.Tests.Vrrp.Support;

namespace Director.Tests.Bfd;

public class BfdRunnerFuzzTests
{
    private static readonly IpAddress128 Hostile = IpAddress128.Parse("10.9.0.66");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_arrives_nothing_throws_and_each_packet_is_counted_once(int seed)
    {
        var random = new Random(seed);
        var clock = new ManualClock();
        var link = new RecordingLink();
        var runner = new BfdRunner(link, new RecordingBfdObserver(), clock, (ulong)seed);
        runner.Configure([SomeBfd.Settings()]);
        var session = runner.Sessions.Single();
        const int Packets = 40_000;
        for (var i = 0; i < Packets; i++)
        {
            link.Deliver(Packet(random, session.LocalDiscriminator), Origin(random));
            if (random.Next(20) != 0) continue;
            if (random.Next(5) == 0) clock.Advance(random.NextDouble());
            runner.Turn();
            link.Sent.Clear();
        }

        runner.Turn();
        var rejected = Enum.GetValues<BfdRejection>()
            .Sum(reason => session.Counters.Rejected(reason) + runner.Unclaimed.Rejected(reason));
        Assert.True(rejected + session.Counters.PacketsReceived == Packets, $"seed {seed}");
        foreach (var reason in Enum.GetValues<BfdRejection>().Except([BfdRejection.None, BfdRejection.AdminDown]))
            Assert.True(session.Counters.Rejected(reason) + runner.Unclaimed.Rejected(reason) > 0, $"seed {seed}: never {reason}");
        Assert.True(session.Counters is { WentUp: > 10, WentDown: > 10 }, $"seed {seed}: the session was never shaken");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Nobody_but_a_session_s_neighbour_can_disturb_it(int seed)
    {
        var random = new Random(seed);
        var clock = new ManualClock();
        var link = new RecordingLink();
        var observer = new RecordingBfdObserver();
        var runner = new BfdRunner(link, observer, clock, (ulong)seed);
        runner.Configure([SomeBfd.Settings("watched"), SomeBfd.Settings("hostile") with { Neighbor = Hostile }]);
        var watched = runner.Sessions[0];
        var alive = SomeBfd.Control(BfdState.Init, watched.LocalDiscriminator);
        for (var i = 0; i < 20_000; i++)
        {
            if (i % 20 == 0)
            {
                clock.Advance(0.05);
                link.Deliver(SomeBfd.Bytes(i == 0 ? alive : alive with { State = BfdState.Up }), SomeBfd.FromPeer);
            }

            link.Deliver(Packet(random, watched.LocalDiscriminator), SomeBfd.FromPeer with { Source = Hostile });
            // Nor can the neighbour's address be used from beyond a router.
            link.Deliver(Packet(random, watched.LocalDiscriminator), SomeBfd.FromPeer with { HopLimit = (byte)random.Next(255) });
            if (random.Next(10) == 0) runner.Turn();
        }

        runner.Turn();
        Assert.Equal(["watched Down None", "watched Up None"],
            observer.Log.Where(line => line.StartsWith("watched", StringComparison.Ordinal)
                && !line.Contains("rejected", StringComparison.Ordinal)));
        Assert.Equal(1000, watched.Counters.PacketsReceived);
    }

    private static PacketOrigin Origin(Random random) => random.Next(12) switch
    {
        0 => SomeBfd.FromPeer with { Source = Hostile },
        1 => SomeBfd.FromPeer with { IsMultihop = true },
        2 => SomeBfd.FromPeer with { HopLimit = (byte)random.Next(256) },
        _ => SomeBfd.FromPeer,
    };

    private static byte[] Packet(Random random, uint discriminator)
    {
        var valid = SomeBfd.Control((BfdState)random.Next(4), random.Next(8) == 0 ? (uint)random.Next(3) : discriminator) with
        {
            IsPoll = random.Next(3) == 0,
            IsFinal = random.Next(3) == 0,
            IsDemand = random.Next(6) == 0,
            Diagnostic = (BfdDiagnostic)random.Next(32),
            DesiredMinTxMicroseconds = random.Next(4) == 0 ? (uint)random.NextInt64(uint.MaxValue + 1L) : 10_000,
            RequiredMinRxMicroseconds = random.Next(4) == 0 ? (uint)random.NextInt64(uint.MaxValue + 1L) : 0,
            DetectMultiplier = (byte)random.Next(256),
            MyDiscriminator = (uint)random.Next(20),
        };
        var bytes = SomeBfd.Bytes(valid);
        switch (random.Next(6))
        {
            case 0:
                bytes = new byte[random.Next(0, 200)];
                random.NextBytes(bytes);
                return bytes;
            case 1: return bytes[..random.Next(bytes.Length)];
            case 2:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(random.Next(2) == 0 ? 4 : 256);
                return bytes;
            case 3:
                bytes[1] |= 0x04;
                bytes[3] = 28;
                return [.. bytes, 1, 4, 0, 0];
            default: return bytes;
        }
    }
}
