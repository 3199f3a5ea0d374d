using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;
using Director.Vrrp.Ports;

namespace Director.Tests.Vrrp;

public sealed class AnnouncerTests : IAnnouncementSender
{
    private readonly ManualClock _clock = new();
    private readonly MonoTime _start;
    private readonly List<(double At, string What)> _sent = [];
    private readonly Announcer _announcer;
    private Action? _onSend;
    private bool _refuses;
    private bool _silent;

    public AnnouncerTests() => (_announcer, _start) = (new(this, _clock, TimeSpan.FromMilliseconds(1)), _clock.Now);

    bool IAnnouncementSender.Announce(int link, IpAddress128 address)
    {
        if (_silent) return true;
        _sent.Add(((_clock.Now - _start).TotalSeconds, $"{link}/{address}"));
        _onSend?.Invoke();
        return !_refuses;
    }

    [Fact]
    public void Routers_take_turns_so_that_each_has_its_first_frames_out_before_one_repeats_any()
    {
        var (one, two) = (Job("10.0.0.1", "10.0.0.2"), Job("10.0.1.1", "10.0.1.2"));
        one.AnnounceMastership();
        two.AnnounceMastership();
        RunFor(0);
        Assert.Equal(4, Sent().Take(4).Distinct().Count());
        Assert.Equal(20, _sent.Count);
        RunFor(10);
        Assert.Equal(40, _sent.Count);
        Assert.All(_sent.Skip(20), sent => Assert.Equal(5, sent.At));
    }

    [Fact]
    public void A_round_is_followed_by_a_rest()
    {
        Job([.. Enumerable.Range(1, 200).Select(i => $"10.0.0.{i}")]).AnnounceMastership();
        _announcer.Turn();
        Assert.Equal(VrrpLimits.AnnouncementsPerRound, _sent.Count);
        Assert.Equal(TimeSpan.FromMilliseconds(1), _announcer.NextDeadline - _clock.Now);
        RunFor(0.05);
        Assert.Equal(200, Sent().Take(200).Distinct().Count());
        Assert.True(_sent[199].At < 0.05, $"{_sent[199].At} s");
    }

    [Fact]
    public void Frames_out_of_an_interface_keep_their_interval_by_family_and_those_of_a_group_together()
    {
        AnnouncementPace[] paces =
        [
            new([], TimeSpan.FromMilliseconds(100), TimeSpan.Zero),
            new(["1", "2"], TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20)),
        ];
        _announcer.SetPaces(new(paces, int.Parse));
        var settings = Some.Garp with { Repeat = 2, Delay = TimeSpan.Zero };
        Job(settings, (0, "10.0.0.1"), (0, "2001:db8::1")).AnnounceMastership();
        Job(settings, (1, "10.0.0.2")).AnnounceMastership();
        Job(settings, (2, "10.0.0.3")).AnnounceMastership();
        Job(settings, (1, "2001:db8::2")).AnnounceMastership();
        RunFor(1);
        Assert.Equal([0, 0.1], At("0/10.0.0.1"));
        Assert.Equal([0, 0.1], At("0/2001:db8::1"));
        Assert.Equal([0, 0.01, 0.02, 0.03], [.. At("1/10.0.0.2").Concat(At("2/10.0.0.3")).Order()]);
        Assert.Equal([0, 0.02], At("1/2001:db8::2"));
    }

    [Fact]
    public void Nothing_goes_out_after_cancelling_not_even_in_the_middle_of_a_round()
    {
        var job = Job("10.0.0.1", "10.0.0.2", "10.0.0.3");
        _onSend = () =>
        {
            if (_sent.Count == 2) job.Cancel();
        };
        job.AnnounceMastership();
        RunFor(20);
        Assert.Equal(2, _sent.Count);
        Assert.True(_announcer.NextDeadline.IsNever);
    }

    [Fact]
    public void A_mastership_regained_before_the_loss_was_heard_is_announced_in_full()
    {
        var job = Job("10.0.0.1", "10.0.0.2");
        job.AnnounceMastership();
        _onSend = () =>
        {
            if (_sent.Count != 1) return;
            job.Cancel();
            job.AnnounceMastership();
        };
        RunFor(0.1);
        Assert.Equal(1 + 10, _sent.Count);
    }

    [Fact]
    public void What_is_asked_for_and_cancelled_before_it_is_heard_is_not_sent()
    {
        var job = Job("10.0.0.1");
        job.AnnounceMastership();
        job.AnnounceAgain();
        job.Cancel();
        RunFor(20);
        Assert.Empty(_sent);
    }

    [Fact]
    public void Extra_announcements_are_of_their_addresses_only_and_go_on()
    {
        var settings = Some.Garp with { Repeat = 1, Delay = TimeSpan.Zero, ExtraInterval = TimeSpan.FromSeconds(3) };
        var job = new AnnouncementJob(new());
        job.SetPlan(new(settings, [(0, IpAddress128.Parse("10.0.0.1")), (1, IpAddress128.Parse("10.0.0.2"))], [1]));
        _announcer.Add(job);
        job.AnnounceMastership();
        RunFor(10);
        Assert.Equal([0], At("0/10.0.0.1"));
        Assert.Equal([0, 3, 6, 9], At("1/10.0.0.2"));
    }

    [Fact]
    public void An_addition_announces_what_was_added_and_nothing_else()
    {
        var settings = Some.Garp with { Repeat = 2, Delay = TimeSpan.Zero };
        (int, IpAddress128)[] addresses = [.. new[] { "10.0.0.1", "10.0.0.2", "10.0.0.3" }.Select(text => (0, IpAddress128.Parse(text)))];
        var job = new AnnouncementJob(new());
        job.SetPlan(new(settings, addresses[..2], []) { Added = [] });
        _announcer.Add(job);
        job.AnnounceMastership();
        RunFor(1);
        Assert.Equal(4, _sent.Count);
        Assert.True(job.HasAnnouncedAdditions);

        job.SetPlan(new(settings, addresses, []) { Added = [2] });
        job.AnnounceAdded();
        Assert.False(job.HasAnnouncedAdditions);
        RunFor(10);
        Assert.True(job.HasAnnouncedAdditions);
        Assert.Equal((2, 2, 2), (At("0/10.0.0.1").Length, At("0/10.0.0.2").Length, At("0/10.0.0.3").Length));
    }

    [Fact]
    public void What_was_sent_and_what_was_refused_is_counted()
    {
        var counters = new VrrpCounters();
        var job = new AnnouncementJob(counters);
        job.SetPlan(new(Some.Garp with { Delay = TimeSpan.Zero }, [(0, Some.Vip)], []));
        _announcer.Add(job);
        job.AnnounceMastership();
        RunFor(0);
        Assert.Equal(5, counters.AnnouncementsSent);
        Assert.Equal(0, job.TakeFailures(out _));
        _refuses = true;
        job.AnnounceAdded();
        RunFor(0);
        Assert.Equal(5, counters.AnnouncementsSent);
        Assert.Equal(5, job.TakeFailures(out var address));
        Assert.Equal(Some.Vip, address);
        Assert.Equal(0, job.TakeFailures(out _));
    }

    [Fact]
    public void Sending_allocates_nothing()
    {
        var job = Job("10.0.0.1", "2001:db8::1");
        _sent.Capacity = 1_000;
        job.AnnounceMastership();
        RunFor(0);
        _sent.Clear();
        _clock.Now += TimeSpan.FromSeconds(1);
        job.Cancel();
        job.AnnounceAgain();
        _onSend = null;
        var before = GC.GetAllocatedBytesForCurrentThread();
        _silent = true;
        for (var i = 0; i < 100; i++)
        {
            job.AnnounceAdded();
            _announcer.Turn();
            _clock.Now += TimeSpan.FromMilliseconds(1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private AnnouncementJob Job(params string[] addresses) => Job(Some.Garp, [.. addresses.Select(address => (0, address))]);

    private AnnouncementJob Job(GarpSettings settings, params (int Link, string Address)[] addresses)
    {
        var job = new AnnouncementJob(new());
        job.SetPlan(new(settings, [.. addresses.Select(on => (on.Link, IpAddress128.Parse(on.Address)))], []));
        _announcer.Add(job);
        return job;
    }

    private void RunFor(double seconds)
    {
        var end = _clock.Now + TimeSpan.FromSeconds(seconds);
        _announcer.Turn();
        while (_announcer.NextDeadline <= end || _announcer.NextDeadline <= _clock.Now)
        {
            if (_announcer.NextDeadline > _clock.Now) _clock.Now = _announcer.NextDeadline;
            _announcer.Turn();
        }

        if (end > _clock.Now) _clock.Now = end;
        _announcer.Turn();
    }

    private IEnumerable<string> Sent() => _sent.Select(sent => sent.What);

    private double[] At(string what) => [.. _sent.Where(sent => sent.What == what).Select(sent => Math.Round(sent.At, 6))];
}
