using Director.Datapath;
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

    private readonly TwoWorkers _workers = new(new[] { IpProtocol.Tcp, IpProtocol.Udp }.Select(protocol =>
        new VirtualServiceSpec(Engine.Key(protocol, Engine.Port), "wlc", null, 32,
        [
            new(new(Ip(Server), ServerPort), 1, new NextHop(1, Engine.MacOf(1), DirectorMac, 1500))
            {
                Method = ForwardingMethod.Masquerading,
            },
        ])));

    public void Dispose() => _workers.Dispose();

    [Fact]
    public void Are_translated_and_move_the_connection_before_its_next_packet()
    {
        _workers.Send(_workers.One, Request(TcpFlags.Syn));
        var sent = _workers.Send(_workers.Other, Answer(TcpFlags.Syn | TcpFlags.Ack));
        Assert.Equal((Verdict.Forward, Ip(Engine.Vip)), (sent.Verdict, sent.Ip.Source));
        _workers.Send(_workers.One, Request(TcpFlags.Ack));
        Assert.Equal((1, 0), Counts());
        _workers.Send(_workers.Other, Answer(TcpFlags.Fin | TcpFlags.Ack));
        _workers.One.Expire(_workers.Table, _workers.Now);
        Assert.Equal((0, 1), Counts());
        Assert.Equal((1, 0), (_workers.First.Count, _workers.Second.Count));
        Assert.Equal(
            (2, 2), (_workers.Other.Counters[WorkerCounter.Answers], _workers.Table.Services[0].Pool[0].State.ReadTraffic().OutPackets));

        (int, int) Counts()
        {
            var state = _workers.Table.Services[0].Pool[0].State;
            return (state.ActiveConnections, state.InactiveConnections);
        }
    }

    [Fact]
    public void Keep_it_alive()
    {
        var request = Udp(Engine.Client, 1000, Engine.Vip, Engine.Port);
        var answer = Udp(Server, ServerPort, Engine.Client, 1000);
        _workers.Send(_workers.One, request);
        for (var i = 0; i < 4; i++)
        {
            _workers.Pass(290);
            Assert.Equal(Verdict.Forward, _workers.Send(_workers.Other, answer.ToArray()).Verdict);
            _workers.One.Expire(_workers.Table, _workers.Now);
        }

        Assert.Equal(1, _workers.First.Count);
        _workers.Pass(301);
        Assert.Equal(0, _workers.First.Count);
        Assert.Equal(Verdict.ToHost, _workers.Send(_workers.Other, answer).Verdict);
    }

    [Fact]
    public void Leave_no_note_that_says_nothing_new_and_lose_those_that_find_no_room()
    {
        _workers.Send(_workers.One, Request(TcpFlags.Syn));
        for (var i = 0; i < 1500; i++) _workers.Send(_workers.Other, Answer(TcpFlags.Syn | TcpFlags.Ack));
        Assert.Equal(1500 - 1024, _workers.Other.Counters[WorkerCounter.NotesLost]);
        _workers.One.Expire(_workers.Table, _workers.Now);
        for (var i = 0; i < 3000; i++)
            Assert.Equal(Verdict.Forward, _workers.Send(_workers.Other, Answer(TcpFlags.Syn | TcpFlags.Ack)).Verdict);
        Assert.Equal(1500 - 1024, _workers.Other.Counters[WorkerCounter.NotesLost]);
    }

    [Fact]
    public void A_note_about_a_connection_that_has_ended_moves_nobody_elses()
    {
        _workers.Send(_workers.One, Request(TcpFlags.Syn));
        _workers.Send(_workers.Other, Answer(TcpFlags.Rst));

        // It ends, and another takes its slot, before the note is read.
        _workers.Now += TimeSpan.FromSeconds(61);
        var budget = 1 << 16;
        Assert.NotEqual(0u, _workers.First.TakeExpired(Ticks.At(_workers.Now), ref budget));
        _workers.First.Release(1);
        _workers.Send(_workers.One, Tcp(Engine.Client, 2000, Engine.Vip, Engine.Port, TcpFlags.Syn));
        Assert.Equal(ConnectionState.SynReceived, _workers.StateOf(2000));
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
}
