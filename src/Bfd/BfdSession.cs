using Director.Bfd.Wire;
using Director.Net;

namespace Director.Bfd;

/// <summary>
/// One session with one neighbour, in asynchronous mode without echo or authentication (RFC 5880 §6.8): a pure state machine, handed the
/// present instant, that answers with effects and its next deadline. Of the variables of §6.8.1, those of the neighbour are what its last
/// packet said. No allocation. One thread.
/// </summary>
public sealed partial class BfdSession
{
    private const uint NeverHeardMinRx = 1;

    private readonly JitterSource _jitter;
    private BfdEffects _effects = null!;
    private MonoTime _now;
    private MonoTime _transmitAt = MonoTime.Never;
    private MonoTime _detectAt = MonoTime.Never;
    private MonoTime _heardAt = MonoTime.Never;
    private MonoTime _sentAt = MonoTime.Never;
    private TimeSpan _scheduledInterval;
    private TimeSpan _minTxInForce;
    private TimeSpan _minRxInForce;
    private uint _remoteMinRx = NeverHeardMinRx;
    private uint _remoteMinTx;
    private byte _remoteMultiplier;
    private bool _remoteDemand;
    private bool _mustPollAgain;

    /// <summary>A session that has not started.</summary>
    /// <param name="settings">What is wanted.</param>
    /// <param name="localDiscriminator">Our number of it, not 0, unique among the sessions of this machine.</param>
    /// <param name="jitter">May be shared with other sessions.</param>
    public BfdSession(BfdSettings settings, uint localDiscriminator, JitterSource jitter)
    {
        (Settings, LocalDiscriminator, _jitter) = (settings, localDiscriminator, jitter);
        (_minTxInForce, _minRxInForce) = (DesiredMinTx, settings.MinRx);
    }

    /// <summary>What is wanted.</summary>
    public BfdSettings Settings { get; private set; }

    /// <summary>Where it stands.</summary>
    public BfdState State { get; private set; } = BfdState.AdminDown;

    /// <summary>Why it left Up last.</summary>
    public BfdDiagnostic Diagnostic { get; private set; }

    /// <summary>Where the neighbour says that it stands.</summary>
    public BfdState RemoteState { get; private set; } = BfdState.Down;

    /// <summary>Why the neighbour says that it left Up last.</summary>
    public BfdDiagnostic RemoteDiagnostic { get; private set; }

    /// <summary>Our number of the session.</summary>
    public uint LocalDiscriminator { get; }

    /// <summary>The neighbour's number of it; 0 while that is not known.</summary>
    public uint RemoteDiscriminator { get; private set; }

    /// <summary>Whether the neighbour is being asked to confirm changed intervals (RFC 5880 §6.5).</summary>
    public bool IsPolling { get; private set; }

    /// <summary>What has happened.</summary>
    public BfdCounters Counters { get; } = new();

    /// <summary>When <see cref="LetTimersRunOut"/> has something to do.</summary>
    public MonoTime NextDeadline => MonoTime.Min(_transmitAt, _detectAt);

    /// <summary>When the next periodic packet is due.</summary>
    public MonoTime TransmitDeadline => _transmitAt;

    /// <summary>Between our packets, before jitter (RFC 5880 §6.8.2).</summary>
    public TimeSpan TransmitInterval => Max(_minTxInForce, FromMicroseconds(_remoteMinRx));

    /// <summary>How long the neighbour may be silent (RFC 5880 §6.8.4); zero if nothing was heard yet.</summary>
    public TimeSpan DetectionTime => _remoteMultiplier * Max(_minRxInForce, FromMicroseconds(_remoteMinTx));

    private TimeSpan DesiredMinTx => State == BfdState.Up ? Settings.MinTx : Max(Settings.IdleTx, Settings.MinTx);

    /// <summary>RFC 5880 §6.8.7, the conditions on periodic packets.</summary>
    private bool MayTransmit =>
        State != BfdState.AdminDown
        && !(Settings.IsPassive && RemoteDiscriminator == 0)
        && _remoteMinRx != 0
        && !(_remoteDemand && State == BfdState.Up && RemoteState == BfdState.Up && !IsPolling);

    /// <summary>Begins: Down, and speaking unless passive.</summary>
    public void Start(MonoTime now, BfdEffects effects)
    {
        (_now, _effects) = (now, effects);
        if (State != BfdState.AdminDown) return;
        Enter(BfdState.Down, BfdDiagnostic.None);
        TransmitChange();
        Schedule();
    }

    /// <summary>Says that it is held down from now on, and is silent.</summary>
    public void Shutdown(MonoTime now, BfdEffects effects)
    {
        (_now, _effects) = (now, effects);
        if (State == BfdState.AdminDown) return;
        Enter(BfdState.AdminDown, BfdDiagnostic.AdministrativelyDown);
        (IsPolling, _mustPollAgain) = (false, false);
        if (RemoteDiscriminator != 0) Transmit(isFinal: false);
        (_transmitAt, _detectAt) = (MonoTime.Never, MonoTime.Never);
    }

    /// <summary>
    /// Takes other settings of the same session. Changed intervals of a session that is Up are confirmed by the neighbour before the ones
    /// that would fail it are given up (RFC 5880 §6.8.3).
    /// </summary>
    public void Reconfigure(BfdSettings settings, MonoTime now, BfdEffects effects)
    {
        (_now, _effects) = (now, effects);
        var before = Settings;
        Settings = settings;
        if (State == BfdState.Up && (before.MinTx != settings.MinTx || before.MinRx != settings.MinRx)) Poll();
        TakeIntervals();
        if (!_detectAt.IsNever) _detectAt = _heardAt + DetectionTime;
        Schedule();
    }

    /// <summary>Takes a packet that is this session's: from its neighbour, near enough, and well-formed (RFC 5880 §6.8.6).</summary>
    public void Hear(in BfdControl packet, MonoTime now, BfdEffects effects)
    {
        (_now, _effects) = (now, effects);
        if (State == BfdState.AdminDown)
        {
            Counters.CountRejected(BfdRejection.AdminDown);
            return;
        }

        Counters.PacketsReceived++;
        (RemoteState, RemoteDiagnostic, RemoteDiscriminator) = (packet.State, packet.Diagnostic, packet.MyDiscriminator);
        (_remoteDemand, _remoteMultiplier) = (packet.IsDemand, packet.DetectMultiplier);
        (_remoteMinTx, _remoteMinRx) = (packet.DesiredMinTxMicroseconds, packet.RequiredMinRxMicroseconds);
        if (packet.IsFinal) EndPoll();
        var before = State;
        Follow(packet.State);
        _heardAt = now;
        _detectAt = now + DetectionTime;
        if (packet.IsPoll) Transmit(isFinal: true);
        else if (State != before) TransmitChange();
        Schedule();
    }

    /// <summary>Sends what is due, and believes a silence that has lasted.</summary>
    public void LetTimersRunOut(MonoTime now, BfdEffects effects)
    {
        (_now, _effects) = (now, effects);
        if (_detectAt <= now) Miss();
        TransmitDue(now, effects);
    }

    /// <summary>Sends the periodic packet if it is due, whatever else is.</summary>
    public void TransmitDue(MonoTime now, BfdEffects effects)
    {
        (_now, _effects) = (now, effects);
        if (_transmitAt > now) return;
        var lateness = now - _transmitAt;
        if (lateness > Counters.MaxLateness) Counters.MaxLateness = lateness;
        TransmitPeriodic();
        Schedule();
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan FromMicroseconds(uint microseconds) => TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private static uint ToMicroseconds(TimeSpan interval) => (uint)(interval.Ticks / TimeSpan.TicksPerMicrosecond);

    private void Transmit(bool isFinal)
    {
        _effects.Add(new(BfdEffectKind.Transmit, Packet: new()
        {
            State = State,
            Diagnostic = Diagnostic,
            IsPoll = IsPolling && !isFinal,
            IsFinal = isFinal,
            DetectMultiplier = Settings.DetectMultiplier,
            MyDiscriminator = LocalDiscriminator,
            YourDiscriminator = RemoteDiscriminator,
            DesiredMinTxMicroseconds = ToMicroseconds(DesiredMinTx),
            RequiredMinRxMicroseconds = ToMicroseconds(Settings.MinRx),
        }));
    }

    private void TransmitPeriodic()
    {
        Transmit(isFinal: false);
        _sentAt = _now;
        _scheduledInterval = TimeSpan.Zero;
    }

    /// <summary>What has changed is said at once, not at the next interval (RFC 5880 §6.8.7, last paragraph).</summary>
    private void TransmitChange()
    {
        if (MayTransmit) TransmitPeriodic();
    }

    /// <summary>
    /// Arms the timer of the next packet: anew after each, and when the interval has changed since, counted from the last (§6.8.3).
    /// </summary>
    private void Schedule()
    {
        if (!MayTransmit)
        {
            _transmitAt = MonoTime.Never;
            _scheduledInterval = TimeSpan.Zero;
            return;
        }

        var interval = TransmitInterval;
        if (interval == _scheduledInterval) return;
        _scheduledInterval = interval;
        var from = _sentAt.IsNever ? _now : _sentAt;
        _transmitAt = from + _jitter.Shorten(interval, Settings.DetectMultiplier);
    }
}
