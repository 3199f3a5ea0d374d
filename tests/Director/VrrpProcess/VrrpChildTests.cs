using Director.Hosting;
using Director.Linux.Vrrp;
using Director.Net;
using Director.Tests.Bfd.Support;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;
using Director.VrrpProcess;

namespace Director.Tests.VrrpProcess;

/// <summary>The VRRP process in this one, on a simulated link and a clock that stands still, with a real control socket.</summary>
public sealed class VrrpChildTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ManualClock _clock = new();
    private readonly SimulatedLink _link = new() { Log = [] };
    private readonly ControlSocket _main;
    private readonly ControlSocket _theirs;
    private readonly VrrpChild _child;
    private readonly byte[] _buffer = new byte[ControlLimits.MessageSize];
    private TimeSpan _shortestStall = ControlLimits.ShortestStall;

    public VrrpChildTests()
    {
        (_main, _theirs) = ControlSocket.CreatePair();
        _child = new VrrpChild(
            _link, new RecordingLink(), _theirs, new ChildReporter(_theirs, _clock), new ProcessScheduling(_ => { }), _clock, seed: 1);
    }

    [Fact]
    public void It_runs_what_it_is_sent_and_reports_each_state()
    {
        BecomeMaster();
        Assert.Equal(["VI_1 Backup Startup", "(VI_1) Entering BACKUP STATE (init)", "VI_1 Master MasterSilent",
            "(VI_1) Entering MASTER STATE"], Reports());
        Assert.Contains(Some.Vip, _link.Addresses);
    }

    [Fact]
    public void When_the_main_process_is_gone_it_resigns_and_ends()
    {
        BecomeMaster();
        _link.Log!.Clear();
        _main.Dispose();
        // A process that another test begins to start at this moment has a copy of the socket until its exec.
        Assert.True(SpinWait.SpinUntil(() => !_child.Turn(), Patience));
        _child.Resign();
        Assert.Equal(["advertise 0", "remove 10.9.0.100"], _link.Log!);
    }

    [Fact]
    public void When_it_is_told_to_stop_it_ends()
    {
        BecomeMaster();
        Send(ControlKind.Stop);
        Assert.False(_child.Turn());
    }

    [Fact]
    public void While_the_main_process_makes_no_progress_it_resigns_and_after_that_takes_part_again()
    {
        BecomeMaster();
        Reports();
        RunFor(TimeSpan.FromSeconds(1), heartbeats: false);
        Assert.Equal(
            ["no packet could be served for 1 s: resigning until the main process makes progress", "VI_1 Fault Fault",
                "(VI_1) Entering FAULT STATE: the main process makes no progress"], Reports());
        Assert.Empty(_link.Addresses);
        Assert.True(_child.NextDeadline.IsNever);
        Beat();
        Assert.True(_child.Turn());
        Assert.Equal(
            ["the main process makes progress again", "VI_1 Backup Recovery", "(VI_1) Entering BACKUP STATE"], Reports());
    }

    [Theory]
    [InlineData(1, 0.5, 1)]
    [InlineData(2, 0.5, 2)]
    [InlineData(3, 0.5, 2)]
    [InlineData(0.5, 0.5, 0.5)]
    [InlineData(0.1, 0.5, 0.5)]
    [InlineData(0.1, 0.05, 0.1)]
    [InlineData(0.01, 0.05, 0.05)]
    [InlineData(0.01, 0.001, 0.05)]
    public void A_master_whose_worker_stands_still_resigns_within_an_advert_however_lively_the_rest_is(
        double interval, double shortest, double stall)
    {
        _shortestStall = TimeSpan.FromSeconds(shortest);
        var between = TimeSpan.FromSeconds(interval);
        var version = interval < 1 ? VrrpVersion.V3 : VrrpVersion.V2;
        Configure(Some.Instance() with { AdvertInterval = between, Version = version });
        RunFor(between * 4, heartbeats: true);
        Assert.Contains(Some.Vip, _link.Addresses);
        Reports();
        var (worker, served) = (new ProgressWatch(), _clock.Now);
        worker.Look(1, served);
        for (var i = 0; i < 1000 && _link.Addresses.Contains(Some.Vip); i++)
        {
            _clock.Now = MonoTime.Min(_child.NextDeadline, _clock.Now + StallPatience.HeartbeatsOf(TimeSpan.FromSeconds(stall)));
            Send(ControlCodec.WriteHeartbeat(_buffer, worker.Look(1, _clock.Now), _shortestStall));
            Assert.True(_child.Turn());
        }

        Assert.Equal(TimeSpan.FromSeconds(stall), _clock.Now - served);
        Assert.Equal("advertise 0", _link.Log!.Last(entry => entry.StartsWith("advertise", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_kept_this_process_itself_from_running_is_not_held_against_the_workers()
    {
        _shortestStall = ControlLimits.LeastStall;
        Configure(Some.Version3() with { Name = "VI_1" });
        RunFor(TimeSpan.FromSeconds(1), heartbeats: true);
        Reports();
        var served = _clock.Now;
        // Due at its next advert, and there 90 ms later: the machine stood still.
        _clock.Now = _child.NextDeadline + TimeSpan.FromMilliseconds(90);
        var awake = _clock.Now;
        Assert.True(_child.Turn());
        // The main process tells what it saw before.
        Send(ControlCodec.WriteHeartbeat(_buffer, served + TimeSpan.FromMilliseconds(5), _shortestStall));
        Assert.True(_child.Turn());
        Assert.Contains(Some.Vip, _link.Addresses);
        // As long as it might have taken without that, and no longer.
        Assert.True(_child.NextDeadline <= awake + TimeSpan.FromMilliseconds(100));
        _clock.Now = awake + TimeSpan.FromMilliseconds(100);
        Assert.True(_child.Turn());
        Assert.DoesNotContain(Some.Vip, _link.Addresses);
    }

    [Fact]
    public void A_number_that_has_risen_tells_that_there_was_progress_until_the_look_before()
    {
        var watch = new ProgressWatch();
        MonoTime At(int instant) => new(instant);
        Assert.Equal([At(1), At(1), At(2), At(3), At(3), At(3)],
            new[] { (7, 1), (8, 2), (9, 3), (12, 4), (12, 5), (12, 6) }.Select(look => watch.Look(look.Item1, At(look.Item2))));
    }

    [Fact]
    public void A_heartbeat_that_waits_in_the_socket_is_heard_before_the_silence_is_believed()
    {
        BecomeMaster();
        Reports();
        _clock.Advance(60);
        Beat();
        Assert.True(_child.Turn());
        Assert.Empty(Reports());
        Assert.Contains(Some.Vip, _link.Addresses);
    }

    [Fact]
    public void A_settings_problem_is_reported_and_the_other_instances_run()
    {
        Send(ControlCodec.WriteInstance(_buffer, Some.Instance() with { Name = "VI_2", Addresses = [] }));
        Send(ControlCodec.WriteInstance(_buffer, Some.Instance()));
        Send(ControlKind.Commit);
        Assert.True(_child.Turn());
        Assert.Equal(
            ["(VI_2) 0 virtual addresses; an advertisement carries 1 to 255", "VI_1 Backup Startup",
                "(VI_1) Entering BACKUP STATE (init)"], Reports());
    }

    [Fact]
    public void A_second_configuration_replaces_the_first()
    {
        BecomeMaster();
        Reports();
        _link.Log!.Clear();
        Send(ControlCodec.WriteInstance(_buffer, Some.Instance() with { Addresses = [new(Some.Vip, 24), new(Some.Lower)] }));
        Send(ControlKind.Commit);
        Assert.True(_child.Turn());
        Assert.Equal("add 10.9.0.0/32 e0", _link.Log![0]);
        Assert.Empty(Reports());
        Send(ControlKind.Commit);
        Assert.True(_child.Turn());
        Assert.Equal(["VI_1 Init Shutdown", "(VI_1) Stopping"], Reports());
    }

    [Fact]
    public void Counters_are_sent_when_asked_for()
    {
        BecomeMaster();
        Reports();
        Send(ControlKind.CountersRequest);
        Assert.True(_child.Turn());
        Assert.Equal(["counters of VI_1: 1 sent", "counters of : 0 sent"], Reports());
    }

    [Fact]
    public void Lines_of_a_kind_are_rationed()
    {
        BecomeMaster();
        Reports();
        for (var i = 0; i < 100; i++)
        {
            var datagram = Some.Datagram(Some.Instance() with { Password = Some.Password("wrong") }, Some.Higher, 200);
            _link.Deliver(datagram);
            Assert.True(_child.Turn());
        }

        Assert.Equal(
            [
                "(VI_1) ignoring advert from 10.9.0.2: its auth_type differs from ours",
                "(VI_1) there are two masters: 10.9.0.2 advertises virtual_router_id 51 as well; its adverts are ignored, as said",
            ],
            Reports());
        RunFor(ControlLimits.BetweenLines, heartbeats: true);
        Reports();
        _link.Deliver(Some.Datagram(Some.Instance() with { Password = Some.Password("wrong") }, Some.Higher, 200));
        Assert.True(_child.Turn());
        Assert.Equal(
            [
                "(VI_1) ignoring advert from 10.9.0.2: its auth_type differs from ours (and 99 more like it)",
                "(VI_1) there are two masters: 10.9.0.2 advertises virtual_router_id 51 as well; its adverts are ignored, as said"
                    + " (and 99 more like it)",
            ],
            Reports());
    }

    [Fact]
    public void States_that_the_main_process_has_no_room_for_arrive_once_it_reads()
    {
        BecomeMaster();
        for (var flap = 0; flap < 20_000; flap++)
        {
            _link.Set(new(flap % 2 == 1, Some.Source));
            Beat();
            Assert.True(_child.Turn());
        }

        _link.Set(new(false, Some.Source));
        Assert.True(_child.Turn());
        Reports();
        Assert.True(_child.Turn());
        Assert.Equal(["VI_1 Fault Fault"], Reports());
    }

    [Theory]
    [InlineData("0105")]
    [InlineData("02ff")]
    [InlineData("0202")]
    [InlineData("020101")]
    public void What_it_cannot_read_ends_it(string message)
    {
        Send(Convert.FromHexString(message));
        Assert.False(_child.Turn());
    }

    public void Dispose()
    {
        _child.Dispose();
        _main.Dispose();
        _theirs.Dispose();
    }

    private void BecomeMaster()
    {
        Configure(Some.Instance());
        RunFor(TimeSpan.FromSeconds(3.5), heartbeats: true);
    }

    private void Configure(VrrpInstanceSettings settings)
    {
        Send(ControlCodec.WriteSteering(_buffer, false, false));
        Send(ControlCodec.WriteInstance(_buffer, settings with { Garp = Some.Garp with { Repeat = 1, Delay = TimeSpan.Zero } }));
        Send(ControlKind.Commit);
        Assert.True(_child.Turn());
    }

    private void Beat() => Send(ControlCodec.WriteHeartbeat(_buffer, _clock.Now, _shortestStall));

    private void RunFor(TimeSpan length, bool heartbeats)
    {
        var end = _clock.Now + length;
        while (_clock.Now < end)
        {
            _clock.Now = MonoTime.Min(end, MonoTime.Min(_child.NextDeadline, _clock.Now + TimeSpan.FromSeconds(1)));
            if (heartbeats) Beat();
            Assert.True(_child.Turn());
        }
    }

    private void Send(ControlKind kind) => Send(ControlCodec.WriteBare(_buffer, kind));

    private void Send(ReadOnlySpan<byte> message) => Assert.True(_main.TrySend(message));

    private List<string> Reports()
    {
        var reports = new List<string>();
        while (_main.TryReceive(_buffer, out var length, out _) == ControlReceipt.Message)
        {
            Assert.True(ControlReader.TryRead(_buffer.AsSpan(0, length), out var kind, out var reader));
            switch (kind)
            {
                case ControlKind.State:
                    Assert.True(ControlCodec.TryReadState(ref reader, out var state));
                    reports.Add($"{state.Instance} {state.State} {state.Reason}");
                    break;
                case ControlKind.Line:
                    Assert.True(ControlCodec.TryReadLine(ref reader, out var line));
                    reports.Add(line.Text);
                    break;
                case ControlKind.Counters:
                    Assert.True(ControlCodec.TryReadCounters(ref reader, out var counters));
                    reports.Add($"counters of {counters.Instance}: {counters.Counters.AdvertisementsSent} sent");
                    break;
            }
        }

        return reports;
    }
}
