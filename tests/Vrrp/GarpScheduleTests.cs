using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;

namespace Director.Tests.Vrrp;

public class GarpScheduleTests
{
    [Fact]
    public void A_new_master_announces_each_address_five_times_and_five_more_after_five_seconds()
    {
        var schedule = new GarpSchedule(Some.Garp, 3);
        schedule.AnnounceMastership(At(0));
        Assert.Equal(At(0), schedule.NextDeadline);
        Assert.Equal("012012012012012", Take(schedule, At(0)));
        Assert.Equal(At(5), schedule.NextDeadline);
        Assert.Equal("", Take(schedule, At(4.9)));
        Assert.Equal("012012012012012", Take(schedule, At(5)));
        Assert.True(schedule.NextDeadline.IsNever);
    }

    [Fact]
    public void Every_address_is_announced_once_before_any_is_repeated_also_when_frames_are_taken_one_at_a_time()
    {
        var schedule = new GarpSchedule(Some.Garp with { Delay = TimeSpan.Zero, Repeat = 2 }, 2);
        schedule.AnnounceMastership(At(0));
        Assert.True(TryTake(schedule, At(0), out var first));
        Assert.True(TryTake(schedule, At(1), out var second));
        Assert.Equal((0, 1), (first, second));
        Assert.Equal(At(0), schedule.NextDeadline);
        Assert.Equal("01", Take(schedule, At(2)));
    }

    [Fact]
    public void Refreshes_go_on_until_cancelled_and_missed_ones_are_not_made_up()
    {
        var schedule = new GarpSchedule(Some.Garp with { Repeat = 1, Delay = TimeSpan.Zero, Refresh = TimeSpan.FromSeconds(10) }, 1);
        schedule.AnnounceMastership(At(0));
        Assert.Equal("0", Take(schedule, At(0)));
        Assert.Equal("0", Take(schedule, At(10)));
        Assert.Equal("0", Take(schedule, At(45)));
        Assert.Equal(At(50), schedule.NextDeadline);
        schedule.Cancel();
        Assert.True(schedule.NextDeadline.IsNever);
        Assert.Equal("", Take(schedule, At(100)));
    }

    [Fact]
    public void Lower_masters_are_answered_once_per_delay_however_many_adverts_come()
    {
        var schedule = new GarpSchedule(Some.Garp with { LowerPriorityRepeat = 1 }, 1);
        for (var i = 0; i < 10; i++) schedule.AnnounceAgain(At(0.1 * i));
        Assert.Equal("0", Take(schedule, At(1)));
        Assert.Equal("0", Take(schedule, At(5)));
        schedule.AnnounceAgain(At(6));
        Assert.Equal("0", Take(schedule, At(6)));
    }

    [Fact]
    public void Also_a_new_master_answers_lower_ones_once_per_delay()
    {
        var schedule = new GarpSchedule(Some.Garp with { Repeat = 1, LowerPriorityRepeat = 1 }, 1);
        schedule.AnnounceMastership(At(0));
        Assert.Equal("0", Take(schedule, At(0)));
        schedule.AnnounceAgain(At(1));
        Assert.Equal("0", Take(schedule, At(1)));
        schedule.AnnounceAgain(At(2));
        Assert.Equal("", Take(schedule, At(2)));
        Assert.Equal("0", Take(schedule, At(5)));
    }

    [Fact]
    public void Cancelling_stops_a_burst_in_the_middle()
    {
        var schedule = new GarpSchedule(Some.Garp, 2);
        schedule.AnnounceMastership(At(0));
        Assert.True(TryTake(schedule, At(0), out _));
        schedule.Cancel();
        Assert.Equal("", Take(schedule, At(20)));
    }

    private static MonoTime At(double seconds) => MonoTime.Zero + TimeSpan.FromSeconds(seconds);

    private static string Take(GarpSchedule schedule, MonoTime now)
    {
        var taken = "";
        while (TryTake(schedule, now, out var index)) taken += index;
        return taken;
    }

    private static bool TryTake(GarpSchedule schedule, MonoTime now, out int index)
    {
        if (!schedule.TryPeek(now, out index)) return false;
        schedule.Advance();
        return true;
    }
}
