using Director.Net;

namespace Director.Vrrp;

/// <summary>
/// The announcements of one virtual router, between the thread that runs the router and the one that sends: the former asks and cancels,
/// the latter takes one frame after another. Neither waits for the other. No allocation but for a new plan.
/// </summary>
public sealed class AnnouncementJob
{
    private const int OccasionBits = 8;

    private readonly VrrpCounters _counters;

    // The number of the mastership above, what has been asked for and not been seen below.
    private long _mail;
    private AnnouncementPlan _plan = AnnouncementPlan.Nothing;
    private long _failures;
    private int _additionsAsked;
    private int _additionsDone;

    // What follows is the sending thread's.
    private readonly GarpSchedule _schedule = new(AnnouncementPlan.Nothing.Settings, 0);
    private readonly GarpSchedule _extras = new(AnnouncementPlan.Nothing.Settings, 0);
    private readonly GarpSchedule _added = new(AnnouncementPlan.Nothing.Settings, 0);
    private AnnouncementPlan _used = AnnouncementPlan.Nothing;
    private long _mastership;
    private int _additionsHeard;
    private GarpSchedule _current;
    private IpAddress128 _failed;

    /// <summary>A job with nothing to announce, which counts what it has sent.</summary>
    public AnnouncementJob(VrrpCounters counters) => (_counters, _current) = (counters, _schedule);

    /// <summary>Whether everything that was added has been announced as often as it is to be. Of the thread that asks.</summary>
    public bool HasAnnouncedAdditions => Volatile.Read(ref _additionsDone) == _additionsAsked;

    /// <summary>When <see cref="TryPeek"/> will have something, which may be past. Of the sending thread.</summary>
    internal MonoTime NextDeadline =>
        MonoTime.Min(MonoTime.Min(_schedule.NextDeadline, _added.NextDeadline), _extras.NextDeadline);

    /// <summary>
    /// Whether the mastership whose announcements are being sent still is. Of the sending thread, before each frame: what it says no to
    /// must not be sent.
    /// </summary>
    internal bool IsCurrent => Volatile.Read(ref _mail) >> OccasionBits == _mastership;

    /// <summary>Has other addresses announced from now on, or otherwise.</summary>
    public void SetPlan(AnnouncementPlan plan) => Volatile.Write(ref _plan, plan);

    /// <summary>Announces what a new master has.</summary>
    public void AnnounceMastership() => Ask(AnnouncementOccasions.Mastership);

    /// <summary>Announces what a master has that heard a lower one.</summary>
    public void AnnounceAgain() => Ask(AnnouncementOccasions.LowerMaster);

    /// <summary>Announces what has been added (<see cref="AnnouncementPlan.Added"/>).</summary>
    public void AnnounceAdded()
    {
        Volatile.Write(ref _additionsAsked, _additionsAsked + 1);
        Ask(AnnouncementOccasions.Addition);
    }

    /// <summary>Announces nothing any more; at most a frame that is on its way into the kernel goes out after this.</summary>
    public void Cancel()
    {
        for (var mail = Volatile.Read(ref _mail); ;)
        {
            var found = Interlocked.CompareExchange(ref _mail, ((mail >> OccasionBits) + 1) << OccasionBits, mail);
            if (found == mail) return;
            mail = found;
        }
    }

    /// <summary>Frames that the kernel did not take since the last call, and the address of one of them.</summary>
    public long TakeFailures(out IpAddress128 address)
    {
        address = default;
        if (Volatile.Read(ref _failures) == 0) return 0;
        address = _failed;
        return Interlocked.Exchange(ref _failures, 0);
    }

    /// <summary>Takes in what was asked for. Of the sending thread.</summary>
    internal void Hear(MonoTime now)
    {
        var mail = Volatile.Read(ref _mail);
        for (long found; ; mail = found)
        {
            found = Interlocked.CompareExchange(ref _mail, mail >> OccasionBits << OccasionBits, mail);
            if (found == mail) break;
        }

        var asked = (AnnouncementOccasions)(mail & ((1 << OccasionBits) - 1));
        // After the mail: whoever asks sets the plan first.
        var plan = Volatile.Read(ref _plan);
        if (mail >> OccasionBits != _mastership)
        {
            _mastership = mail >> OccasionBits;
            _schedule.Cancel();
            _added.Cancel();
            _extras.Cancel();
        }

        if (!ReferenceEquals(plan, _used))
        {
            _used = plan;
            _schedule.Reconfigure(plan.Settings, plan.Addresses.Count);
            _added.Reconfigure(plan.Settings, plan.Added?.Count ?? plan.Addresses.Count);
            _extras.Reconfigure(plan.ExtraSettings, plan.Extras.Count);
        }

        if ((asked & AnnouncementOccasions.Mastership) != 0)
        {
            _schedule.AnnounceMastership(now);
            _extras.AnnounceMastership(now);
        }

        if ((asked & AnnouncementOccasions.LowerMaster) != 0) _schedule.AnnounceAgain(now);
        if ((asked & AnnouncementOccasions.Addition) == 0) return;
        _additionsHeard = Volatile.Read(ref _additionsAsked);
        _added.AnnounceAdded(now);
    }

    /// <summary>The address to announce now, if any is due. Of the sending thread.</summary>
    internal bool TryPeek(MonoTime now, out int link, out IpAddress128 address)
    {
        (link, address) = (0, default);
        if (_schedule.TryPeek(now, out var index))
        {
            _current = _schedule;
        }
        else if (_added.TryPeek(now, out index))
        {
            _current = _added;
            if (_used.Added is { } added) index = added[index];
        }
        else if (_extras.TryPeek(now, out index))
        {
            _current = _extras;
            index = _used.Extras[index];
        }
        else
        {
            return false;
        }

        (link, address) = _used.Addresses[index];
        return true;
    }

    /// <summary>Goes on to the next address, the one that <see cref="TryPeek"/> gave having been sent or refused.</summary>
    internal void Advance(bool isSent, IpAddress128 address)
    {
        _current.Advance();
        if (_current == _added && _added.NextDeadline.IsNever) Volatile.Write(ref _additionsDone, _additionsHeard);
        if (isSent)
        {
            _counters.AnnouncementsSent++;
            return;
        }

        _failed = address;
        Interlocked.Increment(ref _failures);
    }

    private void Ask(AnnouncementOccasions occasion) => Interlocked.Or(ref _mail, (long)occasion);
}
