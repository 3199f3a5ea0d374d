using System.Globalization;
using Director.Checks.Probes;
using Director.Net;

namespace Director.Checks;

/// <summary>
/// Runs the checks: one loop each on the thread pool, a bounded number of probes at once. Equal checks of one machine in several services
/// are one, whose result is all of theirs. Safe from any thread.
/// </summary>
/// <remarks>
/// Nothing that a probe does can stop its loop: what it throws counts as a local problem, and the age of its last attempt is in
/// <see cref="Snapshot"/>.
/// </remarks>
public sealed class CheckRunner : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RealServerKey, ServerHealth> _servers = [];
    private readonly Dictionary<CheckSchedule, RunningCheck> _running = [];
    private readonly Func<ProbeSettings, IProbe> _probes;
    private readonly Action<CheckEvent> _report;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly SemaphoreSlim _turns;
    private readonly SemaphoreSlim _processTurns = new(CheckLimits.ConcurrentProcesses, CheckLimits.ConcurrentProcesses);
    private readonly long _origin;
    private Dictionary<CheckIdentity, CheckSchedule> _identities = [];
    private IReadOnlySet<string> _met = new HashSet<string>();
    private bool _disposed;

    /// <summary>A runner without servers: see <see cref="Replace"/>.</summary>
    /// <param name="report">
    /// Told of every transition, in order, one at a time, on a pool thread or inside <see cref="Replace"/>. It must not block nor call
    /// back.
    /// </param>
    /// <param name="probes">Makes the probe for a check's settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">For the warm-ups; used by this object alone.</param>
    /// <param name="concurrentProbes">Probes that may run at once.</param>
    public CheckRunner(Action<CheckEvent> report, Func<ProbeSettings, IProbe> probes, TimeProvider time, Random random,
        int concurrentProbes = CheckLimits.DefaultConcurrentProbes)
    {
        (_report, _probes, _time, _random) = (report, probes, time, random);
        _turns = new(concurrentProbes, concurrentProbes);
        _origin = time.GetTimestamp();
    }

    private MonoTime Now => MonoTime.Zero + _time.GetElapsedTime(_origin);

    /// <summary>
    /// Sets what is checked from now on; the first call starts. Servers and checks that were there go on as they are. A server that was
    /// there and whose health this changes is reported, and a new one that starts otherwise than its settings say, as a check of its
    /// goes on for another service already.
    /// </summary>
    /// <param name="servers">All servers; of two with one key the first counts.</param>
    public void Replace(IEnumerable<ServerChecks> servers)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var (now, known) = (Now, _identities);
            var before = new Dictionary<RealServerKey, ServerHealth>(_servers);
            (_identities, var subscribers) = ([], new Dictionary<CheckSchedule, (List<RealServerKey> Servers, string? Needs)>());
            _servers.Clear();
            foreach (var server in servers)
            {
                var (key, checks) = server;
                if (_servers.ContainsKey(key)) continue;
                var old = before.GetValueOrDefault(key);
                var health = old?.Replace(checks, now, _random, Shared) ?? ServerHealth.Start(checks, now, _random, Shared);
                _servers.Add(key, health);
                foreach (var check in health.Checks)
                {
                    _identities.TryAdd(IdentityOf(check.Settings), check);
                    if (!subscribers.TryGetValue(check, out var entry)) subscribers.Add(check, entry = ([], server.Needs));
                    if (!entry.Servers.Contains(key)) entry.Servers.Add(key);
                }

                var wasUp = old?.IsUp ?? checks.All(check => !check.Alpha);
                if (wasUp != health.IsUp)
                    _report(new HealthChanged(key, health.IsUp, $"{CheckLine.OfHealth(key, health.IsUp)}, as its checks changed"));
                if ((old?.Shift ?? default) != health.Shift)
                    _report(new WeightShifted(key, health.Shift, $"{key} has another weight, as its checks changed"));

                CheckIdentity IdentityOf(CheckSettings settings) => new(key.Server.Address, settings, server.Needs);
                CheckSchedule? Shared(CheckSettings settings) =>
                    _identities.GetValueOrDefault(IdentityOf(settings)) ?? known.GetValueOrDefault(IdentityOf(settings));
            }

            Run(subscribers);
        }
    }

    /// <summary>
    /// Says what is on this host of that which checks need (<see cref="ServerChecks.Needs"/>). One whose need is not met is not made when
    /// it is due, and changes nothing; that is looked at every <see cref="CheckSettings.DelayLoop"/>.
    /// </summary>
    public void Suspend(IReadOnlySet<string> met)
    {
        lock (_gate) _met = met;
    }

    /// <summary>
    /// Says what became of all checks that have these settings and are not tried but told (<see cref="ProbeSettings.IsTold"/>). What they
    /// knew already changes nothing.
    /// </summary>
    public void Tell(ProbeSettings probe, ProbeResult result) => TellAll(told => told == probe ? result : null);

    /// <summary>Says what became of all checks that are told; null of those of which there is nothing to say.</summary>
    public void TellAll(Func<ProbeSettings, ProbeResult?> resultOf)
    {
        lock (_gate)
        {
            foreach (var running in _running.Values.Where(running => running.Probe is null).ToArray())
                if (resultOf(running.Schedule.Settings.Probe) is { } result) Conclude(running, result);
        }
    }

    /// <summary>Reports the checks that have become overdue since the last call, and those that no longer are.</summary>
    public void FindOverdue()
    {
        lock (_gate)
        {
            var now = Now;
            foreach (var running in _running.Values)
            {
                var isOverdue = running.Schedule.IsOverdue(now);
                if (isOverdue == running.IsOverdue || running.Servers.Count == 0) continue;
                running.IsOverdue = isOverdue;
                var line = CheckLine.OfOverdue(running.Servers[0], running.Schedule.Settings.Probe, isOverdue);
                _report(new CheckOverdue(running.Servers[0], isOverdue, line));
            }
        }
    }

    /// <summary>All servers and checks as they are now.</summary>
    public IReadOnlyList<ServerSnapshot> Snapshot()
    {
        lock (_gate)
        {
            var now = Now;
            return
            [
                .. _servers.Select(server => new ServerSnapshot(server.Key, server.Value.IsUp,
                    [.. server.Value.Checks.Select(check => SnapshotOf(check, _running[check], now))])),
            ];
        }
    }

    /// <summary>Stops all checks and waits until none of their probes runs. Nothing is reported after that.</summary>
    public async ValueTask DisposeAsync()
    {
        RunningCheck[] running;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            running = [.. _running.Values];
            _running.Clear();
            _servers.Clear();
        }

        foreach (var check in running) check.Dispose();
        await Task.WhenAll(running.Select(check => check.Ended)).ConfigureAwait(false);
    }

    private CheckSnapshot SnapshotOf(CheckSchedule check, RunningCheck running, MonoTime now) => new(
        check.Settings, check.IsUp, check.HasRun, check.Failures, now - running.LastRun, check.NextRun - now, running.LastResult.Reason)
    {
        LastDuration = running.LastDuration,
        Attempts = running.Attempts,
        IsOverdue = check.IsOverdue(now),
        IsSuspended = IsSuspended(running),
        Servers = running.Servers.Count,
    };

    private bool IsSuspended(RunningCheck running) => running.Needs is { } needs && !_met.Contains(needs);

    /// <summary>Ends what is no longer wanted and starts what is new. Under the lock.</summary>
    private void Run(Dictionary<CheckSchedule, (List<RealServerKey> Servers, string? Needs)> wanted)
    {
        foreach (var (check, running) in _running.Where(pair => !wanted.ContainsKey(pair.Key)).ToArray())
        {
            _running.Remove(check);
            running.Dispose();
        }

        foreach (var (check, (servers, needs)) in wanted)
        {
            var isNew = !_running.TryGetValue(check, out var running);
            if (running is null)
            {
                var probe = check.Settings.Probe;
                _running.Add(check, running = new(check, probe.IsTold ? null : _probes(probe)));
            }

            running.Servers.Clear();
            running.Servers.AddRange(servers);
            running.Needs = needs;
            if (isNew && running.Probe is not null) running.Start(RunAsync);
        }
    }

    private async Task RunAsync(RunningCheck running)
    {
        var turns = running.Schedule.Settings.Probe.IsProcess ? _processTurns : _turns;
        try
        {
            while (true)
            {
                await WaitAsync(running).ConfigureAwait(false);
                await turns.WaitAsync(running.Stopping).ConfigureAwait(false);
                ProbeResult result;
                try
                {
                    if (!TryBegin(running)) continue;
                    result = await ProbeAsync(running).ConfigureAwait(false);
                }
                finally
                {
                    turns.Release();
                }

                lock (_gate) Conclude(running, result);
            }
        }
        catch (OperationCanceledException) when (running.Stopping.IsCancellationRequested)
        {
            // Removed by a reload, or the end.
        }
    }

    private bool TryBegin(RunningCheck running)
    {
        lock (_gate)
        {
            if (IsSuspended(running))
            {
                running.Schedule.Skip(Now);
                return false;
            }

            running.Began = Now;
            running.Schedule.Begin(Now);
            return true;
        }
    }

    private async Task WaitAsync(RunningCheck running)
    {
        while (true)
        {
            var left = running.Schedule.NextRun - Now;
            if (left <= TimeSpan.Zero) return;
            // Timers drop what is less than a millisecond, and one that fires too early would be armed again for nothing.
            var timer = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            if (timer > CheckLimits.LongestTimer) timer = CheckLimits.LongestTimer;
            await Task.Delay(timer, _time, running.Stopping).ConfigureAwait(false);
        }
    }

    private static async Task<ProbeResult> ProbeAsync(RunningCheck running)
    {
        try
        {
            return await running.Probe!.RunAsync(running.Schedule.Step, running.Stopping).ConfigureAwait(false);
        }
        catch (Exception error) when (!running.Stopping.IsCancellationRequested)
        {
            return ProbeResult.LocalProblem($"{error.GetType().Name}: {error.Message}");
        }
    }

    /// <summary>Takes in a result and reports what it changes. Under the lock.</summary>
    private void Conclude(RunningCheck running, ProbeResult result)
    {
        var check = running.Schedule;
        // A check that was removed while its probe ran has no say any more.
        if (!_running.ContainsKey(check)) return;
        var (now, first) = (Now, !check.HasRun);
        var before = running.Servers.ConvertAll(server => (_servers[server].IsUp, _servers[server].Shift));
        var transition = check.Apply(result, now);
        if (running.Began is { } began) running.LastDuration = now - began;
        (running.LastRun, running.Began) = (now, null);
        running.Attempts++;
        var isNews = running.LastResult.Outcome != result.Outcome;
        running.LastResult = result;
        ReportAttempt(running.Servers[0], check, result, transition, isNews);
        var told = new HashSet<string>();
        for (var i = 0; i < before.Count; i++)
        {
            var (server, health) = (running.Servers[i], _servers[running.Servers[i]]);
            if (transition != CheckTransition.None)
            {
                var line = CheckLine.Of(server, check.Settings, transition, first);
                _report(new CheckConcluded(server, check.IsUp, line, result.Reason)
                {
                    IsFirst = first,
                    Decides = health.IsUp != before[i].IsUp,
                    IsRepeated = !told.Add(line),
                    Mail = check.Settings.Probe.MailLine(check.IsUp, result.Reason),
                });
            }

            // A server that goes down is never seen with the weight that it would have without the check that fails it.
            if (!health.IsUp) ReportHealth(server, health, before[i].IsUp);
            if (health.Shift != before[i].Shift)
                _report(new WeightShifted(server, health.Shift, CheckLine.OfWeight(server, check.Settings.Probe, Words(check.Weight))));
            if (health.IsUp) ReportHealth(server, health, before[i].IsUp);
        }
    }

    private void ReportHealth(RealServerKey server, ServerHealth health, bool wasUp)
    {
        if (health.IsUp != wasUp) _report(new HealthChanged(server, health.IsUp, CheckLine.OfHealth(server, health.IsUp)));
    }

    private void ReportAttempt(RealServerKey server, CheckSchedule check, ProbeResult result, CheckTransition transition, bool isNews)
    {
        if (result.Outcome == ProbeOutcome.LocalProblem && isNews)
            _report(new CheckHindered(server, CheckLine.OfHindered(server, check.Settings.Probe, result.Reason)));
        if (result.Outcome == ProbeOutcome.Failure && transition == CheckTransition.None && check.Settings.LogsAllFailures)
            _report(new CheckFailed(server, CheckLine.OfFailure(server, check.Settings, result.Reason)));
    }

    private static string Words(ProbeWeight? weight) => weight switch
    {
        null => "the configured weight",
        { Replaces: true } replacing => string.Create(CultureInfo.InvariantCulture, $"weight {replacing.Value}"),
        { } added => string.Create(CultureInfo.InvariantCulture, $"weight {added.Value:+0;-0;0}"),
    };
}
