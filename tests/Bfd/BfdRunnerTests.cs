using Director.Bfd;
using Director.Bfd.Ports;
using Director.Bfd.Wire;
using Director.Net;
using Director.Tests.Bfd.Support;
using Director.Tests.Vrrp.Support;

namespace Director.Tests.Bfd;

public class BfdRunnerTests
{
    private readonly ManualClock _clock = new();
    private readonly RecordingLink _link = new();
    private readonly RecordingBfdObserver _observer = new();
    private readonly BfdRunner _runner;

    public BfdRunnerTests() => _runner = new(_link, _observer, _clock, 42);

    [Fact]
    public void A_session_comes_up_by_three_packets_and_takes_the_neighbour_s_number()
    {
        _runner.Configure([SomeBfd.Settings()]);
        Hear(BfdState.Down);
        Assert.Equal((BfdState.Init, 0u), (Last().State, First().YourDiscriminator));
        Assert.Equal(0x0a0b0c0du, Last().YourDiscriminator);
        Hear(BfdState.Up, Session().LocalDiscriminator);
        Assert.Equal(["peer Down None", "peer Init None", "peer Up None"], _observer.Log);
        Assert.Equal((2, 3), ((int)Session().Counters.PacketsReceived, (int)Session().Counters.PacketsSent));
        Assert.All(_link.Sent, packet => Assert.Equal(BfdRejection.None, BfdControl.TryParse(packet, out _)));
    }

    [Fact]
    public void A_packet_is_the_session_s_that_it_names_or_its_neighbour_s_if_it_names_none()
    {
        var other = IpAddress128.Parse("10.9.0.3");
        _runner.Configure([SomeBfd.Settings("one"), SomeBfd.Settings("two") with { Neighbor = other },
            SomeBfd.Settings("far") with { IsMultihop = true, LowestHopLimit = 250 },
            SomeBfd.Settings("ours") with { Source = IpAddress128.Parse("10.9.0.9") }]);
        Deliver(SomeBfd.Control(BfdState.Down), SomeBfd.FromPeer with { Source = other });
        Deliver(SomeBfd.Control(BfdState.Down), SomeBfd.FromPeer with { IsMultihop = true, HopLimit = 250 });
        Deliver(SomeBfd.Control(BfdState.Down), SomeBfd.FromPeer with { Destination = IpAddress128.Parse("10.9.0.9") });
        Assert.Equal([BfdState.Down, BfdState.Init, BfdState.Init, BfdState.Init], _runner.Sessions.Select(session => session.State));
        // Another's number, from the wrong neighbour: neither of the two is touched.
        Deliver(SomeBfd.Control(BfdState.Down, Session("two").LocalDiscriminator), SomeBfd.FromPeer);
        Assert.Equal(1, Session("two").Counters.Rejected(BfdRejection.Address));
        Assert.Equal("two rejected Address 10.9.0.2", _observer.Log[^1]);
        Deliver(SomeBfd.Control(BfdState.Down, 1), SomeBfd.FromPeer);
        Deliver(SomeBfd.Control(BfdState.Down), SomeBfd.FromPeer with { Source = IpAddress128.Parse("10.9.0.77") });
        Assert.Equal(2, _runner.Unclaimed.Rejected(BfdRejection.UnknownSession));
        Assert.Equal(BfdState.Down, Session("one").State);
    }

    [Theory]
    [InlineData(255, 255, true)]
    [InlineData(255, 254, false)]
    [InlineData(250, 250, true)]
    [InlineData(250, 249, false)]
    [InlineData(250, 0, false)]
    [InlineData(0, 0, true)]
    public void A_packet_may_have_come_through_so_many_routers_and_no_more(byte lowest, byte arrived, bool isTaken)
    {
        _runner.Configure([SomeBfd.Settings() with { LowestHopLimit = lowest }]);
        Deliver(SomeBfd.Control(BfdState.Down), SomeBfd.FromPeer with { HopLimit = arrived });
        Assert.Equal(isTaken ? BfdState.Init : BfdState.Down, Session().State);
        Assert.Equal(isTaken ? 0 : 1, Session().Counters.Rejected(BfdRejection.HopLimit));
    }

    [Fact]
    public void An_authenticated_packet_is_not_taken()
    {
        _runner.Configure([SomeBfd.Settings()]);
        var packet = SomeBfd.Bytes(SomeBfd.Control(BfdState.Down));
        packet[1] |= 0x04;
        packet[3] = 28;
        _link.Deliver([.. packet, 1, 4, 0, 0], SomeBfd.FromPeer);
        _runner.Turn();
        Assert.Equal((BfdState.Down, 1), (Session().State, (int)Session().Counters.Rejected(BfdRejection.Authentication)));
    }

    [Fact]
    public void What_has_been_received_is_heard_before_a_silence_is_believed()
    {
        ComeUp();
        _clock.Advance(60);
        Deliver(SomeBfd.Control(BfdState.Up, Session().LocalDiscriminator), SomeBfd.FromPeer);
        Assert.Equal(BfdState.Up, Session().State);
        _clock.Advance(0.239);
        _runner.Turn();
        Assert.Equal(BfdState.Up, Session().State);
        _clock.Advance(0.001);
        _runner.Turn();
        Assert.Equal(BfdState.Down, Session().State);
    }

    [Fact]
    public void In_a_flood_that_does_not_end_packets_go_out_and_a_silence_is_still_seen()
    {
        ComeUp();
        _clock.Advance(1);
        var before = _link.Sent.Count;
        for (var i = 0; i < BfdLimits.DrainedDatagrams * 2; i++) _link.Deliver([1, 2, 3], SomeBfd.FromPeer);
        _runner.Turn();
        Assert.Equal(BfdState.Down, Session().State);
        Assert.Equal(BfdLimits.DrainedDatagrams, _runner.Unclaimed.Rejected(BfdRejection.Truncated));
        Assert.True(_link.Sent.Count > before);
    }

    [Fact]
    public void A_reload_keeps_what_is_the_same_session_tells_what_is_gone_and_starts_what_is_new()
    {
        ComeUp();
        var discriminator = Session().LocalDiscriminator;
        var settings = SomeBfd.Settings() with { MinTx = TimeSpan.FromMilliseconds(200), HopLimit = 64 };
        _runner.Configure([settings, SomeBfd.Settings("new") with { Neighbor = IpAddress128.Parse("10.9.0.3") }]);
        Assert.Equal((BfdState.Up, discriminator, true),
            (Session().State, Session().LocalDiscriminator, Session().IsPolling));
        Assert.Equal(2, _link.OpenEnds);
        _link.Sent.Clear();
        _runner.Configure([SomeBfd.Settings("new") with { Neighbor = IpAddress128.Parse("10.9.0.3") }]);
        Assert.Equal((BfdState.AdminDown, BfdDiagnostic.AdministrativelyDown), (Last().State, Last().Diagnostic));
        Assert.Single(_link.Sent);
        Assert.Equal("new", Assert.Single(_runner.Sessions).Settings.Name);
        Assert.Equal(1, _link.OpenEnds);
        _runner.Shutdown();
        Assert.Equal(0, _link.OpenEnds);
        Assert.True(_runner.NextDeadline.IsNever);
        Assert.Empty(_runner.Sessions);
    }

    [Fact]
    public void Without_sessions_what_still_arrives_is_taken_from_the_sockets_so_that_nothing_wakes_for_it_for_ever()
    {
        ComeUp();
        _runner.Configure([]);
        Deliver(SomeBfd.Control(BfdState.Down), SomeBfd.FromPeer);
        Assert.Equal(1, _runner.Unclaimed.Rejected(BfdRejection.UnknownSession));
        Assert.Equal(0, _link.Waiting);
    }

    [Fact]
    public void What_the_kernel_does_not_take_is_counted_and_told_and_tried_again_at_the_next_interval()
    {
        _link.Refuses = true;
        _runner.Configure([SomeBfd.Settings()]);
        Assert.Equal((1, 0), ((int)Session().Counters.SendFailures, (int)Session().Counters.PacketsSent));
        Assert.Equal("peer send failed", _observer.Log[^1]);
        _link.Refuses = false;
        _clock.Now = _runner.NextDeadline;
        _runner.Turn();
        Assert.Equal(1, Session().Counters.PacketsSent);
    }

    [Fact]
    public void Packets_keep_their_interval_and_lateness_is_measured()
    {
        ComeUp();
        Deliver(SomeBfd.Control(BfdState.Up, Session().LocalDiscriminator) with { IsFinal = true }, SomeBfd.FromPeer);
        var last = _clock.Now;
        for (var i = 0; i < 1000; i++)
        {
            var due = Session().TransmitDeadline;
            if (i > 0) Assert.InRange(due - last, TimeSpan.FromMilliseconds(52.4), TimeSpan.FromMilliseconds(70));
            _clock.Now = due;
            Deliver(SomeBfd.Control(BfdState.Up, Session().LocalDiscriminator), SomeBfd.FromPeer);
            last = due;
        }

        _clock.Now = Session().TransmitDeadline + TimeSpan.FromMilliseconds(7);
        Deliver(SomeBfd.Control(BfdState.Up, Session().LocalDiscriminator), SomeBfd.FromPeer);
        Assert.Equal(TimeSpan.FromMilliseconds(7), Session().Counters.MaxLateness);
    }

    [Fact]
    public void Hearing_and_sending_allocate_nothing()
    {
        var link = new SilentLink();
        var runner = new BfdRunner(link, _observer, _clock, 1);
        runner.Configure([SomeBfd.Settings()]);
        var session = runner.Sessions.Single();
        link.Packet = SomeBfd.Bytes(SomeBfd.Control(BfdState.Init, session.LocalDiscriminator) with { IsPoll = true });
        Exchange(100);
        Assert.Equal(BfdState.Up, session.State);
        var (before, sent) = (GC.GetAllocatedBytesForCurrentThread(), link.Sent);
        Exchange(10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(link.Sent >= sent + 10_000);

        void Exchange(int times)
        {
            for (var i = 0; i < times; i++)
            {
                link.HasPacket = true;
                _clock.Now = MonoTime.Min(runner.NextDeadline, _clock.Now + TimeSpan.FromMilliseconds(50));
                runner.Turn();
            }
        }
    }

    private void ComeUp()
    {
        _runner.Configure([SomeBfd.Settings()]);
        Hear(BfdState.Down);
        Hear(BfdState.Up, Session().LocalDiscriminator);
        Assert.Equal(BfdState.Up, Session().State);
    }

    private void Hear(BfdState state, uint your = 0) => Deliver(SomeBfd.Control(state, your), SomeBfd.FromPeer);

    private void Deliver(in BfdControl control, in PacketOrigin origin)
    {
        _link.Deliver(SomeBfd.Bytes(control), origin);
        _runner.Turn();
    }

    private BfdSession Session(string name = "peer") => _runner.Sessions.Single(session => session.Settings.Name == name);

    private BfdControl First() => Read(_link.Sent[0]);

    private BfdControl Last() => Read(_link.Sent[^1]);

    private static BfdControl Read(byte[] packet)
    {
        Assert.Equal(BfdRejection.None, BfdControl.TryParse(packet, out var control));
        return control;
    }
}
