using System.Globalization;
using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath.Offload;

/// <summary>
/// Several workers over memory, with offload or without, and all that shows of them: what becomes of frames, counters, connections,
/// estimates. By the clock that the test moves, in whole seconds.
/// </summary>
internal sealed class Fleet : IDisposable
{
    private const int Capacity = 4096;

    /// <summary>What offload is allowed to change, or a worker that sees fewer packets.</summary>
    private static readonly HashSet<WorkerCounter> Own =
        [WorkerCounter.Offloaded, WorkerCounter.FlowsOpened, WorkerCounter.FlowsRefused, WorkerCounter.Batches];

    private readonly OffloadModel? _offload;
    private readonly PublishedTable _tables;
    private readonly ConnectionPeers _peers = new();
    private readonly PersistenceTable _persistence = new(Capacity, 1);
    private readonly List<ConnectionTable> _connections = [];
    private readonly List<Forwarder> _forwarders = [];
    private readonly ForwardingTable[] _seen;
    private readonly TrafficEstimator _estimator = new();
    private readonly MemoryFramePort _port = new(1);
    private readonly FrameBatch _batch = new(2);
    private MonoTime _now = MonoTime.Zero + TimeSpan.FromDays(10);
    private Sent? _sent;

    public Fleet(int workers, IpvsSettings settings, OffloadModel? offload)
    {
        _offload = offload;
        _tables = new(ForwardingTable.Empty(workers, settings), offload?.Flows);
        _seen = [.. Enumerable.Repeat(_tables.Current, workers)];
        for (var worker = 0; worker < workers; worker++)
        {
            _connections.Add(new(Capacity, (ulong)worker));
            _peers.Add(_connections[worker]);
            _forwarders.Add(new(worker, _connections[worker], _persistence, settings, _peers, offload?.Flows));
        }

        _port.Committed = (in FrameSlot slot, ReadOnlySpan<byte> frame) => _sent = new(slot.Verdict, slot.Egress, frame.ToArray());
    }

    /// <summary>Flows that the program has.</summary>
    public int Flows => _forwarders.Sum(forwarder => forwarder.Flows);

    public long Count(WorkerCounter counter) => _forwarders.Sum(forwarder => forwarder.Counters[counter]);

    /// <summary>Puts services in force; the workers but for <paramref name="blind"/>, until time passes, look at once.</summary>
    public void Publish(
        IReadOnlyList<VirtualServiceSpec> services, IEnumerable<LinkSpec> links, IReadOnlyCollection<IpAddress128> own,
        ConnectionTimeouts timeouts, int blind)
    {
        _tables.Current = ForwardingTable.Build(services, _tables.Current, _now, own, links, timeouts);
        for (var worker = 0; worker < _seen.Length; worker++)
            if (worker != blind) _seen[worker] = _tables.Current;
        Turn();
    }

    /// <summary>The network card spreads flows over the workers otherwise.</summary>
    public void Move() => _peers.NoteMoved(_now);

    /// <summary>Brings in a frame, whose flow the card gives to <paramref name="worker"/>.</summary>
    public Sent Send(int worker, byte[] frame)
    {
        var copy = frame.ToArray();
        if (_offload is not null && _offload.TrySend(copy, DirectorMac, _now, out var egress)) return new(Verdict.Forward, egress, copy);
        Assert.True(_port.TryPut(frame));
        _batch.Clear();
        _port.Receive(_batch);
        _forwarders[worker].Process(_batch, _seen[worker], _now);
        _port.Commit(_batch);
        Turn();
        return _sent!;
    }

    /// <summary>Lets whole seconds pass as idle workers and control do.</summary>
    public void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _now += TimeSpan.FromSeconds(1);
            Array.Fill(_seen, _tables.Current);
            Turn();
            if (_now.Nanoseconds / 1_000_000_000 % 2 != 0) continue;
            CountOffloaded();
            _estimator.Tick(_tables.Current);
        }
    }

    /// <summary>All that is shown of it, but for what is told of connections, in lines.</summary>
    public IReadOnlyList<string> Shown()
    {
        CountOffloaded();
        var counters = Enum.GetValues<WorkerCounter>().Where(counter => !Own.Contains(counter))
            .Select(counter => $"{counter} {Count(counter)}");
        var drops = Enum.GetValues<DropReason>().Select(reason => $"{reason} {_forwarders.Sum(one => one.Counters[reason])}");
        var servers = _tables.Current.Servers.Select(server =>
            $"{server} {server.ActiveConnections}/{server.InactiveConnections}/{server.PersistentConnections} {server.ReadTraffic()} "
            + TrafficEstimator.Of(server));
        var services = _tables.Current.Services.Select(
            service => $"{service.Key} {_tables.Current.ReadTraffic(service)} {TrafficEstimator.Of(service)}");
        return
        [
            .. counters, .. drops, .. servers.Order(StringComparer.Ordinal), .. services, _estimator.Whole.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"{_connections.Sum(table => table.Count)} connections"),
        ];
    }

    /// <summary>All connections, and when they expire.</summary>
    public IReadOnlyList<ConnectionEntry> Connections()
    {
        var entries = new List<ConnectionEntry>();
        foreach (var (worker, forwarder) in _forwarders.Index())
        {
            var scan = new ConnectionScan(() => { });
            while (!scan.IsAtEnd)
            {
                Assert.True(scan.TryAnswer(forwarder, _seen[worker], _now, isIdle: true));
                scan.Read(entries);
            }
        }

        return [.. entries.OrderBy(entry => (entry with { Expires = default, IsOffloaded = false }).ToString(), StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        _port.Dispose();
        foreach (var table in _connections) table.Dispose();
    }

    private void Turn()
    {
        foreach (var (worker, forwarder) in _forwarders.Index()) forwarder.Expire(_seen[worker], _now);
    }

    private void CountOffloaded()
    {
        foreach (var (worker, forwarder) in _forwarders.Index())
        {
            var count = new OffloadCount(() => { });
            while (!count.TryAnswer(forwarder, _seen[worker], _now, isIdle: false)) continue;
        }
    }
}
