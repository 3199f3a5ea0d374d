using Director.LoadTest.Engine;
using Director.Net;

namespace Director.Tests.LoadTest.Engine;

/// <summary>A clock that stands still but for who sleeps on it, or passes time by it.</summary>
internal sealed class FakeTimeline : ITimeline
{
    private long _now;

    public MonoTime Now => new(Volatile.Read(ref _now));

    /// <summary>Sleepers wake at whole multiples of this only.</summary>
    public TimeSpan Grain { get; init; } = TimeSpan.FromTicks(1);

    /// <summary>Called after each sleep.</summary>
    public Action<MonoTime>? Slept { get; init; }

    public void SleepUntil(MonoTime instant)
    {
        var grain = Grain.Ticks * TimeSpan.NanosecondsPerTick;
        if (instant > Now) _now = (instant.Nanoseconds + grain - 1) / grain * grain;
        Slept?.Invoke(Now);
    }

    public void Pass(TimeSpan span) => _now = (Now + span).Nanoseconds;
}
