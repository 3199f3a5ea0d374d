using BenchmarkDotNet.Attributes;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Linux;
using Director.Net;
using Director.Net.Wire;

namespace Director.Bench;

/// <summary>
/// Packets of connections that exist, each of another one in no order that a cache could guess. The port alone is what putting a frame
/// in and out of the in-memory port costs: take it off the other two.
/// </summary>
public class EstablishedPackets
{
    private const int FramesPerCall = 4096;

    private readonly MemoryFramePort _port = new();
    private readonly FrameBatch _batch = new();
    private readonly Traffic _ack = new(TcpFlags.Ack);
    private readonly MonoTime _now = MonoTime.Zero + TimeSpan.FromDays(1);
    private ConnectionTable _connections = null!;
    private Forwarder _forwarder = null!;
    private ForwardingTable _table = null!;
    private int _flow;

    [Params(1_000, 100_000, 1_000_000, 10_000_000)]
    public int Flows { get; set; }

    /// <summary>What the tables stand in: pages as the director has them, or of 4 KiB.</summary>
    [Params("huge", "small")]
    public string Pages { get; set; } = "huge";

    [GlobalSetup]
    public void Setup()
    {
        _connections = new(Flows, 1, Pages == "huge" ? LargePages.Instance : null);
        _forwarder = new(0, _connections, new(1, 1));
        _table = ForwardingTable.Build([Traffic.Service(2)], ForwardingTable.Empty(), _now);
        var syn = new Traffic(TcpFlags.Syn);
        for (var flow = 0; flow < Flows; flow++)
        {
            syn.Put(_port, flow);
            _port.Receive(_batch);
            _forwarder.Process(_batch, _table, _now);
            _port.Commit(_batch);
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        var counters = _forwarder.Counters;
        if (_connections.Count != Flows || counters[WorkerCounter.Received] != counters[WorkerCounter.Forwarded])
            throw new InvalidOperationException("not every packet belonged to a connection");
        _connections.Dispose();
        _port.Dispose();
    }

    [Benchmark(OperationsPerInvoke = FramesPerCall, Description = "port alone")]
    public void PortAlone()
    {
        for (var done = 0; done < FramesPerCall; done += _batch.Capacity)
        {
            Fill();
            _port.Commit(_batch);
        }
    }

    [Benchmark(OperationsPerInvoke = FramesPerCall, Description = "passes with prefetch")]
    public void Passes()
    {
        for (var done = 0; done < FramesPerCall; done += _batch.Capacity)
        {
            Fill();
            _forwarder.Process(_batch, _table, _now);
            _port.Commit(_batch);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = FramesPerCall, Description = "one by one")]
    public void OneByOne()
    {
        for (var done = 0; done < FramesPerCall; done += _batch.Capacity)
        {
            Fill();
            _forwarder.ProcessOneByOne(_batch, _table, _now);
            _port.Commit(_batch);
        }
    }

    private void Fill()
    {
        for (var i = 0; i < _batch.Capacity; i++)
        {
            // A step that shares no factor with the number of flows visits all of them, far apart.
            _flow = (_flow + 618_033) % Flows;
            _ack.Put(_port, _flow);
        }

        _port.Receive(_batch);
    }
}
