using BenchmarkDotNet.Attributes;
using Director.Datapath;
using Director.Datapath.Scheduling;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Bench;

/// <summary>
/// A server picked by load, the connection's beginning there and the end of another one, counts only: by a look at each server, and by
/// the ranking that pools of at least <see cref="LeastLoaded{TRule}.FewestRanked"/> servers have.
/// </summary>
public class Picks
{
    private const int PicksPerCall = 4096;
    private const int ConnectionsPerServer = 16;

    private static readonly MonoTime Now = MonoTime.Zero + TimeSpan.FromDays(1);

    private LeastLoaded<WeightedLeastConnections> _scheduler = null!;
    private RealServerState[] _connections = null!;
    private int _next;

    [Params(2, 16, 32, 64, 128, 256)]
    public int Servers { get; set; }

    [Params("equal", "unequal")]
    public string Weights { get; set; } = "equal";

    [GlobalSetup]
    public void Setup()
    {
        var pool = Enumerable.Range(1, Servers).Select(number =>
        {
            var weight = Weights == "equal" ? 1 : 1 + (number * 7 % 10);
            return new PooledServer(new RealServerState(number, default, new(), 1), weight, weight, default);
        });
        _scheduler = new(new(OverheadRule.Total));
        _scheduler = (LeastLoaded<WeightedLeastConnections>)_scheduler.Succeed(new([.. pool]));
        _connections = new RealServerState[Servers * ConnectionsPerServer];
        for (var i = 0; i < _connections.Length; i++) Begin(_scheduler.PickLeast(), i);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = PicksPerCall, Description = "each looked at")]
    public void Scan()
    {
        for (var i = 0; i < PicksPerCall; i++) Turn(_scheduler.Scan());
    }

    [Benchmark(OperationsPerInvoke = PicksPerCall, Description = "as the pool has it")]
    public void Least()
    {
        for (var i = 0; i < PicksPerCall; i++) Turn(_scheduler.PickLeast());
    }

    /// <summary>Connections end in another order than they began.</summary>
    private void Turn(int picked)
    {
        _next = (_next + 617) % _connections.Length;
        _connections[_next].Unbind(wasActive: true, Now);
        Begin(picked, _next);
    }

    private void Begin(int picked, int place)
    {
        var server = _scheduler.Pool[picked].State;
        server.Bind();
        server.Activate();
        _connections[place] = server;
    }
}
