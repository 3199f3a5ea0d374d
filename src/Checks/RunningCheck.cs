using Director.Checks.Probes;
using Director.Net;

namespace Director.Checks;

/// <summary>A check with its loop. What can be set is guarded by the runner's lock.</summary>
internal sealed class RunningCheck : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>A check whose loop has not started.</summary>
    public RunningCheck(CheckSchedule schedule, IProbe? probe)
    {
        (Schedule, Probe) = (schedule, probe);
        Stopping = _stop.Token;
    }

    /// <summary>When and what it means.</summary>
    public CheckSchedule Schedule { get; }

    /// <summary>What is tried; null of a check that is told.</summary>
    public IProbe? Probe { get; }

    /// <summary>The servers whose check it is: one machine, in several services.</summary>
    public List<RealServerKey> Servers { get; } = [];

    /// <summary>What it is suspended without; null if it never is.</summary>
    public string? Needs { get; set; }

    /// <summary>Cancelled when the check is no longer wanted.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Completes when the loop has ended.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>When the attempt under way began; null if none is.</summary>
    public MonoTime? Began { get; set; }

    /// <summary>When the last attempt ended; null if none has.</summary>
    public MonoTime? LastRun { get; set; }

    /// <summary>How long the last attempt took.</summary>
    public TimeSpan? LastDuration { get; set; }

    /// <summary>How the last attempt ended; a success before there was one.</summary>
    public ProbeResult LastResult { get; set; }

    /// <summary>Attempts that have ended, those that this host could not make included.</summary>
    public long Attempts { get; set; }

    /// <summary>Whether it was told that it is overdue.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>Starts the loop, on the pool.</summary>
    public void Start(Func<RunningCheck, Task> loop) => Ended = Task.Run(() => loop(this));

    /// <summary>Lets the loop end.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }
}
