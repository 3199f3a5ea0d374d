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

/// <summary>Answers that the network card gives to another worker than the one that has the connection.</summary>
public sealed class NatAcrossWorkersTests : IDisposable
{
    private const string Server = "10.0.0.11";
    private const ushort ServerPort = 8080;

    private readonly ConnectionTable _first = new(64, 1);
    private readonly ConnectionTable _second = new(64, 2);
    private readonly Forwarder _requests;
    private readonly Forwarder _answers;
    private readonly ForwardingTable _table;
    private MonoTime _now = MonoTime.Zero + TimeSpan.FromDays(1);

    public NatAcrossWorkersTests()
    {
        var peers = new ConnectionPeers();
        peers.Add(_first);
        peers.Add(_second);
        var persistence = new PersistenceTable(16, 1);
        _requests = new(0, _first, persistence, null, peers);
        _answers = new(1, _second, persistence, null, peers);
        var server = new RealServerSpec(new(Ip(Server), ServerPort), 1, new NextHop(1, Engine.MacOf(1), DirectorMac, 1500))
        {
            Method = ForwardingMethod.Masquerading,
        };
        var services = new[] { IpProtocol.Tcp, IpProtocol.Udp }.Select(protocol =>
            new VirtualServiceSpec(Engine.Key(protocol, Engine.Port), "wlc", null, 32, [server]));
        _table = ForwardingTable.Build([.. services], ForwardingTable.Empty(2), _now, null, Engine.Links);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void Are_translated_and_move_the_connection_before_its_next_packet()
    {
        Send(_requests, Request(TcpFlags.Syn));
        var sent = Send(_answers, Answer(TcpFlags.Syn | TcpFlags.Ack));
        Assert.Equal((Verdict.Forward, Ip(Engine.Vip)), (sent.Verdict, sent.Ip.Source));
        Send(_requests, Request(TcpFlags.Ack));
        Assert.Equal((1, 0), Counts());
        Send(_answers, Answer(TcpFlags.Fin | TcpFlags.Ack));
        _requests.Expire(_table, _now);
        Assert.Equal((0, 1), Counts());
        Assert.Equal((1, 0), (_first.Count, _second.Count));
        Assert.Equal((2, 2), (_answers.Counters[WorkerCounter.Answers], _table.Services[0].Pool[0].State.ReadTraffic().OutPackets));

        (int, int) Counts()
        {
            var state = _table.Services[0].Pool[0].State;
            return (state.ActiveConnections, state.InactiveConnections);
        }
    }

    [Fact]
    public void Keep_it_alive()
    {
        var request = Udp(Engine.Client, 1000, Engine.Vip, Engine.Port);
        var answer = Udp(Server, ServerPort, Engine.Client, 1000);
        Send(_requests, request);
        for (var i = 0; i < 4; i++)
        {
            Pass(290);
            Assert.Equal(Verdict.Forward, Send(_answers, answer.ToArray()).Verdict);
            _requests.Expire(_table, _now);
        }

        Assert.Equal(1, _first.Count);
        Pass(301);
        Assert.Equal(0, _first.Count);
        Assert.Equal(Verdict.ToHost, Send(_answers, answer).Verdict);
    }

    [Fact]
    public void Leave_no_note_that_says_nothing_new_and_lose_those_that_find_no_room()
    {
        Send(_requests, Request(TcpFlags.Syn));
        for (var i = 0; i < 1500; i++) Send(_answers, Answer(TcpFlags.Syn | TcpFlags.Ack));
        Assert.Equal(1500 - 1024, _answers.Counters[WorkerCounter.NotesLost]);
        _requests.Expire(_table, _now);
        for (var i = 0; i < 3000; i++) Assert.Equal(Verdict.Forward, Send(_answers, Answer(TcpFlags.Syn | TcpFlags.Ack)).Verdict);
        Assert.Equal(1500 - 1024, _answers.Counters[WorkerCounter.NotesLost]);
    }

    [Fact]
    public void A_note_about_a_connection_that_has_ended_moves_nobody_elses()
    {
        Send(_requests, Request(TcpFlags.Syn));
        Send(_answers, Answer(TcpFlags.Rst));

        // It ends, and another takes its slot, before the note is read.
        _now += TimeSpan.FromSeconds(61);
        var budget = 1 << 16;
        Assert.NotEqual(0u, _first.TakeExpired(Ticks.At(_now), ref budget));
        _first.Release(1);
        Send(_requests, Tcp(Engine.Client, 2000, Engine.Vip, Engine.Port, TcpFlags.Syn));
        Assert.Equal(ConnectionState.SynReceived, StateOf(2000));
    }

    [Fact]
    public async Task Notes_of_many_workers_are_all_read_once()
    {
        const int writers = 4, each = 20_000;
        var notes = new ConnectionNotes();
        var seen = new int[writers * each];
        var posts = Enumerable.Range(0, writers).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                var number = (uint)(writer * each + i);
                while (!notes.TryPost(number, ~(ulong)number, (TcpFlags)(number & 0x3f), isAnswer: (number & 64) != 0)) Thread.Yield();
            }
        })).ToArray();

        for (var read = 0; read < writers * each;)
        {
            if (!notes.TryTake(out var slot, out var hash, out var flags, out var isAnswer))
            {
                Thread.Yield();
                continue;
            }

            Assert.Equal((~(ulong)slot, (TcpFlags)(slot & 0x3f), (slot & 64) != 0), (hash, flags, isAnswer));
            seen[slot]++;
            read++;
        }

        await Task.WhenAll(posts);
        Assert.All(seen, times => Assert.Equal(1, times));
        Assert.False(notes.TryTake(out _, out _, out _, out _));
    }

    private static byte[] Request(TcpFlags flags) => Tcp(Engine.Client, 1000, Engine.Vip, Engine.Port, flags);

    private static byte[] Answer(TcpFlags flags) => Tcp(Server, ServerPort, Engine.Client, 1000, flags);

    private ConnectionState StateOf(ushort clientPort)
    {
        var key = new ConnectionKey(Ip(Engine.Client), _table.FindAddress(IpProtocol.Tcp, Ip(Engine.Vip)), clientPort, Engine.Port);
        return _first[_first.Find(key, _first.HashOf(key))].State;
    }

    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _now += TimeSpan.FromSeconds(1);
            _requests.Expire(_table, _now);
        }
    }

    private Sent Send(Forwarder forwarder, byte[] frame)
    {
        using var port = new MemoryFramePort(1);
        var batch = new FrameBatch(1);
        Sent? sent = null;
        port.Committed = (in FrameSlot slot, ReadOnlySpan<byte> bytes) => sent = new(slot.Verdict, slot.Egress, bytes.ToArray());
        Assert.True(port.TryPut(frame));
        port.Receive(batch);
        forwarder.Process(batch, _table, _now);
        port.Commit(batch);
        return sent!;
    }
}
