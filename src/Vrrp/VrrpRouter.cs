using Director.Net;
using Director.Net.Wire;

namespace Director.Vrrp;

/// <summary>
/// One virtual router: the state machine of RFC 3768 §6.4 with RFC 9568's answer to a losing advertisement, keepalived's fault state and
/// its re-election when an address is lost. Pure: it is handed the event and the time, and says what to do and when it wants to be woken.
/// The advert timer is set by sending and by nothing else, so nothing that is received can silence a master. One thread.
/// </summary>
public sealed partial class VrrpRouter
{
    private MonoTime _answerAfter;
    private MonoTime _preemptAfter = MonoTime.Never;
    private TransitionReason _timerReason = TransitionReason.MasterSilent;
    private VrrpEffects _effects = new();
    private MonoTime _now;
    private TimeSpan _learnedInterval;
    private (byte Priority, IpAddress128 Source, MonoTime Until) _followed;

    /// <summary>
    /// A router that has not started. <paramref name="settings"/> must have no <see cref="VrrpInstanceSettings.Problem"/>.
    /// </summary>
    public VrrpRouter(VrrpInstanceSettings settings)
    {
        Settings = settings;
        EffectivePriority = settings.Priority;
        Counters = new();
    }

    /// <summary>What it runs with.</summary>
    public VrrpInstanceSettings Settings { get; private set; }

    /// <summary>Where it stands.</summary>
    public VrrpState State { get; private set; }

    /// <summary>Why it stands there.</summary>
    public TransitionReason Reason { get; private set; }

    /// <summary>
    /// What it advertises and compares with, 1–255: the settings' priority and what has been tracked (<see
    /// cref="VrrpEventKind.PriorityChanged"/>).
    /// </summary>
    public byte EffectivePriority { get; private set; }

    /// <summary>All that is wrong, in <see cref="VrrpState.Fault"/>.</summary>
    public FaultReasons Faults { get; private set; }

    /// <summary>What its adverts are sent from; decides ties. Kept up to date by whoever watches the interface.</summary>
    public IpAddress128 Source { get; set; }

    /// <summary>
    /// Before this it is no more than backup: what it waits for, it waits for from then on. Set before it starts.
    /// </summary>
    public MonoTime StartsAfter { get; set; }

    /// <summary>Whether it belongs to a sync group, which decides for it when it is master (<see cref="SyncGroup"/>).</summary>
    public bool IsGrouped { get; set; }

    /// <summary>As backup in a sync group: whether it would be master by now if the others wanted it too.</summary>
    public bool WantsMaster { get; private set; }

    /// <summary>As backup, whether it has just started and neither heard a master nor given one up.</summary>
    public bool IsUndecided { get; private set; }

    /// <summary>
    /// Master_Adver_Int, between the master's adverts: in version 3 the one it told last (RFC 9568 §6.1), else our own, as for a master.
    /// </summary>
    public TimeSpan MasterInterval => _learnedInterval > TimeSpan.Zero ? _learnedInterval : Settings.AdvertInterval;

    /// <summary>Who sent the last advertisement that was taken; unspecified before the first.</summary>
    public IpAddress128 LastHeard { get; private set; }

    /// <summary>When it must be given <see cref="VrrpEventKind.Timer"/>: a backup's master-down timer, a master's next advert.</summary>
    public MonoTime NextDeadline { get; private set; } = MonoTime.Never;

    /// <summary>What it has counted.</summary>
    public VrrpCounters Counters { get; }

    /// <summary>
    /// Whether the last advert that was due on time is <see cref="VrrpTimers.ShortestMasterDown"/> ago: a peer may be master by now.
    /// </summary>
    public bool HasOverslept(MonoTime now) =>
        State == VrrpState.Master && now - NextDeadline + Settings.AdvertInterval > ShortestMasterDown;

    /// <summary>
    /// Takes an advertisement that passed <see cref="AdvertisementCheck"/>. <paramref name="effects"/> is cleared, then filled in order.
    /// </summary>
    /// <param name="priority">The sender's priority.</param>
    /// <param name="source">The sender.</param>
    /// <param name="interval">Between the sender's adverts, never zero: in version 3 what a backup takes for Master_Adver_Int.</param>
    /// <param name="now">The time.</param>
    /// <param name="effects">What to do.</param>
    public void Hear(byte priority, IpAddress128 source, TimeSpan interval, MonoTime now, VrrpEffects effects)
    {
        Counters.AdvertisementsReceived++;
        if (priority == VrrpPriority.Resign) Counters.PriorityZeroReceived++;
        LastHeard = source;
        var kind = Election.Rank(priority, source, EffectivePriority, Source);
        Apply(new VrrpEvent(kind, source, priority, Interval: interval), now, effects);
    }

    /// <summary>
    /// Puts other settings of the same virtual router in force, without leaving its state. A running master-down timer moves by the
    /// difference; a running advert timer stays. Addresses are the caller's to add and remove, and so is the effective priority to change
    /// (<see cref="VrrpEventKind.PriorityChanged"/>).
    /// </summary>
    public void Reconfigure(VrrpInstanceSettings settings)
    {
        if (State == VrrpState.Backup && !NextDeadline.IsNever)
            NextDeadline += MasterDownOf(settings) - MasterDown;
        Settings = settings;
    }

    /// <summary>Applies an event. <paramref name="effects"/> is cleared, then filled in the order in which they must be done.</summary>
    public void Apply(in VrrpEvent happened, MonoTime now, VrrpEffects effects)
    {
        effects.Clear();
        (_effects, _now) = (effects, now);
        switch (State, happened.Kind)
        {
            case (_, VrrpEventKind.PriorityChanged): ChangePriority(happened); break;

            case (VrrpState.Init, VrrpEventKind.Startup) when happened.Faults != FaultReasons.None: StartFaulty(happened); break;
            case (VrrpState.Init, VrrpEventKind.Startup) when happened.IsHeir: StartAsHeir(); break;
            case (VrrpState.Init, VrrpEventKind.Startup): Start(TransitionReason.Startup); break;
            case (VrrpState.Init, _): break;

            case (VrrpState.Backup, VrrpEventKind.Shutdown): StopBackup(); break;
            case (VrrpState.Backup, VrrpEventKind.Timer) when IsGrouped: WaitForGroup(); break;
            case (VrrpState.Backup, VrrpEventKind.Timer): TakeOver(_timerReason); break;
            case (VrrpState.Backup, VrrpEventKind.GroupElected): TakeOver(_timerReason); break;
            case (VrrpState.Backup, VrrpEventKind.Fault): FaultBackup(happened); break;
            case (VrrpState.Backup, >= VrrpEventKind.ResigningAdvert) when IgnoresAdverts: IgnoreAsOwner(happened); break;
            case (VrrpState.Backup, VrrpEventKind.ResigningAdvert): AwaitSuccessor(happened); break;
            case (VrrpState.Backup, VrrpEventKind.LowerAdvert): HearLowerAsBackup(happened); break;
            case (VrrpState.Backup, VrrpEventKind.EqualAdvertSameSource): FollowOwnDouble(happened); break;
            case (VrrpState.Backup, VrrpEventKind.EqualAdvertLowerSource): Follow(happened); break;
            case (VrrpState.Backup, VrrpEventKind.EqualAdvertHigherSource): Follow(happened); break;
            case (VrrpState.Backup, VrrpEventKind.HigherAdvert): Follow(happened); break;
            case (VrrpState.Backup, _): break;

            case (VrrpState.Master, VrrpEventKind.Shutdown): Resign(); break;
            case (VrrpState.Master, VrrpEventKind.Timer) when WasPaused: YieldAfterPause(); break;
            case (VrrpState.Master, VrrpEventKind.Timer): AdvertiseOnTime(); break;
            case (VrrpState.Master, VrrpEventKind.Fault): FaultMaster(happened); break;
            case (VrrpState.Master, VrrpEventKind.AddressLost): Reelect(happened); break;
            case (VrrpState.Master, VrrpEventKind.GroupYielded): YieldWithGroup(); break;
            case (VrrpState.Master, VrrpEventKind.GroupResigned): ResignWithGroup(); break;
            case (VrrpState.Master, >= VrrpEventKind.ResigningAdvert) when IgnoresAdverts: IgnoreAsOwner(happened); break;
            case (VrrpState.Master, VrrpEventKind.LowerAdvert or VrrpEventKind.EqualAdvertLowerSource) when WasPaused:
                YieldAfterPause();
                break;
            case (VrrpState.Master, VrrpEventKind.ResigningAdvert): AnswerResignation(); break;
            case (VrrpState.Master, VrrpEventKind.LowerAdvert): Assert(happened); break;
            case (VrrpState.Master, VrrpEventKind.EqualAdvertLowerSource): Assert(happened); break;
            case (VrrpState.Master, VrrpEventKind.EqualAdvertSameSource): NoteOwnDouble(happened); break;
            case (VrrpState.Master, VrrpEventKind.EqualAdvertHigherSource): Yield(happened); break;
            case (VrrpState.Master, VrrpEventKind.HigherAdvert): Yield(happened); break;
            case (VrrpState.Master, _): break;

            case (VrrpState.Fault, VrrpEventKind.Shutdown): StopFaulty(); break;
            case (VrrpState.Fault, VrrpEventKind.Fault): NoteFaults(happened); break;
            case (VrrpState.Fault, VrrpEventKind.Recovery): Start(TransitionReason.Recovery); break;
            case (VrrpState.Fault, _): break;
        }
    }

    /// <summary>From when what is waited for now is waited for.</summary>
    private MonoTime WaitStart => _now < StartsAfter ? StartsAfter : _now;

    private TimeSpan Skew => VrrpTimers.Skew(Settings.Version, MasterInterval, EffectivePriority);

    private TimeSpan MasterDown => MasterDownOf(Settings);

    private TimeSpan ShortestMasterDown => VrrpTimers.ShortestMasterDown(Settings.AdvertInterval, Settings.DownTimerAdverts);

    private TimeSpan MasterDownOf(VrrpInstanceSettings settings) =>
        VrrpTimers.MasterDown(settings.Version, _learnedInterval > TimeSpan.Zero ? _learnedInterval : settings.AdvertInterval,
            EffectivePriority, settings.DownTimerAdverts);

    private bool IgnoresAdverts => Settings.OwnerIgnoresAdverts && EffectivePriority == VrrpPriority.Owner;

    /// <summary>Whether so long has passed since the last tick that the peer in question has taken over.</summary>
    private bool WasPaused => Settings is { NoPreempt: true, PausedYieldsTo: > 0 }
        && _now - NextDeadline + Settings.AdvertInterval >= VrrpTimers.MasterDown(
            Settings.Version, Settings.AdvertInterval, Settings.PausedYieldsTo, Settings.DownTimerAdverts);
}
