using Director.Bfd;
using Director.Linux.Vrrp;
using Director.Tests.Bfd.Support;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;
using Director.VrrpProcess;

namespace Director.Tests.VrrpProcess;

/// <summary>BFD sessions in the VRRP process: told by messages, reported by messages, followed by virtual routers.</summary>
public sealed class BfdInTheChildTests : IDisposable
{
    private const string Session =
        "021e" + "000470656572" + "00000000000000000000ffff0a090002" + "00000000000000000000ffff0a090001"
        + "000000000007a120" + "0000000000061a80" + "0000000000989680" + "03" + "01" + "fe" + "fd" + "01";

    private static readonly BfdSettings Example = SomeBfd.Settings() with
    {
        Source = SomeBfd.Own,
        IsPassive = true,
        HopLimit = 254,
        LowestHopLimit = 253,
        IsMultihop = true,
    };

    private readonly ManualClock _clock = new();
    private readonly SimulatedLink _link = new() { Log = [] };
    private readonly RecordingLink _bfdLink = new();
    private readonly ControlSocket _main;
    private readonly ControlSocket _theirs;
    private readonly VrrpChild _child;
    private readonly byte[] _buffer = new byte[ControlLimits.MessageSize];
    private VrrpState _state;
    private int _priority;

    public BfdInTheChildTests()
    {
        (_main, _theirs) = ControlSocket.CreatePair();
        _child = new VrrpChild(_link, _bfdLink, _theirs, new ChildReporter(_theirs, _clock), new ProcessScheduling(_ => { }),
            _clock, seed: 1);
    }

    [Fact]
    public void A_session_crosses_the_wire_byte_for_byte_and_any_cut_is_seen()
    {
        var message = ControlCodec.WriteBfdSession(_buffer, Example).ToArray();
        Assert.Equal(Session, Convert.ToHexStringLower(message));
        Assert.True(ControlReader.TryRead(message, out var kind, out var reader));
        Assert.Equal(ControlKind.BfdSession, kind);
        Assert.True(ControlCodec.TryReadBfdSession(ref reader, out var read));
        Assert.Equal(Example, read);
        for (var length = 2; length < message.Length; length++)
        {
            Assert.True(ControlReader.TryRead(message.AsSpan(0, length), out _, out reader));
            Assert.False(ControlCodec.TryReadBfdSession(ref reader, out _));
        }
    }

    [Fact]
    public void A_standing_crosses_the_wire_whole_and_any_cut_is_seen()
    {
        var session = new BfdSession(Example, 7, new(1));
        var effects = new BfdEffects();
        session.Start(_clock.Now, effects);
        effects.Clear();
        session.Hear(SomeBfd.Control(BfdState.Down) with { Diagnostic = BfdDiagnostic.PathDown }, _clock.Now, effects);
        session.Counters.CountRejected(BfdRejection.HopLimit);
        session.Counters.MaxLateness = TimeSpan.FromMilliseconds(3);
        session.Counters.PacketsSent = 4;
        var message = ControlCodec.WriteBfdStanding(_buffer, session).ToArray();
        Assert.True(ControlReader.TryRead(message, out _, out var reader));
        Assert.True(ControlCodec.TryReadBfdStanding(ref reader, out var read));
        Assert.Equal(("peer", BfdState.Init, BfdDiagnostic.None, BfdState.Down, BfdDiagnostic.PathDown),
            (read.Session, read.State, read.Diagnostic, read.RemoteState, read.RemoteDiagnostic));
        Assert.Equal((session.TransmitInterval, session.DetectionTime), (read.TransmitInterval, read.DetectionTime));
        Assert.Equal((1, 4, 3, 1), ((int)read.Counters.PacketsReceived, (int)read.Counters.PacketsSent,
            read.Counters.MaxLateness.Milliseconds, (int)read.Counters.Rejected(BfdRejection.HopLimit)));
        for (var length = 2; length < message.Length; length++)
        {
            Assert.True(ControlReader.TryRead(message.AsSpan(0, length), out _, out reader));
            Assert.False(ControlCodec.TryReadBfdStanding(ref reader, out _));
        }
    }

    [Fact]
    public void A_session_comes_up_falls_and_is_told_each_time_and_when_asked()
    {
        Configure(SomeBfd.Settings());
        Assert.Equal(["peer Down"], Reports());
        ComeUp();
        Assert.Equal(["peer Init", "peer Up", "(peer) Entering Up state: 10.9.0.2 may be silent for 240 ms"], Reports());
        Send(ControlCodec.WriteBare(_buffer, ControlKind.CountersRequest));
        Assert.True(_child.Turn());
        Assert.Equal(["peer Up"], Reports());
        _clock.Advance(0.24);
        Assert.True(_child.Turn());
        Assert.Equal(["peer Down", "(peer) Entering Down state: 10.9.0.2, nothing heard for the detection time"], Reports());
    }

    [Fact]
    public void A_virtual_router_that_tracks_it_is_in_fault_while_it_is_down()
    {
        Configure(SomeBfd.Settings(), Tracking(weight: 0));
        Assert.Equal(VrrpState.Fault, State());
        ComeUp();
        Assert.Equal(VrrpState.Backup, State());
        _clock.Advance(0.25);
        Assert.True(_child.Turn());
        Assert.Equal(VrrpState.Fault, State());
    }

    [Fact]
    public void With_a_weight_its_priority_falls_instead()
    {
        Configure(SomeBfd.Settings(), Tracking(weight: 20));
        Assert.Equal((VrrpState.Backup, 150), (State(), _priority));
        ComeUp();
        Assert.Equal((VrrpState.Backup, 170), (State(), _priority));
        _clock.Advance(0.25);
        Assert.True(_child.Turn());
        Assert.Equal((VrrpState.Backup, 150), (State(), _priority));
    }

    [Fact]
    public void A_reload_that_begins_to_track_a_session_that_is_up_knows_it_at_once()
    {
        Configure(SomeBfd.Settings(), Some.Instance());
        ComeUp();
        Assert.Equal(VrrpState.Backup, State());
        Configure(SomeBfd.Settings(), Tracking(weight: 0));
        Assert.DoesNotContain("fault", Reports(), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(VrrpState.Backup, State());
    }

    [Fact]
    public void A_session_that_is_removed_with_what_tracked_it_puts_nothing_in_fault()
    {
        Configure(SomeBfd.Settings(), Tracking(weight: 0));
        ComeUp();
        Reports();
        Configure(null, Some.Instance());
        Assert.DoesNotContain(Reports(), line => line.Contains("Fault", StringComparison.Ordinal));
        Assert.Equal(0, _bfdLink.OpenEnds);
    }

    [Fact]
    public void A_flood_of_packets_that_does_not_end_keeps_no_virtual_router_from_its_timers()
    {
        Configure(SomeBfd.Settings(), Some.Instance());
        for (var i = 0; i < 4 * BfdLimits.DrainedDatagrams; i++) _bfdLink.Deliver([0], SomeBfd.FromPeer);
        _clock.Advance(3.5);
        Send(ControlCodec.WriteHeartbeat(_buffer, _clock.Now, ControlLimits.ShortestStall));
        Assert.True(_child.Turn());
        Assert.Equal(VrrpState.Master, State());
        Assert.True(_bfdLink.Waiting > 0);
    }

    [Fact]
    public void At_the_end_the_neighbour_is_told()
    {
        Configure(SomeBfd.Settings());
        ComeUp();
        _child.Resign();
        Assert.Equal(BfdRejection.None, Director.Bfd.Wire.BfdControl.TryParse(_bfdLink.Sent[^1], out var last));
        Assert.Equal((BfdState.AdminDown, BfdDiagnostic.AdministrativelyDown), (last.State, last.Diagnostic));
    }

    [Fact]
    public void Settings_that_cannot_be_run_are_told_and_the_others_are_run()
    {
        Send(ControlCodec.WriteBfdSession(_buffer, SomeBfd.Settings("bad") with { HopLimit = 0 }));
        Configure(SomeBfd.Settings());
        Assert.Equal(["(bad) hop limit must be 1 to 255", "peer Down"], Reports());
    }

    [Fact]
    public void The_rehearsal_runs_to_its_end() => BfdRehearsal.Run();

    public void Dispose()
    {
        _child.Dispose();
        _main.Dispose();
        _theirs.Dispose();
    }

    private static VrrpInstanceSettings Tracking(int weight) =>
        Some.Instance() with { Tracked = [new(new(TrackerKind.Bfd, "peer"), weight)] };

    private VrrpState State()
    {
        Reports();
        return _state;
    }

    private void Configure(BfdSettings? session, VrrpInstanceSettings? router = null)
    {
        if (session is not null) Send(ControlCodec.WriteBfdSession(_buffer, session));
        if (router is not null) Send(ControlCodec.WriteInstance(_buffer, router));
        Send(ControlCodec.WriteBare(_buffer, ControlKind.Commit));
        Assert.True(_child.Turn());
    }

    private void ComeUp()
    {
        foreach (var state in new[] { BfdState.Down, BfdState.Init })
        {
            _bfdLink.Deliver(SomeBfd.Bytes(SomeBfd.Control(state, state == BfdState.Init ? Number() : 0)), SomeBfd.FromPeer);
            Assert.True(_child.Turn());
        }
    }

    private uint Number()
    {
        Assert.Equal(BfdRejection.None, Director.Bfd.Wire.BfdControl.TryParse(_bfdLink.Sent[^1], out var last));
        return last.MyDiscriminator;
    }

    private void Send(ReadOnlySpan<byte> message) => Assert.True(_main.TrySend(message));

    private List<string> Reports()
    {
        var reports = new List<string>();
        while (_main.TryReceive(_buffer, out var length, out _) == ControlReceipt.Message)
        {
            Assert.True(ControlReader.TryRead(_buffer.AsSpan(0, length), out var kind, out var reader));
            switch (kind)
            {
                case ControlKind.BfdStanding:
                    Assert.True(ControlCodec.TryReadBfdStanding(ref reader, out var standing));
                    reports.Add($"{standing.Session} {standing.State}");
                    break;
                case ControlKind.Line:
                    Assert.True(ControlCodec.TryReadLine(ref reader, out var line));
                    reports.Add(line.Text);
                    break;
                case ControlKind.State:
                    Assert.True(ControlCodec.TryReadState(ref reader, out var state));
                    (_state, _priority) = (state.State, state.EffectivePriority);
                    reports.Add($"router {state.State}");
                    break;
            }
        }

        return reports;
    }
}
