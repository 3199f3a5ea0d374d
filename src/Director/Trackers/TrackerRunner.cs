using Director.Config;
using Director.Linux.Processes;
using Director.Reloading;
using Director.Vrrp;
using Microsoft.Extensions.Logging;

namespace Director.Trackers;

/// <summary>
/// Looks at all that virtual routers track and the main process can see: scripts, files and processes. Each change is told at once, from
/// whichever thread sees it. Safe from any thread.
/// </summary>
internal sealed class TrackerRunner : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<ScriptTracker> _scripts = [];
    private readonly ChildSpawner _spawner;
    private readonly TimeProvider _time;
    private readonly Action<TrackerKey, TrackerStatus> _report;
    private readonly ILogger _log;
    private readonly FileTrackers _files;
    private readonly ProcessTrackers _processes;
    private List<Task> _ending = [];
    private TrackerPlan _plan = new([], [], [], new HashSet<TrackerKey>());
    private bool _isDisposed;

    /// <summary>A runner that looks at nothing yet.</summary>
    public TrackerRunner(ChildSpawner spawner, TimeProvider time, Action<TrackerKey, TrackerStatus> report, ILogger log)
    {
        (_spawner, _time, _report, _log) = (spawner, time, report, log);
        _files = new(report, log);
        _processes = new(report, time, log);
    }

    /// <summary>
    /// Looks at these from now on. What is looked at in the same way already goes on. What a reload adds holds no router in FAULT until
    /// something is known of it, as one that is master would give up for nothing. What is looked at no more ends with
    /// <see cref="ReloadStage.Commit"/>, and goes on if the reload is undone.
    /// </summary>
    public ReloadStage Replace(TrackerPlan plan, bool isReload)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var before = _scripts.ToList();
            var (files, processes) = (_plan.Files, _plan.Processes);
            _plan = plan;
            _scripts.Clear();
            foreach (var task in plan.Scripts)
            {
                if (before.Find(tracker => tracker.Task.IsSameAs(task) && !_scripts.Contains(tracker)) is { } kept)
                {
                    _scripts.Add(kept);
                    continue;
                }

                var tracker = new ScriptTracker(task, _spawner, _time, Tell);
                _scripts.Add(tracker);
                // Of one that is run in another way the last verdict holds until there is a new one.
                var isKnown = before.Exists(other => other.Key == tracker.Key);
                if (tracker.Status != TrackerStatus.Init) _report(tracker.Key, tracker.Status);
                else if (isReload && !isKnown && plan.Hard.Contains(tracker.Key)) _report(tracker.Key, TrackerStatus.Up);
                tracker.Start();
            }

            _files.Replace(plan.Files);
            _processes.Replace(plan.Processes);
            return new(() => End(before.Except(_scripts)), () => Undo(before, files, processes));
        }
    }

    private void Undo(List<ScriptTracker> before, IReadOnlyList<TrackFileConfig> files, IReadOnlyList<ProcessTask> processes)
    {
        lock (_gate)
        {
            End(_scripts.Except(before));
            _scripts.Clear();
            _scripts.AddRange(before);
            _plan = _plan with { Files = files, Processes = processes };
            _files.Replace(files);
            _processes.Replace(processes);
            // What they have found out meanwhile was not told.
            foreach (var tracker in before.Where(tracker => tracker.Status != TrackerStatus.Init)) _report(tracker.Key, tracker.Status);
        }
    }

    private void End(IEnumerable<ScriptTracker> gone)
    {
        lock (_gate)
        {
            var trackers = gone.ToList();
            _ending = [.. _ending.Where(ending => !ending.IsCompleted), .. trackers.Select(tracker => tracker.Ended)];
            foreach (var tracker in trackers) tracker.Dispose();
        }
    }

    /// <summary>All of them as they are now, in the order of the configuration.</summary>
    public IReadOnlyList<TrackerSnapshot> Snapshot()
    {
        lock (_gate)
            return [.. _scripts.Select(tracker => tracker.Snapshot()), .. _files.Snapshot(), .. _processes.Snapshot()];
    }

    /// <summary>Ends all runs and waits for their ends.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Task> ending;
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            foreach (var tracker in _scripts) tracker.Dispose();
            ending = [.. _ending, .. _scripts.Select(tracker => tracker.Ended)];
        }

        _files.Dispose();
        _processes.Dispose();
        await Task.WhenAll(ending);
    }

    private void Tell(ScriptTracker tracker, ChildOutcome outcome)
    {
        lock (_gate)
        {
            // One that a reload has removed has no say any more.
            if (_isDisposed || !_scripts.Contains(tracker)) return;
            _report(tracker.Key, tracker.Status);
        }

        if (tracker.Status == TrackerStatus.Up) _log.LogInformation("Script '{Name}' succeeded: {Outcome}", tracker.Key.Name, outcome);
        else _log.LogWarning("Script '{Name}' failed: {Outcome}", tracker.Key.Name, outcome);
    }
}
