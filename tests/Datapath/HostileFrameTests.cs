using System.Runtime.InteropServices;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Tables;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>Truncated, malformed and random frames: never an exception, and every frame accounted for.</summary>
public sealed class HostileFrameTests
{
    [Fact]
    public void Every_fixture_cut_anywhere_is_decided_and_counted()
    {
        using var engine = HostileFrames.Served();
        var sent = 0;
        foreach (var fixture in HostileFrames.Fixtures)
        {
            for (var length = 0; length <= fixture.Length; length++, sent++)
            {
                var verdict = engine.Send(fixture[..length]).Verdict;
                Assert.True(length == fixture.Length || verdict == Verdict.Drop, $"{length} bytes of {fixture.Length}: {verdict}");
                Assert.NotEqual(Verdict.None, verdict);
            }
        }

        HostileFrames.AssertAllCounted(engine, sent);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Spoilt_frames_are_decided_and_counted(int seed) => HostileFrames.Play(seed);

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void What_is_read_as_a_plain_frame_is_read_the_same_in_general(int seed)
    {
        using var engine = HostileFrames.Served();
        var random = new Random(seed);
        var plain = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var frame = HostileFrames.Spoil(random);
            if (!TryReadPlain(frame, engine.Table, out var quickly)) continue;
            plain++;
            var inGeneral = default(Packet);
            Assert.Equal(Verdict.None, FrameParser.Read(frame, engine.Table, ref inGeneral, out _));
            Assert.False(inGeneral.IsPlain);
            Assert.Equal(inGeneral with { IsPlain = true }, quickly);
        }

        Assert.InRange(plain, 1000, 99_000);
    }

    [Fact]
    public void What_nothing_is_special_about_is_a_plain_frame()
    {
        using var engine = HostileFrames.Served();
        Assert.True(TryReadPlain(Frames.Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Ack, payload: 7), engine.Table, out _));
        Assert.False(TryReadPlain(Frames.Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Ack, options: 8), engine.Table, out _));
        Assert.True(TryReadPlain(Frames.Udp(Engine.Client, 1000, Engine.Vip, 53, payload: 0), engine.Table, out _));
    }

    private static bool TryReadPlain(byte[] frame, ForwardingTable table, out Packet packet)
    {
        packet = default;
        var pinned = GCHandle.Alloc(frame, GCHandleType.Pinned);
        try
        {
            return FrameParser.TryReadPlain(pinned.AddrOfPinnedObject(), frame.Length, table, ref packet);
        }
        finally
        {
            pinned.Free();
        }
    }
}
