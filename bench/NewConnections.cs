using BenchmarkDotNet.Attributes;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Scheduling;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Linux;
using Director.Net;
using Director.Net.Wire;

namespace Director.Bench;

/// <summary>
/// Every frame is a SYN of a new connection while as many old ones end: the table stays at its size. The time per frame is that of a
/// connection's beginning and end together.
/// </summary>
public class NewConnections
{
    private const int FramesPerCall = 4096;
    private const int FlowMask = (1 << 24) - 1;

    private static readonly TimeSpan SynTimeout = TimeSpan.FromSeconds(60);

    private readonly MemoryFramePort _port = new();
    private readonly FrameBatch _batch = new();
    private readonly Traffic _syn = new(TcpFlags.Syn);
    private MonoTime _now = MonoTime.Zero + TimeSpan.FromDays(1);
    private TimeSpan _step;
    private ConnectionTable _connections = null!;
    private Forwarder _forwarder = null!;
    private ForwardingTable _table = null!;
    private int _flow;

    [Params(1_000, 100_000, 1_000_000, 10_000_000)]
    public int Flows { get; set; }

    [Params(2, 64, 256)]
    public int Servers { get; set; }

    [ParamsSource(nameof(Schedulers))]
    public string Scheduler { get; set; } = "wlc";

    public static IEnumerable<string> Schedulers => SchedulerCatalog.Names;

    [GlobalSetup]
    public void Setup()
    {
        // Room for the last ticks' latecomers, which in a small table are as many as the table holds.
        var room = Flows + (Flows / 8) + 1024;
        _connections = new(room, 1, LargePages.Instance);
        _forwarder = new(0, _connections, new(1, 1));

        // To ovf a weight is a number of connections, and it refuses once all servers are full.
        var weight = Scheduler == "ovf" ? room : 1;
        _table = ForwardingTable.Build([Traffic.Service(Servers, Scheduler, weight)], ForwardingTable.Empty(), _now);
        _step = SynTimeout * _batch.Capacity / Flows;

        // Once full, and a while on: by then as many end as begin.
        for (var flow = 0; flow < Flows + (Flows / 4); flow += _batch.Capacity) Turn();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        if (_forwarder.Counters[WorkerCounter.ConnectionsCreated] != _forwarder.Counters[WorkerCounter.Received])
            throw new InvalidOperationException("not every packet made a connection");
        if (_connections.Count < Flows) throw new InvalidOperationException("the table did not stay full");
        _connections.Dispose();
        _port.Dispose();
    }

    [Benchmark(OperationsPerInvoke = FramesPerCall, Description = "SYN, expiry")]
    public void Syn()
    {
        for (var done = 0; done < FramesPerCall; done += _batch.Capacity) Turn();
    }

    private void Turn()
    {
        for (var i = 0; i < _batch.Capacity; i++) _syn.Put(_port, _flow = (_flow + 1) & FlowMask);
        _port.Receive(_batch);
        _now += _step;
        _forwarder.Process(_batch, _table, _now);
        _port.Commit(_batch);
    }
}
