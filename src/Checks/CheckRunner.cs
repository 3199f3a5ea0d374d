using Director.Checks.Probes;
using Director.Net;

namespace Director.Checks;

/// <summary>
/// Runs the checks: one loop each on the thread pool, a bounded number of probes at once. Safe from any thread.
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
    private readonly long _origin;
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
    /// there and whose health this changes is reported; of new ones <see cref="Snapshot"/> says how they start.
    /// </summary>
    /// <param name="servers">All servers; of two with one key the first counts.</param>
    public void Replace(IEnumerable<ServerChecks> servers)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var before = new Dictionary<RealServerKey, ServerHealth>(_servers);
            _servers.Clear();
            foreach (var (key, checks) in servers)
            {
                var known = before.GetValueOrDefault(key);
                var health = known?.Replace(checks, Now, _random) ?? ServerHealth.Start(checks, Now, _random);
                if (!_servers.TryAdd(key, health) || known is null || known.IsUp == health.IsUp) continue;
                _report(new HealthChanged(key, health.IsUp, $"{CheckLine.OfHealth(key, health.IsUp)}, as its checks changed"));
            }

            var wanted = _servers.Values.SelectMany(health => health.Checks).ToHashSet();
            foreach (var (check, running) in _running.Where(pair => !wanted.Contains(pair.Key)).ToArray())
            {
                _running.Remove(check);
                running.Dispose();
            }

            foreach (var (key, health) in _servers)
            {
                foreach (var check in health.Checks.Where(check => !_running.ContainsKey(check)))
                {
                    var isTold = check.Settings.Probe.IsTold;
                    var running = new RunningCheck(key, check, isTold ? null : _probes(check.Settings.Probe));
                    _running.Add(check, running);
                    if (!isTold) running.Start(RunAsync);
                }
            }
        }
    }

    /// <summary>
    /// Says what became of all checks that have these settings and are not tried but told (<see cref="ProbeSettings.IsTold"/>). What they
    /// knew already changes nothing.
    /// </summary>
    public void Tell(ProbeSettings probe, ProbeResult result)
    {
        lock (_gate)
        {
            foreach (var running in _running.Values.Where(running => running.Schedule.Settings.Probe == probe).ToArray())
                Conclude(running, result);
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
                [
                    .. server.Value.Checks.Select(check => new CheckSnapshot(check.Settings, check.IsUp, check.HasRun, check.Failures,
                        now - _running[check].LastRun, check.NextRun - now, _running[check].LastResult.Reason)),
                ])),
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

    private async Task RunAsync(RunningCheck running)
    {
        try
        {
            while (true)
            {
                await WaitAsync(running).ConfigureAwait(false);
                await _turns.WaitAsync(running.Stopping).ConfigureAwait(false);
                ProbeResult result;
                try
                {
                    result = await ProbeAsync(running).ConfigureAwait(false);
                }
                finally
                {
                    _turns.Release();
                }

                Conclude(running, result);
            }
        }
        catch (OperationCanceledException) when (running.Stopping.IsCancellationRequested)
        {
            // Removed by a reload, or the end.
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

    private void Conclude(RunningCheck running, ProbeResult result)
    {
        lock (_gate)
        {
            // A check that was removed while its probe ran has no say any more.
            if (!_running.ContainsKey(running.Schedule)) return;
            var (health, settings) = (_servers[running.Server], running.Schedule.Settings);
            var (wasUp, first) = (health.IsUp, !running.Schedule.HasRun);
            var transition = running.Schedule.Apply(result.Outcome, Now);
            running.LastRun = Now;
            var hindered = result.Outcome == ProbeOutcome.LocalProblem && running.LastResult.Outcome != ProbeOutcome.LocalProblem;
            running.LastResult = result;
            if (hindered)
                _report(new CheckHindered(running.Server, CheckLine.OfHindered(running.Server, settings.Probe, result.Reason)));
            if (transition == CheckTransition.None)
            {
                if (result.Outcome == ProbeOutcome.Failure && settings.LogsAllFailures)
                    _report(new CheckFailed(running.Server, CheckLine.OfFailure(running.Server, settings, result.Reason)));
                return;
            }

            var line = CheckLine.Of(running.Server, settings, transition, first);
            _report(new CheckConcluded(running.Server, transition == CheckTransition.Passed, line, result.Reason));
            if (health.IsUp == wasUp) return;
            _report(new HealthChanged(running.Server, health.IsUp, CheckLine.OfHealth(running.Server, health.IsUp)));
        }
    }
}
