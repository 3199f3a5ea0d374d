using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>The ICMP errors that we owe, byte for byte.</summary>
public sealed class IcmpErrorTests
{
    [Fact]
    public void A_syn_that_no_server_may_take_is_answered_port_unreachable_from_the_vip()
    {
        using var engine = new Engine().With(Engine.Service("wlc"));
        var frame = Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, tos: 0x2f);
        var sent = engine.Send(frame);

        Assert.Equal(Verdict.Reply, sent.Verdict);
        var expected = Convert.FromHexString(
            "020000000001" + "0200000000d1" + "0800" +          // back where it came from
            "45ce0044" + "00000000" + "4001" + "0000" + "0a000064" + "0a000002" +
            "0303" + "0000" + "00000000");
        Assert.Equal(Checked([.. expected, .. frame[14..]]), sent.Frame);
        Assert.Equal((1, 0, 0), (engine.Count(WorkerCounter.Replies), engine.Connections.Count, engine.Forwarder.Counters.Dropped));
    }

    [Fact]
    public void A_packet_with_no_hop_left_is_answered_after_it_was_counted()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        var frame = Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, ttl: 1);
        var sent = engine.Send(frame);

        Assert.Equal(Verdict.Reply, sent.Verdict);
        var expected = Convert.FromHexString(
            "020000000001" + "0200000000d1" + "0800" +
            "45c00044" + "00000000" + "4001" + "0000" + "0a000064" + "0a000002" +
            "0b00" + "0000" + "00000000");
        Assert.Equal(Checked([.. expected, .. frame[14..]]), sent.Frame);
        Assert.Equal((1, 1, 1L), (engine.Connections.Count, engine.State(1).ActiveConnections, engine.State(1).ReadTraffic().InPackets));
        Assert.Equal(Verdict.Reply, engine.Send(Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Ack, ttl: 0)).Verdict);
    }

    [Fact]
    public void A_packet_too_long_for_the_link_learns_its_mtu_and_is_quoted_one_hop_on()
    {
        using var engine = new Engine().With(Engine.Service("wlc", Engine.Server(1, mtu: 1000)));
        var frame = Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, payload: 961);
        var sent = engine.Send(frame);

        Assert.Equal(Verdict.Reply, sent.Verdict);
        Assert.Equal(14 + 576, sent.Frame.Length);
        frame[14 + 8] = 63;
        FixHeaderChecksum(frame);
        var expected = Convert.FromHexString(
            "020000000001" + "0200000000d1" + "0800" +
            "45c00240" + "00000000" + "4001" + "0000" + "0a000064" + "0a000002" +
            "0304" + "0000" + "000003e8");
        Assert.Equal(Checked([.. expected, .. frame[14..(14 + 548)]]), sent.Frame);
        Assert.Equal(Verdict.Forward, engine.Send(Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Ack, payload: 960)).Verdict);
        var mayBeCut = Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Ack, payload: 961, dontFragment: false);
        Assert.Equal(Verdict.Drop, engine.Send(mayBeCut).Verdict);
        Assert.Equal(1, engine.Count(DropReason.TooBig));
    }

    [Fact]
    public void A_client_gets_six_errors_at_once_then_one_a_second()
    {
        using var engine = new Engine().With(Engine.Service("wlc"));
        Assert.Equal(6, Answered(20));
        Assert.Equal(14, engine.Count(DropReason.NoDestination));
        engine.Pass(1);
        Assert.Equal(1, Answered(5));
        engine.Pass(2.5);
        Assert.Equal(2, Answered(5));
        engine.Pass(60);
        Assert.Equal(6, Answered(10));

        int Answered(int syns) => Enumerable.Range(0, syns).Count(_ => engine.Send(TcpFlags.Syn).Verdict == Verdict.Reply);
    }

    [Fact]
    public void All_clients_together_get_fifty_errors_at_once_then_a_thousand_a_second()
    {
        using var engine = new Engine().With(Engine.Service("wlc"));
        engine.Pass(1);
        Assert.Equal(50, Answered(1));
        engine.Pass(0.02);
        Assert.Equal(20, Answered(2));
        engine.Pass(10);
        Assert.Equal(50, Answered(3));

        int Answered(int network) => Enumerable.Range(0, 200).Count(host =>
            engine.Send(TcpFlags.Syn, 1000, $"10.{network}.0.{host}").Verdict == Verdict.Reply);
    }

    [Fact]
    public void Clients_beyond_the_memory_of_the_limit_are_still_answered()
    {
        using var engine = new Engine().With(Engine.Service("wlc"));
        for (var i = 0; i < 20_000; i++)
        {
            if (i % 10 == 0) engine.Pass(0.02);
            Assert.Equal(Verdict.Reply, engine.Send(TcpFlags.Syn, 1000, $"10.3.{i >> 8}.{i & 255}").Verdict);
        }
    }

    private static byte[] Checked(byte[] frame)
    {
        FixHeaderChecksum(frame);
        var icmp = frame.AsSpan(34);
        (icmp[2], icmp[3]) = (0, 0);
        var sum = Checksum.Compute(icmp);
        (icmp[2], icmp[3]) = ((byte)(sum >> 8), (byte)sum);
        return frame;
    }
}
