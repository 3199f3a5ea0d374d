using Director.Lab.Client;
using Director.Lab.Scenarios;
using Director.Lab.Topology;
using Director.Net;

namespace Director.Tests.Lab.Scenarios;

/// <summary>A stage with a clock of its own, on which directors and servers behave as a short model says; tests bend the model.</summary>
internal sealed class FakeStage(LabPlan plan) : ILabStage
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private readonly Dictionary<string, bool> _running = plan.Directors.ToDictionary(host => host.Role, _ => false);
    private readonly HashSet<string> _holders = [];
    private readonly HashSet<string> _serving = [];
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string> _pool = [];
    private readonly Dictionary<string, string> _persistence = [];
    private readonly List<(MonoTime At, Action Do)> _plans = [];
    private bool _asking;
    private int _scheduled;
    private int _turn;
    private int _masterStarts;
    private MonoTime _turningAwayUntil;

    public TimeSpan CrashTakes { get; init; } = TimeSpan.FromSeconds(3.8);

    public TimeSpan ResignationTakes { get; init; } = TimeSpan.FromSeconds(0.81);

    public TimeSpan StartTakes { get; init; } = TimeSpan.FromSeconds(4.2);

    public TimeSpan DownTakes { get; init; } = TimeSpan.FromSeconds(12);

    public TimeSpan LeaveTakes { get; init; } = TimeSpan.FromSeconds(0.2);

    public bool TurnsAway { get; init; }

    public bool ForgetsPersistence { get; init; }

    public bool PrefersOneServer { get; init; }

    public bool SkipsTurns { get; init; }

    public bool LosesVipOnReturn { get; init; }

    public string DatapathMode { get; init; } = "xdp";

    public LabPlan Plan => plan;

    public MonoTime Now { get; private set; } = new(1_000_000_000);

    public RequestLog Requests { get; } = new();

    private string? Master => _holders.FirstOrDefault(role => _running[role]);

    public Task PauseAsync(TimeSpan span, CancellationToken stop)
    {
        for (var end = Now + span; Now < end;)
        {
            Now += Tick;
            foreach (var due in _plans.Where(plan => plan.At <= Now).ToList())
            {
                _plans.Remove(due);
                due.Do();
            }

            if (_asking && Now.Nanoseconds / 10_000_000 % 2 == 0) Requests.Add(Ask(0, plan.SteadyClients[0]));
        }

        return Task.CompletedTask;
    }

    public Task<StageView> ObserveAsync(CancellationToken stop) => Task.FromResult(new StageView(Now, [.. plan.Directors.Select(host =>
        new DirectorView(host.Role, _running[host.Role], _holders.Contains(host.Role), _running[host.Role] ? Status(host.Role) : null))]));

    public void StartDirector(string role)
    {
        Assert.False(_running[role]);
        _running[role] = true;
        _holders.Remove(role); // leftovers of a crashed predecessor
        if (role != plan.Directors[0].Role) return; // the backup hears a better master in time
        var first = ++_masterStarts == 1;
        Later(StartTakes, () =>
        {
            _holders.Clear();
            if (first || !LosesVipOnReturn) _holders.Add(role);
        });
    }

    public void EndDirector(string role, DirectorEnd how)
    {
        var other = plan.Directors.Single(host => host.Role != role).Role;
        _plans.Clear();
        if (how == DirectorEnd.KillMachine)
        {
            if (!plan.Balanced) _serving.Remove(role);
        }
        else
        {
            _holders.Remove(role);
            if (TurnsAway) _turningAwayUntil = Now + (3 * SteadyClient.Interval);
        }

        if (how == DirectorEnd.Terminate) Later(LeaveTakes, () => _running[role] = false);
        else _running[role] = false;
        Later(how == DirectorEnd.KillMachine ? CrashTakes : ResignationTakes, () => _holders.Add(other));
    }

    public Task StartServerAsync(string role, CancellationToken stop)
    {
        _serving.Add(role);
        Later(_known.Add(role) ? TimeSpan.Zero : TimeSpan.FromSeconds(5), () => _pool.Add(role));
        return Task.CompletedTask;
    }

    public void StopServer(string role)
    {
        _serving.Remove(role);
        Later(DownTakes, () => _pool.Remove(role));
    }

    public void StartAsking() => _asking = true;

    public Task<IReadOnlyList<RequestResult>> RequestAsync(IReadOnlyList<string> sources, int each, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<RequestResult>>(
            [.. Enumerable.Range(0, each * sources.Count).Select(n => Ask(n, sources[n % sources.Count]))]);

    private void Later(TimeSpan span, Action action) => _plans.Add((Now + span, action));

    private DirectorStatus Status(string role)
    {
        var state = _holders.Contains(role) ? "MASTER" : "BACKUP";
        var members = plan.Servers.Select(server => new PoolMember($"{server.Address}:80", _pool.Contains(server.Role), true, 0, 0));
        var takes = _holders.Contains(role);
        return plan.Balanced ? new(state, DatapathMode, takes, [.. members]) : new(state, "none", false, []);
    }

    private RequestResult Ask(int sequence, string source)
    {
        if (Now < _turningAwayUntil) return new(sequence, Now, Now, source, RequestOutcome.Refused, "");
        var server = Master is not { } master ? null : plan.Balanced ? Schedule(source) : master;
        return server is null || !_serving.Contains(server)
            ? new(sequence, Now, Now, source, RequestOutcome.TimedOut, "")
            : new(sequence, Now, Now, source, RequestOutcome.Answered, server);
    }

    private string? Schedule(string source)
    {
        if (source.Contains(':')) return plan.Servers[_turn++ % (SkipsTurns ? 3 : 2) == 0 ? 0 : 1].Role;
        if (!ForgetsPersistence && _persistence.TryGetValue(source, out var held) && _pool.Contains(held)) return held;
        var able = plan.Servers.Where(server => _pool.Contains(server.Role)).ToList();
        if (able.Count == 0) return null;
        return _persistence[source] = able[PrefersOneServer ? 0 : _scheduled++ / (ForgetsPersistence ? 3 : 1) % able.Count].Role;
    }
}
