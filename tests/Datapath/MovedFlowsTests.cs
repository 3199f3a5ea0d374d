using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>Flows that the network card gives to another worker than before.</summary>
public sealed class MovedFlowsTests : IDisposable
{
    private readonly TwoWorkers _workers = new(new[] { IpProtocol.Tcp, IpProtocol.Udp }.Select(protocol =>
        new VirtualServiceSpec(Engine.Key(protocol, Engine.Port), "rr", null, 32, [Engine.Server(1), Engine.Server(2)])));

    public void Dispose() => _workers.Dispose();

    [Fact]
    public void A_tcp_connection_goes_on_with_its_server_and_is_tracked_where_it_began()
    {
        var server = Send(_workers.One, Tcp(TcpFlags.Syn)).Egress;
        Send(_workers.One, Tcp(TcpFlags.Ack));
        for (var i = 0; i < 3; i++)
        {
            _workers.Pass(800);
            Assert.Equal((Verdict.Forward, server), Send(_workers.Other, Tcp(TcpFlags.Ack)));
        }

        Assert.Equal((1, 0), (_workers.First.Count, _workers.Second.Count));
        Assert.Equal(ConnectionState.Established, _workers.StateOf(1000));
        Send(_workers.Other, Tcp(TcpFlags.Fin | TcpFlags.Ack));
        _workers.One.Expire(_workers.Table, _workers.Now);
        Assert.Equal(ConnectionState.FinWait, _workers.StateOf(1000));
        _workers.Pass(121);
        Assert.Equal(0, _workers.First.Count);
        Assert.Equal(Verdict.ToHost, Send(_workers.Other, Tcp(TcpFlags.Ack)).Verdict);
    }

    [Fact]
    public void A_syn_on_one_that_has_ended_elsewhere_begins_anew()
    {
        _workers.Peers.NoteMoved(_workers.Now);
        foreach (var flags in new[] { TcpFlags.Syn, TcpFlags.Ack, TcpFlags.Rst }) Send(_workers.One, Tcp(flags));
        Assert.Equal(ConnectionState.Close, _workers.StateOf(1000));
        Assert.Equal(Verdict.Forward, Send(_workers.Other, Tcp(TcpFlags.Syn)).Verdict);
        Assert.Equal(1, _workers.Second.Count);
    }

    [Fact]
    public void A_datagram_is_looked_for_elsewhere_while_flows_that_moved_go_on()
    {
        var server = Send(_workers.One, Udp()).Egress;
        Assert.NotEqual(server, Send(_workers.Other, Udp()).Egress);
        _workers.Pass(301);
        Assert.Equal((0, 0), (_workers.First.Count, _workers.Second.Count));

        server = Send(_workers.One, Udp()).Egress;
        _workers.Peers.NoteMoved(_workers.Now);
        for (var i = 0; i < 10; i++)
        {
            _workers.Pass(290);
            Assert.Equal((Verdict.Forward, server), Send(_workers.Other, Udp()));
        }

        Assert.Equal((1, 0), (_workers.First.Count, _workers.Second.Count));
        _workers.Pass(901);
        Assert.Equal(0, _workers.First.Count);
        Assert.False(_workers.Peers.MayHave(Ticks.At(_workers.Now)));
    }

    [Fact]
    public void Notes_that_find_no_room_are_counted_and_the_packets_forwarded()
    {
        Send(_workers.One, Tcp(TcpFlags.Syn));
        for (var i = 0; i < 1500; i++) Assert.Equal(Verdict.Forward, Send(_workers.Other, Tcp(TcpFlags.Ack)).Verdict);
        Assert.Equal(1500 - 1024, _workers.Other.Counters[WorkerCounter.NotesLost]);
    }

    private static byte[] Tcp(TcpFlags flags) => Frames.Tcp(Engine.Client, 1000, Engine.Vip, Engine.Port, flags);

    private static byte[] Udp() => Frames.Udp(Engine.Client, 1000, Engine.Vip, Engine.Port);

    private (Verdict Verdict, ushort Egress) Send(Forwarder forwarder, byte[] frame)
    {
        var sent = _workers.Send(forwarder, frame);
        return (sent.Verdict, sent.Egress);
    }
}
