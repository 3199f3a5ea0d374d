using Director.Net;

namespace Director.Tracking;

/// <summary>
/// Whether as many processes run as should (keepalived/trackers/track_process.c). A verdict that turns because one has come waits
/// <see cref="ProcessSettings.ForkDelay"/>, because one has gone <see cref="ProcessSettings.TerminateDelay"/>; if it turns back meanwhile
/// nothing happened. Pure.
/// </summary>
public sealed class ProcessCount(ProcessSettings settings)
{
    /// <summary>What is asked.</summary>
    public ProcessSettings Settings => settings;

    /// <summary>How many run.</summary>
    public int Count { get; private set; }

    /// <summary>The verdict.</summary>
    public TrackedState State { get; private set; }

    /// <summary>When the verdict will turn unless the number changes; null if it stands.</summary>
    public MonoTime? Deadline { get; private set; }

    private TrackedState Wanted => Count >= settings.Quorum && Count <= settings.QuorumMax ? TrackedState.Up : TrackedState.Down;

    /// <summary>So many run now; whether the verdict changed. The first number is believed at once.</summary>
    public bool Apply(int count, MonoTime now)
    {
        var (wanted, delay) = (Wanted, count > Count ? settings.ForkDelay : settings.TerminateDelay);
        Count = count;
        if (State == TrackedState.Unknown) return Turn();
        if (Wanted == State) Deadline = null;
        else if (Deadline is null || wanted != Wanted) Deadline = now + delay;
        return Elapse(now);
    }

    /// <summary>Time has passed; whether the verdict changed.</summary>
    public bool Elapse(MonoTime now) => Deadline is { } deadline && now >= deadline && Turn();

    private bool Turn()
    {
        Deadline = null;
        State = Wanted;
        return true;
    }
}
