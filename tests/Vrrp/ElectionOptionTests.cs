using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;

namespace Director.Tests.Vrrp;

/// <summary>What options of an instance change in the state machine, and what version 3 does.</summary>
public class ElectionOptionTests
{
    private static readonly MonoTime Start = new(1_000_000_000_000);
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VrrpEffects _effects = new();

    [Fact]
    public void A_backup_of_version_3_goes_by_the_interval_of_the_master_it_hears()
    {
        var router = Started(Version3(Second));
        Assert.Equal((Second, Start + MasterDown(Second)), (router.MasterInterval, router.NextDeadline));
        var now = Start + Second;
        router.Hear(200, Some.Higher, Tenth, now, _effects);
        Assert.Equal((Tenth, now + MasterDown(Tenth)), (router.MasterInterval, router.NextDeadline));
        router.Hear(0, Some.Higher, Second, now, _effects);
        Assert.Equal((Tenth, now + VrrpTimers.Skew(VrrpVersion.V3, Tenth, 150)), (router.MasterInterval, router.NextDeadline));
    }

    [Fact]
    public void Of_two_masters_the_higher_ones_interval_counts_until_that_one_is_silent()
    {
        var router = Started(Version3(Tenth));
        router.Hear(200, Some.Higher, Second, Start, _effects);
        var silent = Start + MasterDown(Second);
        // The lower one's last advert, under way while it yields; and some more, had it not heard the other.
        router.Hear(180, Some.Lower, Tenth, Start + (Tenth / 100), _effects);
        Assert.Equal((Second, silent), (router.MasterInterval, router.NextDeadline));
        router.Hear(180, Some.Lower, Tenth, silent - (Tenth / 100), _effects);
        Assert.Equal((Second, silent - (Tenth / 100) + MasterDown(Tenth)), (router.MasterInterval, router.NextDeadline));
        router.Hear(180, Some.Lower, Tenth, silent, _effects);
        Assert.Equal((Tenth, silent + MasterDown(Tenth)), (router.MasterInterval, router.NextDeadline));
        // The same one is believed whatever its priority is by now, and the higher one again at once.
        router.Hear(160, Some.Lower, Second, silent, _effects);
        Assert.Equal((Second, silent + MasterDown(Second)), (router.MasterInterval, router.NextDeadline));
        router.Hear(200, Some.Higher, Tenth, silent, _effects);
        Assert.Equal((Tenth, silent + MasterDown(Tenth)), (router.MasterInterval, router.NextDeadline));
    }

    [Fact]
    public void A_lower_advert_that_is_not_believed_teaches_no_interval()
    {
        var router = Started(Version3(Second));
        router.Hear(100, Some.Higher, Tenth, Start + Second, _effects);
        Assert.Equal((Second, Start + MasterDown(Second)), (router.MasterInterval, router.NextDeadline));
    }

    [Fact]
    public void A_master_of_version_3_goes_by_its_own_interval_and_learns_that_of_the_one_it_yields_to()
    {
        var router = Started(Version3(Second));
        router.Hear(200, Some.Higher, Tenth, Start, _effects);
        var now = router.NextDeadline;
        router.Apply(VrrpEvent.Timer, now, _effects);
        Assert.Equal((VrrpState.Master, Second, now + Second), (router.State, router.MasterInterval, router.NextDeadline));
        router.Hear(200, Some.Higher, Tenth, now, _effects);
        Assert.Equal((VrrpState.Backup, Tenth, now + MasterDown(Tenth)), (router.State, router.MasterInterval, router.NextDeadline));
        router.Apply(VrrpEvent.Health(FaultReasons.InterfaceDown), now, _effects);
        router.Apply(VrrpEvent.Health(FaultReasons.None), now, _effects);
        Assert.Equal((VrrpState.Backup, Second, now + MasterDown(Second)), (router.State, router.MasterInterval, router.NextDeadline));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(40950, 40950)]
    [InlineData(3_600_000, 40950)]
    public void A_learned_interval_is_one_that_version_3_has(int told, int learned)
    {
        var router = Started(Version3(Second));
        router.Hear(200, Some.Higher, TimeSpan.FromMilliseconds(told), Start, _effects);
        Assert.Equal(TimeSpan.FromMilliseconds(learned), router.MasterInterval);
    }

    [Fact]
    public void Version_2_learns_no_interval()
    {
        var router = Started(Some.Instance());
        router.Hear(200, Some.Higher, Tenth, Start, _effects);
        Assert.Equal(Second, router.MasterInterval);
    }

    [Fact]
    public void New_settings_move_the_timer_of_a_backup_that_goes_by_its_own_interval_and_not_by_the_master_s()
    {
        var own = Started(Version3(Second));
        own.Reconfigure(Version3(Tenth));
        Assert.Equal(Start + MasterDown(Tenth), own.NextDeadline);

        var learned = Started(Version3(Second));
        learned.Hear(200, Some.Higher, Second * 2, Start, _effects);
        learned.Reconfigure(Version3(Tenth));
        Assert.Equal(Start + MasterDown(Second * 2), learned.NextDeadline);
    }

    [Fact]
    public void A_master_that_leaves_lower_adverts_unanswered_announces_but_keeps_to_its_ticks()
    {
        var router = Master(Some.Instance() with { LeavesLowerUnanswered = true });
        var tick = router.NextDeadline;
        router.Hear(100, Some.Higher, Second, tick - (Second / 2), _effects);
        Assert.Equal("again notice:ForcingElection", Text());
        Assert.Equal((VrrpState.Master, tick), (router.State, router.NextDeadline));
        router.Hear(0, Some.Higher, Second, tick, _effects);
        Assert.Equal("advertise:150", Text());
    }

    [Fact]
    public void A_master_that_yields_sends_one_more_advert_if_that_is_wanted()
    {
        var router = Master(Some.Instance() with { AnswersHigher = true });
        router.Hear(200, Some.Higher, Second, router.NextDeadline, _effects);
        Assert.Equal("notice:YieldingToHigher advertise:150 remove state:Outranked", Text());
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(254, "")]
    [InlineData(255, "notice:SecondOwner")]
    public void An_owner_that_ignores_adverts_stays_master_and_tells_of_a_second_owner(byte priority, string effects)
    {
        var router = Started(Owner with { OwnerIgnoresAdverts = true });
        Assert.Equal(VrrpState.Master, router.State);
        foreach (var source in new[] { Some.Lower, Some.Higher })
        {
            var deadline = router.NextDeadline;
            router.Hear(priority, source, Second, Start, _effects);
            Assert.Equal((VrrpState.Master, deadline, effects), (router.State, router.NextDeadline, Text()));
        }
    }

    [Fact]
    public void An_owner_that_starts_as_backup_is_not_held_up_by_adverts_that_it_ignores()
    {
        var router = Started(Some.Instance(255) with { OwnerIgnoresAdverts = true });
        var deadline = router.NextDeadline;
        router.Hear(255, Some.Higher, Second, Start + Second, _effects);
        Assert.Equal((VrrpState.Backup, deadline), (router.State, router.NextDeadline));
    }

    [Fact]
    public void Of_two_owners_the_one_of_the_higher_address_stays_master_and_both_tell()
    {
        var winner = Started(Owner);
        winner.Hear(255, Some.Lower, Second, Start, _effects);
        Assert.Equal("advertise:255 again notice:ForcingElection notice:SecondOwner", Text());
        Assert.Equal(VrrpState.Master, winner.State);
        var loser = Started(Owner);
        loser.Hear(255, Some.Higher, Second, Start, _effects);
        Assert.Equal("notice:YieldingToHigher notice:SecondOwner remove state:Outranked", Text());
        Assert.Equal((VrrpState.Backup, Start + Some.MasterDown(255)), (loser.State, loser.NextDeadline));
    }

    [Fact]
    public void Until_the_startup_delay_has_passed_a_router_is_no_more_than_backup_and_waits_from_then_on()
    {
        var delayed = Start + TimeSpan.FromSeconds(10);
        var router = new VrrpRouter(Some.Instance()) { Source = Some.Source, StartsAfter = delayed };
        router.Apply(VrrpEvent.Startup(default), Start, _effects);
        Assert.Equal(delayed + Some.MasterDown(150), router.NextDeadline);
        router.Hear(0, Some.Higher, Second, Start + Second, _effects);
        Assert.Equal(delayed + Some.Skew(150), router.NextDeadline);
        router.Hear(200, Some.Higher, Second, Start + (Second * 2), _effects);
        Assert.Equal(delayed + Some.MasterDown(150), router.NextDeadline);
        var after = delayed + Second;
        router.Hear(200, Some.Higher, Second, after, _effects);
        Assert.Equal(after + Some.MasterDown(150), router.NextDeadline);

        var owner = new VrrpRouter(Owner) { StartsAfter = delayed };
        owner.Apply(VrrpEvent.Startup(default), Start, _effects);
        Assert.Equal((VrrpState.Backup, delayed), (owner.State, owner.NextDeadline));
        owner.Apply(VrrpEvent.Timer, delayed, _effects);
        Assert.Equal(VrrpState.Master, owner.State);
    }

    [Fact]
    public void More_adverts_may_be_missed_if_that_is_wanted() =>
        Assert.Equal(Start + Some.MasterDown(150) + (Second * 7), Started(Some.Instance() with { DownTimerAdverts = 10 }).NextDeadline);

    [Theory]
    [InlineData(true, 100, 3.6, VrrpState.Master)]
    [InlineData(true, 100, 3.62, VrrpState.Backup)]
    [InlineData(true, 0, 100, VrrpState.Master)]
    [InlineData(false, 100, 100, VrrpState.Master)]
    public void A_master_held_up_for_as_long_as_a_peer_waits_becomes_backup_if_it_may_not_preempt(
        bool noPreempt, byte other, double seconds, VrrpState expected)
    {
        foreach (var hears in new[] { false, true })
        {
            var router = Master(Some.Instance() with { NoPreempt = noPreempt, PausedYieldsTo = other });
            var now = router.NextDeadline - Second + TimeSpan.FromSeconds(seconds);
            if (hears) router.Hear(100, Some.Higher, Second, now, _effects);
            else router.Apply(VrrpEvent.Timer, now, _effects);
            Assert.Equal(expected, router.State);
            if (expected == VrrpState.Backup)
                Assert.Equal(("remove state:Paused", now + Some.MasterDown(150)), (Text(), router.NextDeadline));
        }
    }

    [Fact]
    public void Ranks_are_of_the_effective_priority()
    {
        var router = Master(Some.Instance());
        router.Apply(VrrpEvent.PriorityChanged(90), router.NextDeadline, _effects);
        Assert.Equal("notice:PriorityChanged", Text());
        router.Apply(VrrpEvent.Timer, router.NextDeadline, _effects);
        Assert.Equal("advertise:90", Text());
        router.Hear(100, Some.Lower, Second, router.NextDeadline, _effects);
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(Some.MasterDown(90), router.NextDeadline - (Start + Some.MasterDown(150) + (Second * 2)));
    }

    private static VrrpInstanceSettings Owner => Some.Instance(255) with { WantedState = VrrpState.Master };

    private static VrrpInstanceSettings Version3(TimeSpan interval) =>
        Some.Instance() with { Version = VrrpVersion.V3, AdvertInterval = interval };

    private static TimeSpan MasterDown(TimeSpan interval) => VrrpTimers.MasterDown(VrrpVersion.V3, interval, 150);

    private VrrpRouter Started(VrrpInstanceSettings settings)
    {
        var router = new VrrpRouter(settings) { Source = Some.Source };
        router.Apply(VrrpEvent.Startup(default), Start, _effects);
        return router;
    }

    private VrrpRouter Master(VrrpInstanceSettings settings)
    {
        var router = Started(settings);
        router.Apply(VrrpEvent.Timer, router.NextDeadline, _effects);
        return router;
    }

    private string Text() => Some.Text(_effects);
}
