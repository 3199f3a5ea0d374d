using Director.Net;
using Director.Tracking;

namespace Director.Tests.Tracking;

public sealed class ScriptScheduleTests
{
    private static readonly ScriptSettings Settings = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), 1, 1, false);

    [Fact]
    public void Runs_begin_an_interval_apart_and_never_overlap()
    {
        var schedule = new ScriptSchedule(Settings, At(10));
        Assert.Equal(At(10), schedule.NextStart);

        schedule.Begin(At(10));
        Assert.True(schedule.IsRunning);
        schedule.End(At(10.5));
        Assert.Equal(At(12), schedule.NextStart);

        // One that takes longer than the interval delays the next, and what was missed is not made up.
        schedule.Begin(At(12));
        schedule.End(At(19));
        Assert.Equal(At(19), schedule.NextStart);
        schedule.Begin(At(19));
        schedule.End(At(19.1));
        Assert.Equal(At(21), schedule.NextStart);
        Assert.Equal((At(19), At(19.1), false), (schedule.LastStart, schedule.LastEnd, schedule.IsRunning));
    }

    [Fact]
    public void Without_a_result_for_three_periods_it_is_overdue()
    {
        var schedule = new ScriptSchedule(Settings, At(0));
        Assert.False(schedule.IsOverdue(At(15)));
        Assert.True(schedule.IsOverdue(At(15.1)));
        schedule.Begin(At(16));
        Assert.True(schedule.IsOverdue(At(16)));
        schedule.End(At(17));
        Assert.False(schedule.IsOverdue(At(32)));
        Assert.True(schedule.IsOverdue(At(32.1)));
    }

    private static MonoTime At(double seconds) => MonoTime.Zero + TimeSpan.FromSeconds(seconds);
}
