using Director.Checks.Probes;
using Director.Net;

namespace Director.Checks;

/// <summary>A check with its loop. What can be set is guarded by the runner's lock.</summary>
internal sealed class RunningCheck : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>A check whose loop has not started.</summary>
    public RunningCheck(RealServerKey server, CheckSchedule schedule, IProbe? probe)
    {
        (Server, Schedule, Probe) = (server, schedule, probe);
        Stopping = _stop.Token;
    }

    /// <summary>The server that is checked.</summary>
    public RealServerKey Server { get; }

    /// <summary>When and what it means.</summary>
    public CheckSchedule Schedule { get; }

    /// <summary>What is tried; null of a check that is told.</summary>
    public IProbe? Probe { get; }

    /// <summary>Cancelled when the check is no longer wanted.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Completes when the loop has ended.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>When the last attempt ended; null if none has.</summary>
    public MonoTime? LastRun { get; set; }

    /// <summary>How the last attempt ended; a success before there was one.</summary>
    public ProbeResult LastResult { get; set; }

    /// <summary>Starts the loop, on the pool.</summary>
    public void Start(Func<RunningCheck, Task> loop) => Ended = Task.Run(() => loop(this));

    /// <summary>Lets the loop end.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }
}
