using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>Flows that the network card gives to another worker than before.</summary>
public sealed class MovedFlowsTests : IDisposable
{
    private readonly ConnectionPeers _peers = new();
    private readonly ConnectionTable _first = new(64, 1);
    private readonly ConnectionTable _second = new(64, 2);
    private readonly Forwarder _before;
    private readonly Forwarder _after;
    private readonly ForwardingTable _table;
    private MonoTime _now = MonoTime.Zero + TimeSpan.FromDays(1);

    public MovedFlowsTests()
    {
        _peers.Add(_first);
        _peers.Add(_second);
        var persistence = new PersistenceTable(16, 1);
        _before = new(0, _first, persistence, null, _peers);
        _after = new(1, _second, persistence, null, _peers);
        var services = new[] { IpProtocol.Tcp, IpProtocol.Udp }.Select(protocol =>
            new VirtualServiceSpec(Engine.Key(protocol, Engine.Port), "rr", null, 32, [Engine.Server(1), Engine.Server(2)]));
        _table = ForwardingTable.Build([.. services], ForwardingTable.Empty(2), _now);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void A_tcp_connection_goes_on_with_its_server_and_is_tracked_where_it_began()
    {
        var server = Send(_before, Tcp(TcpFlags.Syn)).Destination;
        Send(_before, Tcp(TcpFlags.Ack));
        for (var i = 0; i < 3; i++)
        {
            Pass(800);
            Assert.Equal((Verdict.Forward, server), Send(_after, Tcp(TcpFlags.Ack)));
        }

        Assert.Equal((1, 0), (_first.Count, _second.Count));
        Assert.Equal(ConnectionState.Established, State());
        Send(_after, Tcp(TcpFlags.Fin | TcpFlags.Ack));
        _before.Expire(_table, _now);
        Assert.Equal(ConnectionState.FinWait, State());
        Pass(121);
        Assert.Equal(0, _first.Count);
        Assert.Equal(Verdict.ToHost, Send(_after, Tcp(TcpFlags.Ack)).Verdict);
    }

    [Fact]
    public void A_syn_on_one_that_has_ended_elsewhere_begins_anew()
    {
        _peers.NoteMoved(_now);
        foreach (var flags in new[] { TcpFlags.Syn, TcpFlags.Ack, TcpFlags.Rst }) Send(_before, Tcp(flags));
        Assert.Equal(ConnectionState.Close, State());
        Assert.Equal(Verdict.Forward, Send(_after, Tcp(TcpFlags.Syn)).Verdict);
        Assert.Equal(1, _second.Count);
    }

    [Fact]
    public void A_datagram_is_looked_for_elsewhere_while_flows_that_moved_go_on()
    {
        var server = Send(_before, Udp()).Destination;
        Assert.NotEqual(server, Send(_after, Udp()).Destination);
        Pass(301);
        Assert.Equal((0, 0), (_first.Count, _second.Count));

        server = Send(_before, Udp()).Destination;
        _peers.NoteMoved(_now);
        for (var i = 0; i < 10; i++)
        {
            Pass(290);
            Assert.Equal((Verdict.Forward, server), Send(_after, Udp()));
        }

        Assert.Equal((1, 0), (_first.Count, _second.Count));
        Pass(901);
        Assert.Equal(0, _first.Count);
        Assert.False(_peers.MayHave(Ticks.At(_now)));
    }

    [Fact]
    public void Notes_that_find_no_room_are_counted_and_the_packets_forwarded()
    {
        Send(_before, Tcp(TcpFlags.Syn));
        for (var i = 0; i < 1500; i++) Assert.Equal(Verdict.Forward, Send(_after, Tcp(TcpFlags.Ack)).Verdict);
        Assert.Equal(1500 - 1024, _after.Counters[WorkerCounter.NotesLost]);
    }

    private static byte[] Tcp(TcpFlags flags) => Frames.Tcp(Engine.Client, 1000, Engine.Vip, Engine.Port, flags);

    private static byte[] Udp() => Frames.Udp(Engine.Client, 1000, Engine.Vip, Engine.Port);

    private ConnectionState State()
    {
        var key = new ConnectionKey(Ip(Engine.Client), _table.FindAddress(IpProtocol.Tcp, Ip(Engine.Vip)), 1000, Engine.Port);
        return _first[_first.Find(key, _first.HashOf(key))].State;
    }

    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _now += TimeSpan.FromSeconds(1);
            _before.Expire(_table, _now);
            _after.Expire(_table, _now);
        }
    }

    private (Verdict Verdict, MacAddress Destination) Send(Forwarder forwarder, byte[] frame)
    {
        using var port = new MemoryFramePort(1);
        var batch = new FrameBatch(1);
        Assert.True(port.TryPut(frame));
        port.Receive(batch);
        forwarder.Process(batch, _table, _now);
        var sent = (batch[0].Verdict, MacAddress.Read(batch.Frame(0)));
        port.Commit(batch);
        return sent;
    }
}
