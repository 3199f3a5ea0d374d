using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;

namespace Director.Tests.Vrrp;

public class VrrpRunnerTests
{
    private readonly ManualClock _clock = new();
    private readonly List<string> _log = [];
    private readonly SimulatedLink _link;
    private readonly VrrpRunner _runner;

    public VrrpRunnerTests()
    {
        _link = new SimulatedLink { Log = _log };
        _runner = new VrrpRunner(_link, _link, new RecordingObserver(_log), _clock);
    }

    [Fact]
    public void A_new_master_advertises_then_arms_and_adds_each_address_then_announces()
    {
        Configure(Some.Instance() with { Garp = Some.Garp with { Repeat = 1 } });
        RunToDeadline();
        Assert.Equal(
            "advertise 150; arm 10.9.0.100; add 10.9.0.100/24 e0; VI_1 Master MasterSilent; announce 10.9.0.100", TakeLog());
    }

    [Fact]
    public void A_master_that_is_told_to_stop_resigns_then_removes_then_disarms()
    {
        BecomeMaster();
        _runner.Shutdown();
        Assert.Equal("advertise 0; remove 10.9.0.100; disarm 10.9.0.100; VI_1 Init Shutdown", TakeLog());
        Assert.True(_runner.NextDeadline.IsNever);
    }

    [Fact]
    public void What_a_predecessor_left_is_removed_and_disarmed_before_anything_else_and_only_the_first_time()
    {
        _link.Leftovers.Add(IpAddress128.Parse("10.9.0.77"));
        _runner.Configure([Some.Instance()]);
        Assert.Equal("clean 10.9.0.77; disarm 10.9.0.77; disarm 10.9.0.100; VI_1 Backup Startup", TakeLog());
        _runner.Configure([Some.Instance()]);
        Assert.Equal("", TakeLog());
    }

    [Fact]
    public void The_heir_of_a_dead_master_resigns_for_it_and_comes_back_within_its_skew()
    {
        _link.Leftovers.Add(Some.Vip);
        _runner.Configure([Some.Instance()]);
        Assert.Equal("clean 10.9.0.100; disarm 10.9.0.100; disarm 10.9.0.100; advertise 0; VI_1 Backup Startup", TakeLog());
        Assert.Equal(_clock.Now + Some.Skew(150), _runner.NextDeadline);
        RunToDeadline();
        Assert.Equal(VrrpState.Master, Router.State);
    }

    [Fact]
    public void The_heir_of_a_dead_master_follows_a_higher_one_that_answers()
    {
        _link.Leftovers.Add(Some.Vip);
        Configure(Some.Instance());
        _link.Deliver(Some.Datagram(Some.Instance(), Some.Higher, 200));
        _runner.Turn();
        Assert.Equal(_clock.Now + Some.MasterDown(150), _runner.NextDeadline);
    }

    [Fact]
    public void An_advert_that_waits_in_the_socket_is_heard_before_the_timer_it_stops_is_believed()
    {
        Configure(Some.Instance());
        _clock.Now = _runner.NextDeadline + TimeSpan.FromSeconds(30);
        _link.Deliver(Some.Datagram(Some.Instance(), Some.Higher, 200));
        _runner.Turn();
        Assert.Equal("", TakeLog());
        Assert.Equal(VrrpState.Backup, Router.State);
    }

    [Fact]
    public void It_is_heard_even_behind_more_junk_than_fits_a_batch()
    {
        Configure(Some.Instance());
        _clock.Now = _runner.NextDeadline;
        for (var i = 0; i < 5 * VrrpLimits.ReceiveBatch; i++) _link.Deliver([1, 2, 3]);
        _link.Deliver(Some.Datagram(Some.Instance(), Some.Higher, 200));
        _runner.Turn();
        Assert.Equal(VrrpState.Backup, Router.State);
        Assert.Equal(5 * VrrpLimits.ReceiveBatch, _runner.Unclaimed.Rejected(AdvertisementRejection.Truncated));
    }

    [Fact]
    public void A_flood_without_end_delays_a_takeover_by_a_bounded_number_of_datagrams()
    {
        Configure(Some.Instance());
        _clock.Now = _runner.NextDeadline;
        var delivered = 0;
        _link.OnReceive = () =>
        {
            for (var i = 0; i <= VrrpLimits.ReceiveBatch; i++, delivered++) _link.Deliver([1, 2, 3]);
        };
        _runner.Turn();
        Assert.Equal(VrrpState.Master, Router.State);
        Assert.InRange(delivered, VrrpLimits.DrainedDatagrams, VrrpLimits.DrainedDatagrams + (4 * VrrpLimits.ReceiveBatch));
    }

    [Fact]
    public void A_master_s_advert_goes_out_after_the_first_batch_of_a_flood()
    {
        BecomeMaster();
        _clock.Now = _runner.NextDeadline;
        for (var i = 0; i < 10 * VrrpLimits.ReceiveBatch; i++) _link.Deliver([1, 2, 3]);
        var waitingWhenSent = -1;
        _link.OnSend = _ => waitingWhenSent = _link.Waiting;
        _runner.Turn();
        Assert.Equal(9 * VrrpLimits.ReceiveBatch, waitingWhenSent);
    }

    [Fact]
    public void A_spray_of_malformed_adverts_does_not_move_a_single_advert()
    {
        BecomeMaster();
        var sent = new List<MonoTime>();
        _link.OnSend = _ => sent.Add(_clock.Now);
        var start = _runner.NextDeadline;
        var random = new Random(7);
        for (; _clock.Now < start + TimeSpan.FromSeconds(10); _clock.Advance(0.005))
        {
            var datagram = Some.Datagram(Some.Instance(), Some.Higher, 200);
            datagram[random.Next(20, datagram.Length)] ^= (byte)random.Next(1, 256);
            _link.Deliver(datagram);
            while (_runner.NextDeadline <= _clock.Now || _link.Waiting > 0) _runner.Turn();
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => start + TimeSpan.FromSeconds(i)), sent.Select(RoundDown).Distinct());
        Assert.Equal(VrrpState.Master, Router.State);

        MonoTime RoundDown(MonoTime at) => start + TimeSpan.FromSeconds(Math.Floor((at - start).TotalSeconds + 1e-9));
    }

    [Fact]
    public void A_master_that_overslept_its_peers_patience_hears_them_before_it_speaks()
    {
        BecomeMaster();
        _clock.Now = _runner.NextDeadline + TimeSpan.FromSeconds(10);
        _link.Deliver(Some.Datagram(Some.Instance(), Some.Higher, 200));
        _runner.Turn();
        Assert.Equal(
            "VI_1 YieldingToHigher 10.9.0.2; remove 10.9.0.100; disarm 10.9.0.100; VI_1 Backup Outranked", TakeLog());
    }

    [Fact]
    public void An_address_that_somebody_takes_away_makes_the_master_resign_and_come_back_within_its_skew()
    {
        BecomeMaster();
        _link.TakeAway(Some.Vip);
        _runner.Turn();
        Assert.Equal("advertise 0; remove 10.9.0.100; disarm 10.9.0.100; VI_1 Backup AddressLost", TakeLog());
        Assert.Equal(_clock.Now + Some.Skew(150), _runner.NextDeadline);
        RunToDeadline();
        Assert.Equal(VrrpState.Master, Router.State);
    }

    [Fact]
    public void Its_own_removals_are_not_mistaken_for_somebody_else_s()
    {
        BecomeMaster();
        _link.Deliver(Some.Datagram(Some.Instance(), Some.Higher, 200));
        _runner.Turn();
        _link.Deliver(Some.Datagram(Some.Instance(), Some.Higher, 0));
        _runner.Turn();
        RunToDeadline();
        Assert.Equal(VrrpState.Master, Router.State);
        TakeLog();
        _runner.Turn();
        Assert.Equal(VrrpState.Master, Router.State);
    }

    [Fact]
    public void A_link_that_goes_down_is_a_fault_and_its_return_a_fresh_start()
    {
        BecomeMaster();
        _link.Set(new(false, Some.Source));
        _runner.Turn();
        Assert.Equal("advertise 0; remove 10.9.0.100; disarm 10.9.0.100; VI_1 Fault Fault", TakeLog());
        _link.Set(new(true, default));
        _runner.Turn();
        Assert.Equal((VrrpState.Fault, FaultReasons.NoSourceAddress), (Router.State, Router.Faults));
        _link.Set(new(true, Some.Higher));
        _runner.Turn();
        Assert.Equal((VrrpState.Backup, Some.Higher), (Router.State, Router.Source));
        Assert.Equal(_clock.Now + Some.MasterDown(150), _runner.NextDeadline);
    }

    [Fact]
    public void While_nobody_would_serve_it_stays_in_fault_and_takes_part_again_after_that()
    {
        BecomeMaster();
        _runner.SetMainStalled(true);
        Assert.Equal("advertise 0; remove 10.9.0.100; disarm 10.9.0.100; VI_1 Fault Fault", TakeLog());
        Assert.Equal(FaultReasons.MainStalled, Router.Faults);
        _runner.SetMainStalled(true);
        _runner.SetMainStalled(false);
        Assert.Equal("VI_1 Backup Recovery", TakeLog());
    }

    [Fact]
    public void Reloading_a_master_touches_only_the_addresses_that_changed_and_no_advert_is_missed()
    {
        BecomeMaster();
        var next = Router.NextDeadline;
        VirtualAddress added = new(IpAddress128.Parse("10.9.0.101"), 24);
        _runner.Configure([Some.Instance() with { Addresses = [new(Some.Vip, 24), added] }]);
        Assert.Equal("arm 10.9.0.101; add 10.9.0.101/24 e0", TakeLog());
        Assert.Equal(next, Router.NextDeadline);
        _runner.Turn();
        Assert.Contains("announce 10.9.0.101", TakeLog(), StringComparison.Ordinal);
        _runner.Configure([Some.Instance() with { Addresses = [added] }]);
        Assert.Equal("remove 10.9.0.100; disarm 10.9.0.100", TakeLog());
        _runner.Turn();
        Assert.Equal(VrrpState.Master, Router.State);
        TakeLog();
        _runner.Configure([]);
        Assert.Equal("advertise 0; remove 10.9.0.101; disarm 10.9.0.101; VI_1 Init Shutdown", TakeLog());
    }

    [Fact]
    public void A_thousand_addresses_are_announced_in_slices_with_the_adverts_in_between()
    {
        var excluded = Enumerable.Range(1, 1000).Select(i => new VirtualAddress(IpAddress128.FromV4(0x0a0a0000u + (uint)i))).ToArray();
        Configure(Some.Instance() with { ExcludedAddresses = excluded });
        RunToDeadline();
        TakeLog();
        var longest = 0;
        while (_runner.NextDeadline <= _clock.Now)
        {
            _runner.Turn();
            longest = Math.Max(longest, _log.Count);
            _log.Clear();
        }

        Assert.Equal(5 * 1001, Router.Counters.AnnouncementsSent);
        Assert.Equal(VrrpLimits.AnnouncementsPerRound, longest);
    }

    [Fact]
    public void An_advert_that_the_kernel_refuses_is_counted_and_tried_again_at_the_next_tick()
    {
        BecomeMaster();
        _link.RefusesToSend = true;
        RunToDeadline();
        Assert.Equal("VI_1 failed Advertise 10.9.0.1", TakeLog());
        Assert.Equal((1, 1), (Router.Counters.AdvertisementsSent, Router.Counters.SendFailures));
        _link.RefusesToSend = false;
        RunToDeadline();
        Assert.Equal("advertise 150", TakeLog());
    }

    [Fact]
    public void Two_instances_on_one_interface_do_not_hear_each_other()
    {
        var other = Some.Instance(50) with { Name = "VI_2", VirtualRouterId = 0x34, Addresses = [new(IpAddress128.Parse("10.9.0.101"))] };
        Configure(Some.Instance(), other);
        _clock.Advance(4);
        _runner.Turn();
        _link.Deliver(Some.Datagram(other, Some.Higher, 200));
        _link.Deliver(Some.Datagram(other with { VirtualRouterId = 0x35 }, Some.Higher, 200));
        _runner.Turn();
        Assert.Equal([VrrpState.Master, VrrpState.Backup], _runner.Routers.Select(router => router.State));
        Assert.Equal(1, _runner.Unclaimed.Rejected(AdvertisementRejection.UnknownRouter));
    }

    [Theory]
    [InlineData(VrrpVersion.V2)]
    [InlineData(VrrpVersion.V3)]
    public void A_master_in_its_steady_state_and_a_backup_in_its_own_allocate_nothing(VrrpVersion version)
    {
        var link = new SimulatedLink();
        var runner = new VrrpRunner(link, link, new RecordingObserver(null), _clock);
        var first = Some.Instance() with { Version = version };
        var second = first with { Name = "VI_2", VirtualRouterId = 0x34, Addresses = [new(IpAddress128.Parse("10.9.0.101"))] };
        runner.Configure([first, second]);
        var (heard, lower) = (Some.Datagram(first, Some.Higher, 200), Some.Datagram(second, Some.Higher, 7));
        byte[] junk = [1, 2, 3];
        RunSeconds(60);
        Assert.Equal([VrrpState.Backup, VrrpState.Master], runner.Routers.Select(router => router.State));
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunSeconds(600);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void RunSeconds(int seconds)
        {
            for (var i = 0; i < seconds; i++)
            {
                _clock.Advance(1);
                link.Deliver(heard);
                link.Deliver(lower);
                link.Deliver(junk);
                runner.Turn();
            }
        }
    }

    private VrrpRouter Router => _runner.Routers.First();

    private void Configure(params VrrpInstanceSettings[] instances)
    {
        _runner.Configure(instances);
        TakeLog();
    }

    private void BecomeMaster()
    {
        Configure(Some.Instance() with { Garp = Some.Garp with { Repeat = 1, Delay = TimeSpan.Zero } });
        RunToDeadline();
        Assert.Equal(VrrpState.Master, Router.State);
        TakeLog();
    }

    private void RunToDeadline()
    {
        _clock.Now = _runner.NextDeadline;
        _runner.Turn();
    }

    private string TakeLog()
    {
        var text = string.Join("; ", _log);
        _log.Clear();
        return text;
    }
}
