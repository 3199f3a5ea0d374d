using System.Globalization;
using Director.Bfd;
using Director.Bfd.Ports;
using Director.Linux.Vrrp;
using Director.Net;
using Director.Vrrp;

namespace Director.VrrpProcess;

/// <summary>
/// Tells virtual routers and the main process how BFD sessions stand. States always arrive, if late; lines are rationed. One thread; what
/// is held back allocates nothing.
/// </summary>
internal sealed class BfdReporter : IBfdObserver
{
    private const int StateLines = 10;

    /// <summary>Bytes of a standing, with room for as long a string as any.</summary>
    private const int StandingSize = ControlLimits.StringSize + 512;

    private readonly ControlSocket _control;
    private readonly ChildReporter _reporter;
    private readonly IMonoClock _clock;
    private readonly Action<TrackerKey, TrackerStatus> _setTracker;
    private readonly byte[] _buffer = new byte[StandingSize];
    private readonly List<BfdSession> _unsent = [];
    private readonly Dictionary<BfdSession, LineGate[]> _gates = [];

    /// <summary>A reporter to the other end of <paramref name="control"/>.</summary>
    public BfdReporter(ControlSocket control, ChildReporter reporter, IMonoClock clock, Action<TrackerKey, TrackerStatus> setTracker) =>
        (_control, _reporter, _clock, _setTracker) = (control, reporter, clock, setTracker);

    private static int StateGate => BfdCounters.RejectionCount;

    private static int FailureGate => StateGate + 1;

    /// <inheritdoc/>
    public void StateChanged(BfdSession session, in BfdEffect report)
    {
        // One that is held down is going, and what tracked it with it.
        if (report.State == BfdState.AdminDown) return;
        Track(session);
        if (!_unsent.Contains(session)) _unsent.Add(session);
        SendStates();
        if (report.State != BfdState.Up && report.Before != BfdState.Up) return;
        if (MayPass(session, StateGate, out var held)) _reporter.Line(report.State != BfdState.Up, BfdLines.Of(session) + More(held));
    }

    /// <inheritdoc/>
    public void Rejected(BfdSession session, BfdRejection reason, IpAddress128 source)
    {
        if (MayPass(session, (int)reason, out var held)) _reporter.Line(true, BfdLines.Of(session, reason, source) + More(held));
    }

    /// <inheritdoc/>
    public void SendFailed(BfdSession session)
    {
        if (MayPass(session, FailureGate, out var held)) _reporter.Line(true, BfdLines.OfFailure(session) + More(held));
    }

    /// <summary>Tells virtual routers how a session stands.</summary>
    public void Track(BfdSession session) => _setTracker(new(TrackerKind.Bfd, session.Settings.Name),
        session.State == BfdState.Up ? TrackerStatus.Up : TrackerStatus.Down);

    /// <summary>How every session stands.</summary>
    public void Standings(BfdRunner runner)
    {
        for (var i = 0; i < runner.Sessions.Count; i++)
            _control.TrySend(ControlCodec.WriteBfdStanding(_buffer, runner.Sessions[i]));
    }

    /// <summary>Tries again what the main process had no room for.</summary>
    public void SendStates()
    {
        while (_unsent.Count > 0)
        {
            if (!_control.TrySend(ControlCodec.WriteBfdStanding(_buffer, _unsent[0]))) return;
            _unsent.RemoveAt(0);
        }
    }

    /// <summary>Forgets sessions that are gone.</summary>
    public void Keep(IReadOnlyList<BfdSession> sessions)
    {
        _unsent.RemoveAll(session => !sessions.Contains(session));
        foreach (var session in _gates.Keys)
        {
            if (!sessions.Contains(session)) _gates.Remove(session);
        }
    }

    private static string More(int held) => held == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and {held} more like it)");

    private bool MayPass(BfdSession session, int kind, out int held)
    {
        if (!_gates.TryGetValue(session, out var gates))
        {
            _gates[session] = gates = new LineGate[FailureGate + 1];
            Array.Fill(gates, new(1));
            gates[StateGate] = new(StateLines);
        }

        return gates[kind].TryPass(_clock.Now, out held);
    }
}
