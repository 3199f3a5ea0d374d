using Director.Linux.Processes;
using Director.Net;
using Director.Tracking;
using Director.Vrrp;

namespace Director.Trackers;

/// <summary>
/// One script, run again and again, never twice at once, from construction until disposed. Tells of each change of its verdict.
/// </summary>
internal sealed class ScriptTracker : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ScriptAutomaton _automaton;
    private readonly ScriptSchedule _schedule;
    private readonly ChildSpawner _spawner;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly Action<ScriptTracker, ChildOutcome> _report;
    private ChildOutcome? _last;

    /// <summary>A tracker that runs nothing yet.</summary>
    /// <param name="task">What.</param>
    /// <param name="spawner">Who starts it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Told of each change of the verdict, and of the result that made it; from a pool thread.</param>
    public ScriptTracker(ScriptTask task, ChildSpawner spawner, TimeProvider time, Action<ScriptTracker, ChildOutcome> report)
    {
        (Task, _spawner, _time, _report, _origin) = (task, spawner, time, report, time.GetTimestamp());
        Key = new(TrackerKind.Script, task.Name);
        _automaton = new(task.Settings);
        _schedule = new(task.Settings, Now);
    }

    /// <summary>What is run.</summary>
    public ScriptTask Task { get; }

    /// <summary>Its name for the virtual routers.</summary>
    public TrackerKey Key { get; }

    /// <summary>Its verdict.</summary>
    public TrackerStatus Status
    {
        get
        {
            lock (_gate) return StatusOf(_automaton.State);
        }
    }

    /// <summary>Completes when it is disposed and its last run has ended.</summary>
    public Task Ended { get; private set; } = System.Threading.Tasks.Task.CompletedTask;

    private MonoTime Now => MonoTime.Zero + _time.GetElapsedTime(_origin);

    /// <summary>What the virtual routers are told of a verdict.</summary>
    public static TrackerStatus StatusOf(TrackedState state) => state switch
    {
        TrackedState.Up => TrackerStatus.Up,
        TrackedState.Down => TrackerStatus.Down,
        _ => TrackerStatus.Init,
    };

    /// <summary>Begins with the first run.</summary>
    public void Start() => Ended = System.Threading.Tasks.Task.Run(RunAsync);

    /// <summary>Ends it: a run under way is ended too. Does not wait; see <see cref="Ended"/>.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        // A run that goes on looks at it no more once it has seen that.
        _ = Ended.ContinueWith(_ => _stop.Dispose(), TaskScheduler.Default);
    }

    /// <summary>As it is now.</summary>
    public TrackerSnapshot Snapshot()
    {
        lock (_gate)
        {
            var now = Now;
            return new(Key, StatusOf(_automaton.State), _last?.ToString() ?? "",
                _schedule.LastEnd is { } end ? now - end : null, _schedule.IsOverdue(now));
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            lock (_gate) _schedule.Begin(Now);
            var outcome = Task.Script.Command is { } command
                ? await ChildRun.RunAsync(_spawner, command, Task.Settings.Timeout, _time, _stop.Token)
                : new(null, false, $"not run: {Task.Script.Refusal}");
            if (_stop.IsCancellationRequested) return;
            TimeSpan wait;
            bool changed;
            lock (_gate)
            {
                _schedule.End(Now);
                _last = outcome;
                changed = _automaton.Apply(outcome.IsSuccess);
                wait = _schedule.NextStart - Now;
            }

            if (changed) _report(this, outcome);
            try
            {
                // Timers have no more than milliseconds.
                var timer = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
                if (wait > TimeSpan.Zero) await System.Threading.Tasks.Task.Delay(timer, _time, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
