using Director.Datapath;
using Director.Datapath.Scheduling;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Bench.Schedulers;

/// <summary>
/// A trace played to one service by the scheduler itself and the servers' own counts, as the packet path has them: no packets, no clock
/// but the trace's. A change of the pool takes place half-way.
/// </summary>
internal sealed class SchedulerRun
{
    private const int SettlingShare = 10;

    private static readonly Endpoint Vip = new(IpAddress128.FromV4(0xc612_0001), 80);
    private static readonly MonoTime Begin = MonoTime.Zero + TimeSpan.FromDays(1);

    private readonly PriorityQueue<RealServerState, double> _ends = new();
    private readonly Dictionary<int, RealServerState> _lastOf = [];
    private readonly PooledServer[] _servers;
    private Scheduler _scheduler;
    private double _loadSum;
    private double _weighed;
    private double _worst;
    private double _since;
    private long _refused;
    private long _returned;
    private long _moved;

    private SchedulerRun(string scheduler, IReadOnlyList<int> weights)
    {
        _servers = [.. weights.Select((weight, number) =>
            new PooledServer(new(number + 1, KeyOf(number), new(), 1), weight, weight, default))];
        _scheduler = SchedulerCatalog.Make(scheduler, IpvsSettings.Default, 1);
    }

    /// <summary>Plays it.</summary>
    /// <param name="scheduler">The scheduler's name.</param>
    /// <param name="weights">A server each.</param>
    /// <param name="trace">The connections.</param>
    /// <param name="change">What becomes of the last server half-way.</param>
    public static SchedulerResult Play(string scheduler, IReadOnlyList<int> weights, Trace trace, PoolChange change)
    {
        var run = new SchedulerRun(scheduler, weights);
        run.Take(change == PoolChange.Comes ? run._servers[..^1] : run._servers);
        var half = trace.Arrivals.Count / 2;
        for (var i = 0; i < trace.Arrivals.Count; i++)
        {
            if (i == half && change != PoolChange.None) run.Take(change == PoolChange.Leaves ? run._servers[..^1] : run._servers);
            // The beginning, with few connections yet, says nothing of how they are spread.
            run.Arrive(trace.Arrivals[i], counts: i >= trace.Arrivals.Count / SettlingShare, asksWhetherMoved: i >= half);
        }

        return new(
            run._loadSum / run._weighed,
            run._worst,
            (double)run._refused / trace.Arrivals.Count,
            run._returned == 0 ? 0 : (double)run._moved / run._returned);
    }

    private static RealServerKey KeyOf(int number) =>
        new(new(IpProtocol.Tcp, Vip), new(IpAddress128.FromV4(0xc0a8_0001 + (uint)number), 80));

    /// <summary>Servers are told of newest first.</summary>
    private void Take(PooledServer[] pool) => _scheduler = _scheduler.Succeed(new([.. pool.Reverse()]));

    private void Arrive(Arrival arrival, bool counts, bool asksWhetherMoved)
    {
        var now = Begin + TimeSpan.FromSeconds(arrival.At);
        while (_ends.TryPeek(out _, out var end) && end <= arrival.At) End(_ends.Dequeue(), end, counts);
        Weigh(arrival.At, counts);
        var client = new Endpoint(IpAddress128.FromV4(0x0a00_0000u + (uint)arrival.Client), 1024);
        var picked = _scheduler.Pick(new(IpProtocol.Tcp, client, Vip, now));
        if (picked < 0)
        {
            _refused++;
            return;
        }

        var server = _scheduler.Pool[picked].State;
        server.Bind();
        server.Activate();
        _ends.Enqueue(server, arrival.At + arrival.Seconds);
        if (asksWhetherMoved && _lastOf.TryGetValue(arrival.Client, out var last) && _scheduler.Pool.IndexOf(last.Id) >= 0)
        {
            _returned++;
            if (last != server) _moved++;
        }

        _lastOf[arrival.Client] = server;
    }

    private void End(RealServerState server, double at, bool counts)
    {
        Weigh(at, counts);
        server.Unbind(wasActive: true, Begin + TimeSpan.FromSeconds(at));
    }

    /// <summary>Takes in how uneven it has been since the last event: the fullest server's load for its weight, over that of all.</summary>
    private void Weigh(double at, bool counts)
    {
        var (all, weights, fullest) = (0, 0, 0d);
        foreach (ref readonly var server in _scheduler.Pool.Servers)
        {
            all += server.State.TotalConnections;
            weights += server.Weight;
            fullest = Math.Max(fullest, (double)server.State.TotalConnections / server.Weight);
        }

        var seconds = at - _since;
        _since = at;
        if (!counts || all == 0) return;
        var load = fullest * weights / all;
        _loadSum += load * seconds;
        _weighed += seconds;
        _worst = Math.Max(_worst, load);
    }
}
