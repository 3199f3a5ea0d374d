using Director.Net;
using Director.Net.Wire;

namespace Director.Vrrp;

/// <content>The arrows of the state machine, one method each, in the order of the switch.</content>
public sealed partial class VrrpRouter
{
    /// <summary>
    /// A running master-down timer, or skew, moves by the difference of the skews, so a router that ranks higher now is not held up by what
    /// it waited for before. A master says so with its next advert.
    /// </summary>
    private void ChangePriority(in VrrpEvent happened)
    {
        if (happened.Priority == EffectivePriority) return;
        var (before, skew) = (EffectivePriority, Skew);
        EffectivePriority = happened.Priority;
        if (State == VrrpState.Init) return;
        if (State == VrrpState.Backup) NextDeadline += Skew - skew;
        _effects.Add(new(VrrpEffectKind.ReportNotice, before, Notice: VrrpNotice.PriorityChanged));
    }

    private void StartFaulty(in VrrpEvent happened)
    {
        Faults = happened.Faults;
        Enter(VrrpState.Fault, MonoTime.Never, TransitionReason.Fault);
    }

    /// <summary>
    /// The predecessor's resignation is made good: peers elect within their skew instead of waiting for a dead master, and a living one
    /// answers at once.
    /// </summary>
    private void StartAsHeir()
    {
        _effects.Add(new(VrrpEffectKind.Advertise, VrrpPriority.Resign));
        Watch(Skew, TransitionReason.MasterResigned, TransitionReason.Startup);
    }

    /// <summary>Also how a fault ends: nothing heard before it is believed any longer.</summary>
    private void Start(TransitionReason reason)
    {
        Faults = FaultReasons.None;
        Forget();
        var ownsAddresses = Settings is { Priority: VrrpPriority.Owner, WantedState: VrrpState.Master };
        if (ownsAddresses && (IsGrouped || _now < StartsAfter)) Watch(TimeSpan.Zero, TransitionReason.Startup, reason);
        else if (ownsAddresses) TakeOver(reason);
        else Watch(MasterDown, TransitionReason.MasterSilent, reason);
        IsUndecided = State == VrrpState.Backup && reason == TransitionReason.Startup;
    }

    private void StopBackup() => Enter(VrrpState.Init, MonoTime.Never, TransitionReason.Shutdown);

    /// <summary>The advert goes first: peers must not start an election while addresses are being added.</summary>
    private void TakeOver(TransitionReason reason)
    {
        _preemptAfter = MonoTime.Never;
        Forget();
        _answerAfter = _now;
        Counters.BecomeMaster++;
        Advertise();
        _effects.Add(new(VrrpEffectKind.AddAddresses));
        _effects.Add(new(VrrpEffectKind.AnnounceMastership));
        Enter(VrrpState.Master, _now + Settings.AdvertInterval, reason);
    }

    /// <summary>Asks for what the others may want too; asked again after as long as it takes to give up a master.</summary>
    private void WaitForGroup()
    {
        WantsMaster = true;
        NextDeadline = _now + MasterDown;
    }

    private void FaultBackup(in VrrpEvent happened)
    {
        Faults = happened.Faults;
        Enter(VrrpState.Fault, MonoTime.Never, TransitionReason.Fault);
    }

    private void AwaitSuccessor(in VrrpEvent happened)
    {
        _preemptAfter = MonoTime.Never;
        WantsMaster = false;
        _followed = default;
        NextDeadline = WaitStart + Skew;
        _timerReason = TransitionReason.MasterResigned;
        Notice(VrrpNotice.MasterResigning, happened);
    }

    /// <summary>
    /// A lower master is followed while it may not be preempted; else it is not believed and the timer runs on (RFC 3768 §6.4.2).
    /// The delay runs from the first such advert.
    /// </summary>
    private void HearLowerAsBackup(in VrrpEvent happened)
    {
        if (Settings.PreemptDelay > TimeSpan.Zero && _preemptAfter.IsNever) _preemptAfter = _now + Settings.PreemptDelay;
        var mayNotPreempt = Settings.NoPreempt || (!_preemptAfter.IsNever && _now < _preemptAfter);
        if (mayNotPreempt)
        {
            RestartMasterDown(happened);
            return;
        }

        _timerReason = TransitionReason.Preempting;
        Notice(VrrpNotice.DiscardingLower, happened);
    }

    private void FollowOwnDouble(in VrrpEvent happened)
    {
        Follow(happened);
        Notice(VrrpNotice.SameSource, happened);
    }

    private void Follow(in VrrpEvent happened)
    {
        _preemptAfter = MonoTime.Never;
        RestartMasterDown(happened);
    }

    /// <summary>RFC 9568 has an owner never yield; of a second one somebody must be told.</summary>
    private void IgnoreAsOwner(in VrrpEvent happened)
    {
        if (happened.Priority == VrrpPriority.Owner) Notice(VrrpNotice.SecondOwner, happened);
    }

    private void Resign()
    {
        StepDown();
        Enter(VrrpState.Init, MonoTime.Never, TransitionReason.Shutdown);
    }

    /// <summary>The next tick is on the grid that the last one was on; ticks already past are skipped, not sent in a burst.</summary>
    private void AdvertiseOnTime()
    {
        var lateness = _now - NextDeadline;
        Counters.AdvertLateness.Count(lateness);
        if (lateness > Counters.MaxAdvertLateness) Counters.MaxAdvertLateness = lateness;
        var skipped = lateness.Ticks / Settings.AdvertInterval.Ticks;
        Counters.TicksSkipped += skipped;
        Advertise();
        NextDeadline += Settings.AdvertInterval * (skipped + 1);
    }

    private void FaultMaster(in VrrpEvent happened)
    {
        Faults = happened.Faults;
        StepDown();
        Enter(VrrpState.Fault, MonoTime.Never, TransitionReason.Fault);
    }

    /// <summary>Peers are told, and the first to come, most likely this router, takes all the addresses again.</summary>
    private void Reelect(in VrrpEvent happened)
    {
        StepDown();
        Watch(Skew, TransitionReason.MasterResigned, TransitionReason.AddressLost, happened.Source);
    }

    private void AnswerResignation()
    {
        if (MayAnswer()) AdvertiseNow();
    }

    /// <summary>RFC 9568 §6.4.3: answered at once, so that the loser yields and bridges learn the right port again.</summary>
    private void Assert(in VrrpEvent happened)
    {
        if (!MayAnswer()) return;
        if (!Settings.LeavesLowerUnanswered) AdvertiseNow();
        _effects.Add(new(VrrpEffectKind.AnnounceAgain));
        Notice(VrrpNotice.ForcingElection, happened);
        if (happened.Priority == VrrpPriority.Owner) Notice(VrrpNotice.SecondOwner, happened);
    }

    private void NoteOwnDouble(in VrrpEvent happened) => Notice(VrrpNotice.SameSource, happened);

    /// <summary>No priority 0: the new master is there already, and a resignation would start another election.</summary>
    private void Yield(in VrrpEvent happened)
    {
        Notice(VrrpNotice.YieldingToHigher, happened);
        if (EffectivePriority == VrrpPriority.Owner) Notice(VrrpNotice.SecondOwner, happened);
        if (Settings.AnswersHigher) Advertise();
        Release();
        Learn(happened);
        Watch(MasterDown, TransitionReason.MasterSilent, TransitionReason.Outranked);
        _followed = (happened.Priority, happened.Source, NextDeadline);
    }

    private void YieldWithGroup()
    {
        Release();
        Watch(MasterDown, TransitionReason.MasterSilent, TransitionReason.MemberYielded);
    }

    private void ResignWithGroup()
    {
        StepDown();
        Watch(Skew, TransitionReason.MasterResigned, TransitionReason.MemberYielded);
    }

    /// <summary>No priority 0, which would end the mastership of the peer that it yields to.</summary>
    private void YieldAfterPause()
    {
        Release();
        Watch(MasterDown, TransitionReason.MasterSilent, TransitionReason.Paused);
    }

    private void StopFaulty() => Enter(VrrpState.Init, MonoTime.Never, TransitionReason.Shutdown);

    private void NoteFaults(in VrrpEvent happened)
    {
        if (happened.Faults == Faults) return;
        Faults = happened.Faults;
        Enter(VrrpState.Fault, MonoTime.Never, TransitionReason.Fault);
    }

    private void StepDown()
    {
        _effects.Add(new(VrrpEffectKind.Advertise, VrrpPriority.Resign));
        Release();
    }

    private void Release()
    {
        Counters.ReleaseMaster++;
        _effects.Add(new(VrrpEffectKind.RemoveAddresses));
    }

    private void Watch(TimeSpan wait, TransitionReason timerReason, TransitionReason reason, IpAddress128 source = default)
    {
        _preemptAfter = MonoTime.Never;
        _timerReason = timerReason;
        Enter(VrrpState.Backup, WaitStart + wait, reason, source);
    }

    private void RestartMasterDown(in VrrpEvent happened)
    {
        (WantsMaster, IsUndecided) = (false, false);
        _timerReason = TransitionReason.MasterSilent;
        // The lower of two masters yields to the other. Its interval, if it is shorter, must not have this router give up the other
        // between two of its adverts: two backups would go on taking over from each other.
        if (_now < _followed.Until && IsBelowFollowed(happened))
        {
            var silent = WaitStart + VrrpTimers.MasterDown(
                Settings.Version, IntervalOf(happened), EffectivePriority, Settings.DownTimerAdverts);
            if (silent > NextDeadline) NextDeadline = silent;
            return;
        }

        Learn(happened);
        NextDeadline = WaitStart + MasterDown;
        _followed = (happened.Priority, happened.Source, NextDeadline);
    }

    private bool IsBelowFollowed(in VrrpEvent happened) => happened.Source != _followed.Source
        && Election.Rank(happened.Priority, happened.Source, _followed.Priority, _followed.Source)
            is VrrpEventKind.LowerAdvert or VrrpEventKind.EqualAdvertLowerSource;

    private void Learn(in VrrpEvent happened)
    {
        if (Settings.Version != VrrpVersion.V2) _learnedInterval = IntervalOf(happened);
    }

    private void Forget() => (_learnedInterval, _followed) = (TimeSpan.Zero, default);

    /// <summary>In version 2 all routers have the same interval, and adverts of another are not believed.</summary>
    private TimeSpan IntervalOf(in VrrpEvent happened) => Settings.Version == VrrpVersion.V2
        ? Settings.AdvertInterval
        : TimeSpan.FromTicks(Math.Clamp(happened.Interval.Ticks, VrrpLimits.ShortestInterval.Ticks, VrrpLimits.LongestInterval.Ticks));

    private bool MayAnswer()
    {
        var may = _now >= _answerAfter;
        if (may) _answerAfter = _now + (Settings.AdvertInterval / VrrpLimits.AnswersPerInterval);
        else Counters.AnswersSuppressed++;
        return may;
    }

    private void AdvertiseNow()
    {
        Advertise();
        NextDeadline = _now + Settings.AdvertInterval;
    }

    private void Advertise() => _effects.Add(new(VrrpEffectKind.Advertise, EffectivePriority));

    private void Enter(VrrpState state, MonoTime deadline, TransitionReason reason, IpAddress128 source = default)
    {
        (State, Reason) = (state, reason);
        (WantsMaster, IsUndecided) = (false, false);
        NextDeadline = deadline;
        _effects.Add(new(VrrpEffectKind.ReportState, State: state, Reason: reason, Faults: Faults, Source: source));
    }

    private void Notice(VrrpNotice notice, in VrrpEvent happened) =>
        _effects.Add(new(VrrpEffectKind.ReportNotice, happened.Priority, Notice: notice, Source: happened.Source));
}
