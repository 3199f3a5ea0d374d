using Director.Net;

namespace Director.Bfd;

/// <content>The arrows of the state machine (RFC 5880 §6.2 and §6.8.6), and what hangs on them.</content>
public sealed partial class BfdSession
{
    private void Follow(BfdState remote)
    {
        switch (State, remote)
        {
            case (BfdState.Init or BfdState.Up, BfdState.AdminDown):
            case (BfdState.Up, BfdState.Down):
                Fall(BfdDiagnostic.NeighborSignaledDown);
                break;
            case (BfdState.Down, BfdState.Down):
                Enter(BfdState.Init, Diagnostic);
                break;
            case (BfdState.Down, BfdState.Init):
            case (BfdState.Init, BfdState.Init or BfdState.Up):
                Rise();
                break;
        }
    }

    /// <summary>The faster interval of a session that is up goes out with a poll, and need not wait for its end.</summary>
    private void Rise()
    {
        Counters.WentUp++;
        Enter(BfdState.Up, BfdDiagnostic.None);
        if (_minTxInForce != Settings.MinTx) Poll();
        TakeIntervals();
    }

    private void Fall(BfdDiagnostic why)
    {
        if (State == BfdState.Up) Counters.WentDown++;
        Enter(BfdState.Down, why);
        (IsPolling, _mustPollAgain) = (false, false);
        TakeIntervals();
    }

    /// <summary>
    /// The detection time has passed: the neighbour may have died, and its heir has another discriminator and wants of its own (RFC 5880
    /// §6.8.1, bfd.RemoteDiscr; §6.8.4).
    /// </summary>
    private void Miss()
    {
        _detectAt = MonoTime.Never;
        (RemoteDiscriminator, RemoteState) = (0, BfdState.Down);
        (_remoteMinRx, _remoteMinTx, _remoteMultiplier, _remoteDemand) = (NeverHeardMinRx, 0, 0, false);
        if (State is BfdState.Init or BfdState.Up)
        {
            Fall(BfdDiagnostic.DetectionTimeExpired);
            TransmitChange();
        }

        Schedule();
    }

    private void Enter(BfdState state, BfdDiagnostic diagnostic)
    {
        var before = State;
        (State, Diagnostic) = (state, diagnostic);
        if (state != before) _effects.Add(new(BfdEffectKind.Report, Before: before, State: state, Diagnostic: diagnostic));
    }

    private void Poll()
    {
        _mustPollAgain = IsPolling;
        IsPolling = true;
    }

    /// <summary>What is confirmed may have been asked before the last change: then it is asked again (RFC 5880 §6.5).</summary>
    private void EndPoll()
    {
        if (!IsPolling) return;
        IsPolling = _mustPollAgain;
        _mustPollAgain = false;
        TakeIntervals();
    }

    /// <summary>
    /// Puts our intervals in force, but for those that the neighbour must know first: it would think us dead if we slowed down before, and
    /// we it if we expected more of it (RFC 5880 §6.8.3).
    /// </summary>
    private void TakeIntervals()
    {
        var mustWait = IsPolling && State == BfdState.Up;
        if (!mustWait || DesiredMinTx < _minTxInForce) _minTxInForce = DesiredMinTx;
        if (!mustWait || Settings.MinRx > _minRxInForce) _minRxInForce = Settings.MinRx;
    }
}
