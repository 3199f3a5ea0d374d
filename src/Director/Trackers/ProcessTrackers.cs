using System.Globalization;
using Director.Linux;
using Director.Linux.Netlink;
using Director.Linux.Processes;
using Director.Net;
using Director.Tracking;
using Director.Vrrp;
using Microsoft.Extensions.Logging;

namespace Director.Trackers;

/// <summary>
/// How many processes of a kind run, on a thread of its own while somebody wants to know. The kernel tells of each that comes and goes;
/// where it does not (it tells only the first network namespace), all are looked at every second. Safe from any thread.
/// </summary>
internal sealed class ProcessTrackers(Action<TrackerKey, TrackerStatus> report, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>Between two looks at all processes where nobody tells.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>The same where the kernel tells: for what it may not have told.</summary>
    private static readonly TimeSpan LongRound = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly WakeSignal _wake = new();
    private readonly long _origin = time.GetTimestamp();
    private List<CountedProcesses> _counted = [];
    private Thread? _thread;
    private bool _isTold;
    private volatile bool _isEnding;

    private MonoTime Now => MonoTime.Zero + time.GetElapsedTime(_origin);

    /// <summary>Counts these from now on, each once before this returns.</summary>
    public void Replace(IReadOnlyList<ProcessTask> tasks)
    {
        lock (_gate)
        {
            _counted =
            [
                .. tasks.Select(task => _counted.Find(counted => counted.IsOf(task)) ?? new CountedProcesses(task)),
            ];
            if (_counted.Count == 0) return;
            LookAtAll();
            if (_thread is null) (_thread = new(Watch) { IsBackground = true, Name = "tracked processes" }).Start();
        }

        _wake.Signal();
    }

    /// <summary>All of them as they are now.</summary>
    public IReadOnlyList<TrackerSnapshot> Snapshot()
    {
        lock (_gate)
        {
            var how = _isTold ? "" : ", looked for every second";
            return
            [
                .. _counted.Select(counted => new TrackerSnapshot(counted.Key, ScriptTracker.StatusOf(counted.Count.State),
                    string.Create(CultureInfo.InvariantCulture, $"{counted.Count.Count} processes{how}"), null, false)),
            ];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isEnding = true;
        _wake.Signal();
        _thread?.Join();
        _wake.Dispose();
    }

    private void Watch()
    {
        ProcessMonitor? monitor = null;
        try
        {
            monitor = new();
        }
        catch (LinuxException refusal)
        {
            log.LogInformation("processes are looked for every second: {Why}", refusal.Message);
        }

        var nextRound = Now + Round;
        while (!_isEnding)
        {
            var deadline = nextRound;
            lock (_gate)
            {
                foreach (var counted in _counted)
                    if (counted.Count.Deadline is { } due) deadline = MonoTime.Min(deadline, due);
            }

            var wait = deadline - Now;
            if (wait > TimeSpan.Zero) Waiting.ForReading(_wake.Handle, monitor?.Handle ?? -1, wait);
            _wake.Reset();
            lock (_gate)
            {
                if (monitor is not null && !TakeEvents(monitor)) nextRound = Now;
                if (Now >= nextRound)
                {
                    LookAtAll();
                    nextRound = Now + (_isTold ? LongRound : Round);
                }

                foreach (var counted in _counted)
                    if (counted.Count.Elapse(Now)) Tell(counted);
            }
        }

        monitor?.Dispose();
    }

    /// <summary>Takes in what the kernel has told; false if it could not tell all, so that all must be looked at.</summary>
    private bool TakeEvents(ProcessMonitor monitor)
    {
        var isWhole = true;
        try
        {
            while (monitor.TryRead(out var happened))
            {
                switch (happened.Kind)
                {
                    case ProcessEventKind.Confirmed: (_isTold, isWhole) = (true, false); break;
                    case ProcessEventKind.Overrun: isWhole = false; break;
                    case ProcessEventKind.Ended: Forget(happened.Process); break;
                    case ProcessEventKind.Forked: Copy(happened.Parent, happened.Process); break;
                    default: LookAt(happened.Process); break;
                }
            }
        }
        catch (LinuxException refusal)
        {
            if (_isTold) log.LogWarning("processes are looked for every second: {Why}", refusal.Message);
            (_isTold, isWhole) = (false, false);
        }

        return isWhole;
    }

    private void Forget(int process)
    {
        foreach (var counted in _counted)
            if (counted.Processes.Remove(process)) Recount(counted);
    }

    /// <summary>Until it runs another program, it is what its parent is.</summary>
    private void Copy(int parent, int child)
    {
        foreach (var counted in _counted)
            if (counted.Processes.Contains(parent) && counted.Processes.Add(child)) Recount(counted);
    }

    private void LookAt(int process)
    {
        var wantsLine = _counted.Exists(counted => counted.Task.Settings.Match.NeedsCommandLine);
        var isThere = ProcessTable.TryRead(process, wantsLine, out var name, out var line);
        foreach (var counted in _counted)
        {
            var isOne = isThere && counted.Task.Settings.Match.Matches(name, line);
            if (isOne ? counted.Processes.Add(process) : counted.Processes.Remove(process)) Recount(counted);
        }
    }

    private void LookAtAll()
    {
        var wantsLine = _counted.Exists(counted => counted.Task.Settings.Match.NeedsCommandLine);
        foreach (var counted in _counted) counted.Processes.Clear();
        foreach (var process in ProcessTable.All())
        {
            if (!ProcessTable.TryRead(process, wantsLine, out var name, out var line)) continue;
            foreach (var counted in _counted)
                if (counted.Task.Settings.Match.Matches(name, line)) counted.Processes.Add(process);
        }

        foreach (var counted in _counted) Recount(counted);
    }

    private void Recount(CountedProcesses counted)
    {
        if (counted.Count.Apply(counted.Processes.Count, Now)) Tell(counted);
    }

    private void Tell(CountedProcesses counted)
    {
        var isUp = counted.Count.State == TrackedState.Up;
        log.Log(isUp ? LogLevel.Information : LogLevel.Warning, "process tracker '{Name}': {Count} run, quorum {What}", counted.Key.Name,
            counted.Count.Count, isUp ? "gained" : "lost");
        report(counted.Key, ScriptTracker.StatusOf(counted.Count.State));
    }
}
