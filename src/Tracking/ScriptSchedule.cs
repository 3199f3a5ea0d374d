using Director.Net;

namespace Director.Tracking;

/// <summary>When a script is run. Pure: the runner says when a run began and ended.</summary>
public sealed class ScriptSchedule
{
    /// <summary>A script that has not run for so many periods is overdue.</summary>
    public const int OverduePeriods = 3;

    private readonly MonoTime _created;

    /// <summary>A schedule whose first run is due at once.</summary>
    public ScriptSchedule(ScriptSettings settings, MonoTime now) => (Settings, _created, NextStart) = (settings, now, now);

    /// <summary>What is asked.</summary>
    public ScriptSettings Settings { get; }

    /// <summary>When the next run is due; while one is running, when it would be if that ended now.</summary>
    public MonoTime NextStart { get; private set; }

    /// <summary>When the last run began; null before the first.</summary>
    public MonoTime? LastStart { get; private set; }

    /// <summary>When the last run ended; null before that.</summary>
    public MonoTime? LastEnd { get; private set; }

    /// <summary>Whether a run is under way.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>A run begins.</summary>
    public void Begin(MonoTime now)
    {
        IsRunning = true;
        LastStart = now;
        NextStart = now + Settings.Interval;
    }

    /// <summary>It has ended: the next is due an interval after its start, but not before now.</summary>
    public void End(MonoTime now)
    {
        IsRunning = false;
        LastEnd = now;
        if (NextStart < now) NextStart = now;
    }

    /// <summary>
    /// Whether no result has come for <see cref="OverduePeriods"/> periods, a period being the longer of interval and timeout: whoever runs
    /// it does not get to it.
    /// </summary>
    public bool IsOverdue(MonoTime now)
    {
        var period = Settings.Interval > Settings.Timeout ? Settings.Interval : Settings.Timeout;
        return now - (LastEnd ?? _created) > period * OverduePeriods;
    }
}
