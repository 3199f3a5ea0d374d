using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;

namespace Director.Tests.Vrrp;

/// <summary>
/// Every pair of state and event, with what must be done in order and the state after it. A row's deadline is what is waited for
/// from then on: M the master-down interval, S the skew, A the advert interval from now, D the difference of the skews more, = unchanged, -
/// none.
/// </summary>
public class VrrpRouterTransitionTests
{
    private static readonly MonoTime Start = new(1_000_000_000_000);

    public static TheoryData<VrrpState, VrrpEventKind, string, VrrpState, string> Table
    {
        get
        {
            var table = new TheoryData<VrrpState, VrrpEventKind, string, VrrpState, string>
            {
                { VrrpState.Init, VrrpEventKind.Startup, "state:Startup", VrrpState.Backup, "M" },

                { VrrpState.Backup, VrrpEventKind.Shutdown, "state:Shutdown", VrrpState.Init, "-" },
                { VrrpState.Backup, VrrpEventKind.Timer, "advertise:150 add announce state:MasterSilent", VrrpState.Master, "A" },
                { VrrpState.Backup, VrrpEventKind.Fault, "state:Fault", VrrpState.Fault, "-" },
                { VrrpState.Backup, VrrpEventKind.ResigningAdvert, "notice:MasterResigning", VrrpState.Backup, "S" },
                { VrrpState.Backup, VrrpEventKind.LowerAdvert, "notice:DiscardingLower", VrrpState.Backup, "=" },
                { VrrpState.Backup, VrrpEventKind.EqualAdvertLowerSource, "", VrrpState.Backup, "M" },
                { VrrpState.Backup, VrrpEventKind.EqualAdvertSameSource, "notice:SameSource", VrrpState.Backup, "M" },
                { VrrpState.Backup, VrrpEventKind.EqualAdvertHigherSource, "", VrrpState.Backup, "M" },
                { VrrpState.Backup, VrrpEventKind.HigherAdvert, "", VrrpState.Backup, "M" },

                { VrrpState.Backup, VrrpEventKind.GroupElected, "advertise:150 add announce state:MasterSilent", VrrpState.Master, "A" },

                { VrrpState.Master, VrrpEventKind.GroupYielded, "remove state:MemberYielded", VrrpState.Backup, "M" },
                { VrrpState.Master, VrrpEventKind.GroupResigned, "advertise:0 remove state:MemberYielded", VrrpState.Backup, "S" },
                { VrrpState.Master, VrrpEventKind.Shutdown, "advertise:0 remove state:Shutdown", VrrpState.Init, "-" },
                { VrrpState.Master, VrrpEventKind.Timer, "advertise:150", VrrpState.Master, "G" },
                { VrrpState.Master, VrrpEventKind.Fault, "advertise:0 remove state:Fault", VrrpState.Fault, "-" },
                { VrrpState.Master, VrrpEventKind.AddressLost, "advertise:0 remove state:AddressLost", VrrpState.Backup, "S" },
                { VrrpState.Master, VrrpEventKind.ResigningAdvert, "advertise:150", VrrpState.Master, "A" },
                { VrrpState.Master, VrrpEventKind.LowerAdvert, "advertise:150 again notice:ForcingElection", VrrpState.Master, "A" },
                { VrrpState.Master, VrrpEventKind.EqualAdvertLowerSource, "advertise:150 again notice:ForcingElection", VrrpState.Master,
                    "A" },
                { VrrpState.Master, VrrpEventKind.EqualAdvertSameSource, "notice:SameSource", VrrpState.Master, "=" },
                { VrrpState.Master, VrrpEventKind.EqualAdvertHigherSource, "notice:YieldingToHigher remove state:Outranked",
                    VrrpState.Backup, "M" },
                { VrrpState.Master, VrrpEventKind.HigherAdvert, "notice:YieldingToHigher remove state:Outranked", VrrpState.Backup, "M" },

                { VrrpState.Backup, VrrpEventKind.PriorityChanged, "notice:PriorityChanged", VrrpState.Backup, "D" },
                { VrrpState.Master, VrrpEventKind.PriorityChanged, "notice:PriorityChanged", VrrpState.Master, "=" },
                { VrrpState.Fault, VrrpEventKind.PriorityChanged, "notice:PriorityChanged", VrrpState.Fault, "=" },

                { VrrpState.Fault, VrrpEventKind.Shutdown, "state:Shutdown", VrrpState.Init, "-" },
                { VrrpState.Fault, VrrpEventKind.Fault, "state:Fault", VrrpState.Fault, "-" },
                { VrrpState.Fault, VrrpEventKind.Recovery, "state:Recovery", VrrpState.Backup, "M" },
            };
            var listed = table.Select(row => ((VrrpState)row[0], (VrrpEventKind)row[1])).ToHashSet();
            foreach (var state in Enum.GetValues<VrrpState>())
            {
                foreach (var kind in Enum.GetValues<VrrpEventKind>())
                {
                    if (!listed.Contains((state, kind))) table.Add(state, kind, "", state, "=");
                }
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void The_table(VrrpState from, VrrpEventKind kind, string effects, VrrpState to, string deadline)
    {
        var router = In(from);
        var before = router.NextDeadline;
        var now = kind == VrrpEventKind.Timer && !before.IsNever ? before : Start + TimeSpan.FromSeconds(20);
        Assert.Equal(effects,
            Apply(router, new(kind, Some.Lower, 7, kind == VrrpEventKind.Fault ? FaultReasons.NoSourceAddress : default), now));
        Assert.Equal(to, router.State);
        Assert.Equal(Expected(deadline, before, now), router.NextDeadline);
    }

    [Fact]
    public void The_table_has_every_pair() =>
        Assert.Equal(Enum.GetValues<VrrpState>().Length * Enum.GetValues<VrrpEventKind>().Length, Table.Count);

    [Fact]
    public void A_router_starts_in_fault_if_something_is_wrong()
    {
        var router = new VrrpRouter(Some.Instance());
        Assert.Equal("state:Fault", Apply(router, VrrpEvent.Startup(FaultReasons.InterfaceDown), Start));
        Assert.Equal((VrrpState.Fault, FaultReasons.InterfaceDown), (router.State, router.Faults));
        Assert.Equal("", Apply(router, VrrpEvent.Health(FaultReasons.InterfaceDown), Start));
    }

    [Fact]
    public void A_router_that_finds_a_dead_master_s_addresses_makes_its_resignation_good()
    {
        var router = new VrrpRouter(Some.Instance());
        Assert.Equal("advertise:0 state:Startup", Apply(router, VrrpEvent.Startup(FaultReasons.None, isHeir: true), Start));
        Assert.Equal((VrrpState.Backup, Expected("S", default, Start)), (router.State, router.NextDeadline));
    }

    [Fact]
    public void An_owner_that_wants_to_be_master_does_not_wait_and_one_that_does_not_waits()
    {
        var wanting = new VrrpRouter(Some.Instance(255) with { WantedState = VrrpState.Master });
        Assert.Equal("advertise:255 add announce state:Startup", Apply(wanting, VrrpEvent.Startup(default), Start));
        var waiting = new VrrpRouter(Some.Instance(255));
        Assert.Equal("state:Startup", Apply(waiting, VrrpEvent.Startup(default), Start));
    }

    [Theory]
    [InlineData(0, "ResigningAdvert")]
    [InlineData(149, "LowerAdvert")]
    [InlineData(151, "HigherAdvert")]
    [InlineData(255, "HigherAdvert")]
    public void Priority_ranks_before_the_address(byte priority, string kind)
    {
        foreach (var source in new[] { Some.Lower, Some.Source, Some.Higher })
            Assert.Equal(kind, Election.Rank(priority, source, 150, Some.Source).ToString());
    }

    [Fact]
    public void Equal_priorities_are_told_apart_by_address_as_an_unsigned_number()
    {
        Assert.Equal(VrrpEventKind.EqualAdvertLowerSource, Election.Rank(150, Some.Lower, 150, Some.Source));
        Assert.Equal(VrrpEventKind.EqualAdvertSameSource, Election.Rank(150, Some.Source, 150, Some.Source));
        Assert.Equal(VrrpEventKind.EqualAdvertHigherSource, Election.Rank(150, IpAddress128.Parse("200.0.0.1"), 150, Some.Source));
    }

    [Fact]
    public void Without_preemption_a_lower_master_is_followed()
    {
        var router = new VrrpRouter(Some.Instance() with { NoPreempt = true });
        Apply(router, VrrpEvent.Startup(default), Start);
        var later = Start + TimeSpan.FromSeconds(3);
        Assert.Equal("", Apply(router, new(VrrpEventKind.LowerAdvert, Some.Higher, 7), later));
        Assert.Equal(Expected("M", default, later), router.NextDeadline);
    }

    [Fact]
    public void A_preempt_delay_runs_from_the_first_lower_advert_and_a_master_s_death_does_not_wait_for_it()
    {
        var router = new VrrpRouter(Some.Instance() with { PreemptDelay = TimeSpan.FromSeconds(5) });
        Apply(router, VrrpEvent.Startup(default), Start);
        for (var second = 1; second <= 5; second++)
        {
            var now = Start + TimeSpan.FromSeconds(second);
            Apply(router, new(VrrpEventKind.LowerAdvert, Some.Higher, 7), now);
            Assert.Equal(Expected("M", default, now), router.NextDeadline);
        }

        var sixth = Start + TimeSpan.FromSeconds(6);
        var running = router.NextDeadline;
        Assert.Equal("notice:DiscardingLower", Apply(router, new(VrrpEventKind.LowerAdvert, Some.Higher, 7), sixth));
        Assert.Equal(running, router.NextDeadline);
        Assert.Equal("advertise:150 add announce state:Preempting", Apply(router, VrrpEvent.Timer, running));
    }

    [Fact]
    public void A_master_tells_why_it_is_one()
    {
        var router = In(VrrpState.Backup);
        Apply(router, new(VrrpEventKind.ResigningAdvert, Some.Higher), Start);
        Assert.Equal("advertise:150 add announce state:MasterResigned", Apply(router, VrrpEvent.Timer, router.NextDeadline));
    }

    [Fact]
    public void Adverts_stay_on_their_grid_and_missed_ticks_are_skipped()
    {
        var router = In(VrrpState.Master);
        var tick = router.NextDeadline;
        Apply(router, VrrpEvent.Timer, tick + TimeSpan.FromMilliseconds(300));
        Assert.Equal(tick + TimeSpan.FromSeconds(1), router.NextDeadline);
        Apply(router, VrrpEvent.Timer, tick + TimeSpan.FromSeconds(3.5));
        Assert.Equal(tick + TimeSpan.FromSeconds(4), router.NextDeadline);
        Assert.Equal((2, TimeSpan.FromSeconds(2.5)), ((int)router.Counters.TicksSkipped, router.Counters.MaxAdvertLateness));
    }

    [Fact]
    public void A_spray_of_lower_adverts_is_answered_at_most_four_times_an_interval_and_cannot_hold_up_the_adverts()
    {
        var router = In(VrrpState.Master);
        var start = Start + TimeSpan.FromSeconds(10);
        var answers = 0;
        for (var millisecond = 0; millisecond < 10_000; millisecond += 10)
        {
            var now = start + TimeSpan.FromMilliseconds(millisecond);
            if (Apply(router, new(VrrpEventKind.LowerAdvert, Some.Higher, 7), now).StartsWith("advertise", StringComparison.Ordinal))
                answers++;
            Assert.True(router.NextDeadline - now <= TimeSpan.FromSeconds(1));
        }

        Assert.Equal(40, answers);
        Assert.Equal(960, router.Counters.AnswersSuppressed);
    }

    [Fact]
    public void New_settings_move_a_running_master_down_timer_by_the_difference_and_leave_a_running_advert_timer()
    {
        var backup = In(VrrpState.Backup);
        var before = backup.NextDeadline;
        backup.Reconfigure(Some.Instance(50));
        Apply(backup, VrrpEvent.PriorityChanged(50), Start);
        Assert.Equal(before + (Some.Skew(50) - Some.Skew(150)), backup.NextDeadline);
        backup.Reconfigure(Some.Instance(50) with { AdvertInterval = TimeSpan.FromSeconds(2), DownTimerAdverts = 5 });
        Assert.Equal(before + TimeSpan.FromSeconds(7) + (Some.Skew(50) - Some.Skew(150)), backup.NextDeadline);

        var master = In(VrrpState.Master);
        before = master.NextDeadline;
        master.Reconfigure(Some.Instance(50));
        Assert.Equal((VrrpState.Master, before), (master.State, master.NextDeadline));
    }

    private static VrrpRouter In(VrrpState state)
    {
        var router = new VrrpRouter(Some.Instance()) { Source = Some.Source };
        if (state == VrrpState.Init) return router;
        Apply(router, VrrpEvent.Startup(state == VrrpState.Fault ? FaultReasons.InterfaceDown : default), Start);
        if (state == VrrpState.Master) Apply(router, VrrpEvent.Timer, router.NextDeadline);
        Assert.Equal(state, router.State);
        return router;
    }

    private static MonoTime Expected(string deadline, MonoTime before, MonoTime now) => deadline switch
    {
        "M" => now + Some.MasterDown(150),
        "S" => now + Some.Skew(150),
        "A" => now + TimeSpan.FromSeconds(1),
        "G" => before + TimeSpan.FromSeconds(1),
        "D" => before + (Some.Skew(7) - Some.Skew(150)),
        "-" => MonoTime.Never,
        _ => before,
    };

    private static string Apply(VrrpRouter router, in VrrpEvent happened, MonoTime now)
    {
        var effects = new VrrpEffects();
        router.Apply(happened, now, effects);
        return Some.Text(effects);
    }
}
