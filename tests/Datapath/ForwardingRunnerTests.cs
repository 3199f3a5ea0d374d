using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

public sealed class ForwardingRunnerTests
{
    [Fact]
    public void A_turn_takes_the_published_table_and_idle_turns_end_connections()
    {
        using var worker = new Worker();
        worker.Port.TryPut(Syn(1000));
        Assert.True(worker.Runner.Turn());
        Assert.Equal(1, worker.Forwarder.Counters[WorkerCounter.ToHost]);

        worker.Tables.Current = ForwardingTable.Build([Engine.Weighted("wlc", 1)], worker.Tables.Current, worker.Clock.Now);
        worker.Port.TryPut(Syn(1000));
        Assert.True(worker.Runner.Turn());
        Assert.Equal((1, 1), (worker.Forwarder.Counters[WorkerCounter.Forwarded], worker.Connections.Count));

        worker.Clock.Now += TimeSpan.FromSeconds(61);
        Assert.False(worker.Runner.Turn());
        Assert.Equal(0, worker.Connections.Count);
        Assert.Equal(3, worker.Runner.Progress);
    }

    [Fact]
    public void A_worker_that_the_tables_have_no_place_for_is_refused()
    {
        using var worker = new Worker();
        var forwarder = new Forwarder(1, worker.Connections, new(16, 1));
        Assert.Throws<ArgumentException>(() => new ForwardingRunner(worker.Port, forwarder, worker.Tables, worker.Clock));
    }

    [Fact]
    public void Stop_ends_the_loop_even_in_its_sleep()
    {
        using var worker = new Worker();
        var thread = new Thread(worker.Runner.Run);
        thread.Start();
        SpinWait.SpinUntil(() => worker.Runner.Progress > 65);
        worker.Runner.Stop();
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_loop_that_has_ended_goes_on_with_another_port_and_the_same_connections()
    {
        using var worker = new Worker();
        worker.Tables.Current = ForwardingTable.Build([Engine.Weighted("wlc", 1)], worker.Tables.Current, worker.Clock.Now);
        worker.Port.TryPut(Syn(1000));
        Assert.True(worker.Runner.Turn());
        worker.Runner.Stop();
        worker.Runner.Run();
        Assert.Equal(1, worker.Runner.Progress);

        using var other = new MemoryFramePort();
        worker.Port.TryPut(Syn(1001));
        worker.Runner.MoveTo(other);
        other.TryPut(Syn(1000));
        var thread = new Thread(worker.Runner.Run);
        thread.Start();
        SpinWait.SpinUntil(() => worker.Forwarder.Counters[WorkerCounter.Forwarded] == 2);
        worker.Runner.Stop();
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
        Assert.Equal((2, 1), (worker.Forwarder.Counters[WorkerCounter.Forwarded], worker.Connections.Count));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(64)]
    public void An_idle_worker_sleeps_after_so_many_looks_unless_it_is_told_never_to(int? spins)
    {
        using var worker = new Worker();
        using var port = new EmptyPort();
        var runner = new ForwardingRunner(port, worker.Forwarder, worker.Tables, worker.Clock, spinsBeforeSleep: spins);
        var thread = new Thread(runner.Run);
        thread.Start();
        SpinWait.SpinUntil(() => runner.Progress > 1000);
        runner.Stop();
        thread.Join();
        Assert.Equal(spins is { } looks ? runner.Progress - looks : 0, port.Waits);
    }

    [Fact]
    public void Workers_that_schedule_at_once_agree_on_the_counts()
    {
        const int workers = 4, flows = 2000;
        var persistence = new PersistenceTable(64, 1);
        var now = MonoTime.Zero + TimeSpan.FromDays(1);
        var table = ForwardingTable.Build([Engine.Weighted("wlc", 1, 1, 1, 1, 1)], ForwardingTable.Empty(workers), now);
        var threads = Enumerable.Range(0, workers).Select(number => new Thread(() => Work(number))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.All(table.Servers, server => Assert.Equal(workers * flows / 5, server.ActiveConnections));
        Assert.All(table.Servers, server => Assert.Equal(workers * flows / 5, server.TotalConnections));
        Assert.Equal(workers * flows, table.ReadTraffic(table.Services[0]).Connections);

        void Work(int number)
        {
            using var port = new MemoryFramePort();
            using var connections = new ConnectionTable(flows, 1);
            var forwarder = new Forwarder(number, connections, persistence);
            var batch = new FrameBatch();
            for (var flow = 0; flow < flows; flow++)
            {
                port.TryPut(Frames.Tcp($"10.1.{number}.1", (ushort)(2000 + flow), Engine.Vip, 80, TcpFlags.Syn));
                port.Receive(batch);
                forwarder.Process(batch, table, now);
                port.Commit(batch);
            }
        }
    }

    private static byte[] Syn(ushort port) => Frames.Tcp(Engine.Client, port, Engine.Vip, 80, TcpFlags.Syn);

    private sealed class Worker : IDisposable
    {
        public Worker()
        {
            Forwarder = new(0, Connections, new(16, 1));
            Runner = new(Port, Forwarder, Tables, Clock);
        }

        public MemoryFramePort Port { get; } = new();

        public ConnectionTable Connections { get; } = new(16, 1);

        public PublishedTable Tables { get; } = new(ForwardingTable.Empty());

        public SetClock Clock { get; } = new();

        public Forwarder Forwarder { get; }

        public ForwardingRunner Runner { get; }

        public void Dispose()
        {
            Port.Dispose();
            Connections.Dispose();
        }
    }

    /// <summary>A port without frames, which only counts how often somebody would sleep at it.</summary>
    private sealed class EmptyPort : IFramePort
    {
        public int Waits { get; private set; }

        public int Receive(FrameBatch batch) => 0;

        public void Commit(FrameBatch batch)
        {
        }

        public void Wait(TimeSpan timeout) => Waits++;

        public void Wake()
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class SetClock : IMonoClock
    {
        public MonoTime Now { get; set; } = MonoTime.Zero + TimeSpan.FromDays(1);
    }
}
