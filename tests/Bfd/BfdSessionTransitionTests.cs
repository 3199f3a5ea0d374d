using Director.Bfd;
using Director.Net;
using Director.Tests.Bfd.Support;

namespace Director.Tests.Bfd;

/// <summary>Every pair of our state and what is heard, with the state after it and what is sent (RFC 5880 §6.8.6).</summary>
public class BfdSessionTransitionTests
{
    private const uint Local = 0x01010101;

    private readonly BfdEffects _effects = new();
    private MonoTime _now = new(1_000_000_000_000);

    public static TheoryData<BfdState, BfdState, BfdState, BfdDiagnostic> Table => new()
    {
        { BfdState.Down, BfdState.AdminDown, BfdState.Down, BfdDiagnostic.None },
        { BfdState.Down, BfdState.Down, BfdState.Init, BfdDiagnostic.None },
        { BfdState.Down, BfdState.Init, BfdState.Up, BfdDiagnostic.None },
        { BfdState.Down, BfdState.Up, BfdState.Down, BfdDiagnostic.None },

        { BfdState.Init, BfdState.AdminDown, BfdState.Down, BfdDiagnostic.NeighborSignaledDown },
        { BfdState.Init, BfdState.Down, BfdState.Init, BfdDiagnostic.None },
        { BfdState.Init, BfdState.Init, BfdState.Up, BfdDiagnostic.None },
        { BfdState.Init, BfdState.Up, BfdState.Up, BfdDiagnostic.None },

        { BfdState.Up, BfdState.AdminDown, BfdState.Down, BfdDiagnostic.NeighborSignaledDown },
        { BfdState.Up, BfdState.Down, BfdState.Down, BfdDiagnostic.NeighborSignaledDown },
        { BfdState.Up, BfdState.Init, BfdState.Up, BfdDiagnostic.None },
        { BfdState.Up, BfdState.Up, BfdState.Up, BfdDiagnostic.None },

        { BfdState.AdminDown, BfdState.AdminDown, BfdState.AdminDown, BfdDiagnostic.AdministrativelyDown },
        { BfdState.AdminDown, BfdState.Down, BfdState.AdminDown, BfdDiagnostic.AdministrativelyDown },
        { BfdState.AdminDown, BfdState.Init, BfdState.AdminDown, BfdDiagnostic.AdministrativelyDown },
        { BfdState.AdminDown, BfdState.Up, BfdState.AdminDown, BfdDiagnostic.AdministrativelyDown },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_state_answers_every_state(BfdState before, BfdState heard, BfdState after, BfdDiagnostic diagnostic)
    {
        var session = In(before);
        _effects.Clear();
        session.Hear(SomeBfd.Control(heard, Local), _now, _effects);
        Assert.Equal((after, diagnostic), (session.State, session.Diagnostic));
        var sent = after == BfdState.Up ? "send Up poll" : $"send {after}";
        Assert.Equal(after != before ? [$"{after} {diagnostic}", sent] : [], Effects());
        Assert.Equal(before == BfdState.AdminDown ? 1 : 0, session.Counters.Rejected(BfdRejection.AdminDown));
    }

    [Theory]
    [InlineData(BfdState.Down, false)]
    [InlineData(BfdState.Init, true)]
    [InlineData(BfdState.Up, true)]
    public void Silence_of_the_detection_time_and_no_less_takes_a_session_down(BfdState before, bool falls)
    {
        var session = In(before);
        session.Hear(SomeBfd.Control(before == BfdState.Down ? BfdState.AdminDown : BfdState.Init, Local), _now, _effects);
        if (before == BfdState.Init) session = In(BfdState.Init);
        // Four of its intervals of 60 ms, as we would take one every 50 ms.
        Assert.Equal(TimeSpan.FromMilliseconds(240), session.DetectionTime);
        _effects.Clear();
        var heard = _now;
        _now = new(heard.Nanoseconds + 239_999_999);
        session.LetTimersRunOut(_now, _effects);
        Assert.Equal(before, session.State);
        _effects.Clear();
        _now = new(heard.Nanoseconds + 240_000_000);
        session.LetTimersRunOut(_now, _effects);
        Assert.Equal(BfdState.Down, session.State);
        Assert.Equal(0u, session.RemoteDiscriminator);
        Assert.Equal(falls ? ["Down DetectionTimeExpired", "send Down"] : [], Effects());
        Assert.Equal(before == BfdState.Up ? 1 : 0, session.Counters.WentDown);
    }

    [Fact]
    public void A_poll_is_answered_at_once_and_not_with_a_poll()
    {
        var session = In(BfdState.Init);
        _effects.Clear();
        session.Hear(SomeBfd.Control(BfdState.Up, Local) with { IsPoll = true }, _now, _effects);
        Assert.Equal(["Up None", "send Up final"], Effects());
        Assert.True(session.IsPolling);
    }

    [Fact]
    public void Coming_up_a_faster_interval_goes_out_with_a_poll_until_its_answer()
    {
        var session = In(BfdState.Up);
        Assert.Equal("send Up poll", Effects()[^1]);
        Assert.Equal(40_000u, _effects[_effects.Count - 1].Packet.DesiredMinTxMicroseconds);
        Assert.Equal(TimeSpan.FromMilliseconds(70), session.TransmitInterval);
        _effects.Clear();
        Run(session, 0.07);
        Assert.Equal(["send Up poll"], Effects());
        session.Hear(SomeBfd.Control(BfdState.Up, Local) with { IsFinal = true }, _now, _effects);
        _effects.Clear();
        Run(session, 0.07);
        Assert.Equal(["send Up"], Effects());
    }

    [Fact]
    public void Not_up_packets_go_out_once_a_second_or_as_idle_tx_says()
    {
        var session = new BfdSession(SomeBfd.Settings() with { IdleTx = TimeSpan.FromSeconds(3) }, Local, new(1));
        session.Start(_now, _effects);
        Assert.Equal(["Down None", "send Down"], Effects());
        Assert.Equal(3_000_000u, _effects[1].Packet.DesiredMinTxMicroseconds);
        _effects.Clear();
        var between = session.NextDeadline - _now;
        Assert.InRange(between, TimeSpan.FromSeconds(2.25), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_slower_interval_is_kept_back_until_the_neighbour_knows_and_a_faster_is_not()
    {
        var session = In(BfdState.Up);
        session.Hear(SomeBfd.Control(BfdState.Up, Local) with { IsFinal = true, RequiredMinRxMicroseconds = 1000 }, _now, _effects);
        _effects.Clear();
        Assert.Equal(TimeSpan.FromMilliseconds(40), session.TransmitInterval);
        session.Reconfigure(session.Settings with { MinTx = TimeSpan.FromMilliseconds(500) }, _now, _effects);
        Assert.True(session.IsPolling);
        Assert.Equal(TimeSpan.FromMilliseconds(40), session.TransmitInterval);
        Run(session, 0.04);
        Assert.Equal(500_000u, _effects[0].Packet.DesiredMinTxMicroseconds);
        _effects.Clear();
        // A change while it is asked is asked again.
        session.Reconfigure(session.Settings with { MinTx = TimeSpan.FromMilliseconds(600) }, _now, _effects);
        session.Hear(SomeBfd.Control(BfdState.Up, Local) with { IsFinal = true, RequiredMinRxMicroseconds = 1000 }, _now, _effects);
        Assert.True(session.IsPolling);
        Assert.Equal(TimeSpan.FromMilliseconds(40), session.TransmitInterval);
        session.Hear(SomeBfd.Control(BfdState.Up, Local) with { IsFinal = true, RequiredMinRxMicroseconds = 1000 }, _now, _effects);
        Assert.False(session.IsPolling);
        Assert.Equal(TimeSpan.FromMilliseconds(600), session.TransmitInterval);
        session.Reconfigure(session.Settings with { MinTx = TimeSpan.FromMilliseconds(20) }, _now, _effects);
        Assert.Equal(TimeSpan.FromMilliseconds(20), session.TransmitInterval);
        Assert.True(session.IsPolling);
    }

    [Fact]
    public void More_is_expected_of_the_neighbour_only_when_it_knows_and_less_at_once()
    {
        var session = In(BfdState.Up);
        var fast = SomeBfd.Control(BfdState.Up, Local) with { DesiredMinTxMicroseconds = 1000 };
        session.Hear(fast with { IsFinal = true }, _now, _effects);
        _effects.Clear();
        Assert.Equal(TimeSpan.FromMilliseconds(200), session.DetectionTime);
        session.Reconfigure(session.Settings with { MinRx = TimeSpan.FromMilliseconds(10) }, _now, _effects);
        Assert.Equal(TimeSpan.FromMilliseconds(200), session.DetectionTime);
        session.Hear(fast with { IsFinal = true }, _now, _effects);
        Assert.Equal(TimeSpan.FromMilliseconds(40), session.DetectionTime);
        session.Reconfigure(session.Settings with { MinRx = TimeSpan.FromMilliseconds(100) }, _now, _effects);
        Assert.Equal(TimeSpan.FromMilliseconds(400), session.DetectionTime);
        _now += TimeSpan.FromMilliseconds(399);
        session.LetTimersRunOut(_now, _effects);
        Assert.Equal(BfdState.Up, session.State);
    }

    [Fact]
    public void A_neighbour_that_takes_none_is_sent_none_but_answers_and_changes()
    {
        var session = In(BfdState.Up);
        var mute = SomeBfd.Control(BfdState.Up, Local) with { RequiredMinRxMicroseconds = 0 };
        session.Hear(mute, _now, _effects);
        _effects.Clear();
        Assert.True(session.TransmitDeadline.IsNever);
        session.Hear(mute with { IsPoll = true }, _now, _effects);
        Assert.Equal(["send Up final"], Effects());
        _effects.Clear();
        session.Hear(SomeBfd.Control(BfdState.Up, Local), _now, _effects);
        Assert.False(session.TransmitDeadline.IsNever);
    }

    [Fact]
    public void A_neighbour_in_demand_mode_is_sent_none_once_both_are_up_but_for_polls()
    {
        var session = In(BfdState.Up);
        var demand = SomeBfd.Control(BfdState.Up, Local) with { IsDemand = true };
        session.Hear(demand, _now, _effects);
        Assert.True(session.IsPolling);
        Assert.False(session.TransmitDeadline.IsNever);
        session.Hear(demand with { IsFinal = true }, _now, _effects);
        Assert.True(session.TransmitDeadline.IsNever);
        _effects.Clear();
        session.Hear(demand with { State = BfdState.Down }, _now, _effects);
        Assert.Equal(BfdState.Down, session.State);
        Assert.False(session.TransmitDeadline.IsNever);
    }

    [Fact]
    public void A_passive_session_speaks_when_spoken_to_and_is_silent_again_when_the_neighbour_is_lost()
    {
        var session = new BfdSession(SomeBfd.Settings() with { IsPassive = true }, Local, new(1));
        session.Start(_now, _effects);
        Assert.Equal(["Down None"], Effects());
        Assert.True(session.NextDeadline.IsNever);
        _effects.Clear();
        session.Hear(SomeBfd.Control(BfdState.Down), _now, _effects);
        Assert.Equal(["Init None", "send Init"], Effects());
        _effects.Clear();
        _now += session.DetectionTime;
        session.LetTimersRunOut(_now, _effects);
        Assert.Equal(["Down DetectionTimeExpired"], Effects());
        Assert.True(session.NextDeadline.IsNever);
    }

    [Fact]
    public void Held_down_it_says_so_once_and_starts_anew()
    {
        var session = In(BfdState.Up);
        _effects.Clear();
        session.Shutdown(_now, _effects);
        Assert.Equal(["AdminDown AdministrativelyDown", "send AdminDown"], Effects());
        Assert.True(session.NextDeadline.IsNever);
        _effects.Clear();
        session.Shutdown(_now, _effects);
        Assert.Empty(Effects());
        session.Start(_now, _effects);
        Assert.Equal(BfdState.Down, session.State);
    }

    [Theory]
    [InlineData(3, 0.75, 1.0)]
    [InlineData(1, 0.75, 0.9)]
    public void Intervals_are_shortened_at_random_within_their_bounds_and_use_them(byte multiplier, double least, double most)
    {
        var jitter = new JitterSource(5);
        var interval = TimeSpan.FromMilliseconds(100);
        var shares = Enumerable.Range(0, 10_000).Select(_ => jitter.Shorten(interval, multiplier) / interval).ToList();
        Assert.InRange(shares.Min(), least, least + 0.002);
        Assert.InRange(shares.Max(), most - 0.002, most);
        Assert.InRange(shares.Average(), ((least + most) / 2) - 0.01, ((least + most) / 2) + 0.01);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_and_another_gives_others()
    {
        var (one, same, other) = (new JitterSource(7), new JitterSource(7), new JitterSource(8));
        for (var i = 0; i < 100; i++)
        {
            var number = one.NextDiscriminator();
            Assert.Equal(number, same.NextDiscriminator());
            Assert.NotEqual(number, other.NextDiscriminator());
        }
    }

    private BfdSession In(BfdState state)
    {
        _effects.Clear();
        var session = new BfdSession(SomeBfd.Settings(), Local, new(1));
        session.Start(_now, _effects);
        _effects.Clear();
        if (state is BfdState.Init or BfdState.Up) session.Hear(SomeBfd.Control(BfdState.Down, Local), _now, _effects);
        if (state == BfdState.Up) session.Hear(SomeBfd.Control(BfdState.Init, Local), _now, _effects);
        if (state == BfdState.AdminDown) session.Shutdown(_now, _effects);
        Assert.Equal(state, session.State);
        return session;
    }

    private void Run(BfdSession session, double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        session.LetTimersRunOut(_now, _effects);
    }

    private List<string> Effects()
    {
        List<string> words = [];
        for (var i = 0; i < _effects.Count; i++)
        {
            ref readonly var effect = ref _effects[i];
            var packet = effect.Packet;
            words.Add(effect.Kind == BfdEffectKind.Report
                ? $"{effect.State} {effect.Diagnostic}"
                : $"send {packet.State}{(packet.IsPoll ? " poll" : "")}{(packet.IsFinal ? " final" : "")}");
        }

        return words;
    }
}
