using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;

namespace Director.Tests.Vrrp;

/// <summary>Trackers and sync groups on a link.</summary>
public class VrrpRunnerTrackingTests
{
    private static readonly TrackerKey Script = new(TrackerKind.Script, "check");
    private static readonly GarpSettings Quiet = Some.Garp with { Repeat = 1, Delay = TimeSpan.Zero, LowerPriorityDelay = TimeSpan.Zero };

    private readonly ManualClock _clock = new();
    private readonly List<string> _log = [];
    private readonly SimulatedLink _link;
    private readonly VrrpRunner _runner;

    public VrrpRunnerTrackingTests()
    {
        _link = new SimulatedLink { Log = _log };
        _runner = new VrrpRunner(_link, _link, new RecordingObserver(_log), _clock);
    }

    [Fact]
    public void An_instance_waits_in_fault_for_the_first_result_of_what_it_tracks_without_a_weight()
    {
        _runner.Configure([First with { Tracked = [new(Script)] }]);
        Assert.Equal((VrrpState.Fault, FaultReasons.TrackerUnknown), (Router.State, Router.Faults));
        _runner.SetTracker(Script, TrackerStatus.Down);
        Assert.Equal(FaultReasons.TrackerDown, Router.Faults);
        _runner.SetTracker(Script, TrackerStatus.Up);
        Assert.Equal((VrrpState.Backup, FaultReasons.None), (Router.State, Router.Faults));
    }

    [Fact]
    public void A_result_that_came_before_the_configuration_counts_and_one_that_nothing_tracks_any_more_is_forgotten()
    {
        _runner.SetTracker(Script, TrackerStatus.Up);
        _runner.Configure([First with { Tracked = [new(Script)] }]);
        Assert.Equal(VrrpState.Backup, Router.State);
        _runner.Configure([First]);
        _runner.Configure([First with { Tracked = [new(Script, 10)] }]);
        Assert.Equal(150, Router.EffectivePriority);
    }

    [Fact]
    public void What_a_reload_begins_to_track_is_no_fault_until_it_is_known_to_be_one()
    {
        BecomeMaster();
        _runner.Configure([First with { Tracked = [new(Script)] }]);
        Assert.Equal("", TakeLog());
        _runner.Configure([First with { Tracked = [new(Script)] }]);
        Assert.Equal("", TakeLog());
        _runner.SetTracker(Script, TrackerStatus.Down);
        Assert.Equal("advertise 0; remove 10.9.0.100; disarm 10.9.0.100; VI_1 Fault Fault", TakeLog());
    }

    [Fact]
    public void A_master_advertises_a_tracked_priority_at_its_next_tick_and_resigns_for_nobody()
    {
        _runner.SetTracker(Script, TrackerStatus.Up);
        BecomeMaster(First with { Tracked = [new(Script, -60)] });
        _runner.SetTracker(Script, TrackerStatus.Down);
        Assert.Equal("VI_1 PriorityChanged ::", TakeLog());
        _clock.Advance(1);
        _runner.Turn();
        Assert.Equal("advertise 90", TakeLog());
    }

    [Fact]
    public void A_reload_to_another_priority_changes_nothing_but_the_next_advert()
    {
        BecomeMaster();
        var tick = _runner.NextDeadline;
        _runner.Configure([First with { Priority = 90 }]);
        Assert.Equal(("VI_1 PriorityChanged ::", tick), (TakeLog(), _runner.NextDeadline));
        _clock.Now = tick;
        _runner.Turn();
        Assert.Equal("advertise 90", TakeLog());
    }

    [Fact]
    public void A_tracked_interface_is_watched_and_its_own_may_be_let_be()
    {
        _runner.Configure([First with { IgnoresOwnInterface = true, Tracked = [new(new(TrackerKind.Interface, "e1"), 20)] }]);
        _runner.Turn();
        Assert.Equal((VrrpState.Backup, 170), (Router.State, Router.EffectivePriority));
        _link.Set(new(false, Some.Source));
        _runner.Turn();
        Assert.Equal((VrrpState.Backup, 150), (Router.State, Router.EffectivePriority));
        _runner.Configure([First with { IgnoresOwnInterface = true, Tracked = [new(new(TrackerKind.Interface, "e1"))] }]);
        Assert.Equal((VrrpState.Fault, FaultReasons.TrackerDown), (Router.State, Router.Faults));
    }

    [Fact]
    public void Trackers_beyond_the_limit_are_refused()
    {
        for (var i = 0; i < VrrpLimits.Trackers; i++)
            Assert.True(_runner.SetTracker(new(TrackerKind.File, $"{i}"), TrackerStatus.Up));
        Assert.False(_runner.SetTracker(Script, TrackerStatus.Up));
        Assert.True(_runner.SetTracker(new(TrackerKind.File, "0"), TrackerStatus.Down));
    }

    [Fact]
    public void A_group_is_told_when_it_starts_and_when_it_changes_and_its_members_go_together()
    {
        BecomeMasters();
        _link.Deliver(Some.Datagram(Second, Some.Higher, 200));
        _runner.Turn();
        Assert.Equal(
            "VI_2 YieldingToHigher 10.9.0.2; remove 10.9.0.101; disarm 10.9.0.101; VI_2 Backup Outranked; "
            + "remove 10.9.0.100; disarm 10.9.0.100; VI_1 Backup MemberYielded; G Backup", TakeLog());
    }

    [Fact]
    public void One_lower_advert_has_all_masters_of_the_group_announce()
    {
        BecomeMasters();
        _link.Deliver(Some.Datagram(First, Some.Higher, 7));
        _runner.Turn();
        _clock.Advance(0.001);
        _runner.Turn();
        var log = TakeLog();
        Assert.StartsWith("advertise 150; VI_1 ForcingElection 10.9.0.2; ", log, StringComparison.Ordinal);
        Assert.Contains("announce 10.9.0.100", log, StringComparison.Ordinal);
        Assert.Contains("announce 10.9.0.101", log, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_group_tracks_every_member_tracks()
    {
        _runner.Configure([First, Second], [Group with { Tracked = [new(Script, 20)] }]);
        _runner.SetTracker(Script, TrackerStatus.Up);
        Assert.All(_runner.Routers, router => Assert.Equal(170, router.EffectivePriority));
    }

    [Fact]
    public void Reloading_a_master_group_touches_nothing_and_dissolving_it_lets_its_members_go_on()
    {
        BecomeMasters();
        var tick = _runner.NextDeadline;
        _runner.Configure([First, Second], [Group]);
        Assert.Equal(("", tick), (TakeLog(), _runner.NextDeadline));
        _runner.Configure([First, Second]);
        Assert.Equal("", TakeLog());
        _link.Deliver(Some.Datagram(Second, Some.Higher, 200));
        _runner.Turn();
        Assert.Equal([VrrpState.Master, VrrpState.Backup], _runner.Routers.Select(router => router.State));
    }

    [Fact]
    public void A_member_that_was_in_fault_by_another_comes_back_when_the_group_is_dissolved()
    {
        _runner.Configure([First, Second with { Tracked = [new(Script)] }], [Group]);
        Assert.Equal([FaultReasons.MemberFault, FaultReasons.TrackerUnknown], _runner.Routers.Select(router => router.Faults));
        _runner.Configure([First, Second with { Tracked = [new(Script)] }]);
        Assert.Equal([VrrpState.Backup, VrrpState.Fault], _runner.Routers.Select(router => router.State));
    }

    [Fact]
    public void An_instance_that_a_reload_adds_to_a_master_group_does_not_take_it_down()
    {
        BecomeMaster();
        _runner.Configure([First, Second], [Group]);
        Assert.Equal("VI_2 Backup Startup; G Backup", TakeLog());
        for (var i = 0; i < 5; i++)
        {
            _clock.Advance(1);
            _runner.Turn();
        }

        Assert.All(_runner.Routers, router => Assert.Equal(VrrpState.Master, router.State));
        Assert.DoesNotContain("advertise 0", TakeLog(), StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_and_trackers_allocate_nothing_in_their_steady_state()
    {
        var link = new SimulatedLink();
        var runner = new VrrpRunner(link, link, new RecordingObserver(null), _clock);
        var (third, fourth) = (Other(3), Other(4));
        runner.Configure([First with { Tracked = [new(Script, 10)] }, Second, third, fourth],
            [Group, new() { Name = "H", Members = [third.Name, fourth.Name] }]);
        var (lower, higher) = (Some.Datagram(Second, Some.Higher, 7), Some.Datagram(third, Some.Higher, 200));
        RunSeconds(60);
        Assert.Equal([VrrpState.Master, VrrpState.Master, VrrpState.Backup, VrrpState.Backup],
            runner.Routers.Select(router => router.State));
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunSeconds(600);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void RunSeconds(int seconds)
        {
            for (var i = 0; i < seconds; i++)
            {
                _clock.Advance(1);
                link.Deliver(lower);
                link.Deliver(higher);
                runner.SetTracker(Script, i % 2 == 0 ? TrackerStatus.Up : TrackerStatus.Down);
                runner.Turn();
            }
        }
    }

    private static SyncGroupSettings Group { get; } = new() { Name = "G", Members = ["VI_1", "VI_2"] };

    private static VrrpInstanceSettings First { get; } = Some.Instance() with { Garp = Quiet };

    private static VrrpInstanceSettings Second { get; } = Other(2);

    private VrrpRouter Router => _runner.Routers.First();

    private static VrrpInstanceSettings Other(int number) => First with
    {
        Name = $"VI_{number}",
        VirtualRouterId = (byte)(0x32 + number),
        Addresses = [new(IpAddress128.FromV4(Some.Vip.V4 + (uint)number - 1))],
    };

    private void BecomeMaster(VrrpInstanceSettings? settings = null)
    {
        _runner.Configure([settings ?? First]);
        RunToMastership();
    }

    private void BecomeMasters()
    {
        _runner.Configure([First, Second], [Group]);
        Assert.EndsWith("VI_1 Backup Startup; VI_2 Backup Startup; G Backup", TakeLog(), StringComparison.Ordinal);
        RunToMastership();
    }

    private void RunToMastership()
    {
        _clock.Advance(3.5);
        _runner.Turn();
        _clock.Advance(0.01);
        _runner.Turn();
        Assert.All(_runner.Routers, router => Assert.Equal(VrrpState.Master, router.State));
        TakeLog();
    }

    private string TakeLog()
    {
        var log = string.Join("; ", _log);
        _log.Clear();
        return log;
    }
}
