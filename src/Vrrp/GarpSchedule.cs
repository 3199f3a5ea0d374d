using Director.Net;

namespace Director.Vrrp;

/// <summary>
/// Which addresses of a master are announced when: a burst now, another after a delay, refreshes after that. A burst goes through all
/// addresses before it repeats any, and is handed out frame by frame so that adverts can go out in between. Pure, no allocation, one
/// thread.
/// </summary>
public sealed class GarpSchedule
{
    private GarpSettings _settings;
    private int _addressCount;
    private int _cursor;
    private int _rounds;
    private int _deferredRounds;
    private MonoTime _deferredAt = MonoTime.Never;
    private MonoTime _answerAfter = MonoTime.Zero;
    private MonoTime _refreshAt = MonoTime.Never;
    private MonoTime _pendingSince = MonoTime.Never;

    /// <summary>An idle schedule for so many addresses.</summary>
    public GarpSchedule(GarpSettings settings, int addressCount) => (_settings, _addressCount) = (settings, addressCount);

    /// <summary>When <see cref="TryPeek"/> will have something, which may be past.</summary>
    public MonoTime NextDeadline => _rounds > 0 ? _pendingSince : MonoTime.Min(_deferredAt, _refreshAt);

    /// <summary>Starts what a new master announces.</summary>
    public void AnnounceMastership(MonoTime now)
    {
        Cancel();
        Begin(_settings.Repeat, now);
        Defer(_settings.Repeat, _settings.Delay, now);
        if (_settings.Refresh > TimeSpan.Zero) _refreshAt = now + _settings.Refresh;
    }

    /// <summary>Starts what a master announces that heard a lower one; at most once in the delay to the second burst.</summary>
    public void AnnounceAgain(MonoTime now)
    {
        if (now < _answerAfter) return;
        _answerAfter = now + _settings.LowerPriorityDelay;
        Begin(_settings.LowerPriorityRepeat, now);
        if (_deferredAt.IsNever) Defer(_settings.LowerPriorityRepeat, _settings.LowerPriorityDelay, now);
    }

    /// <summary>Announces everything once more soon.</summary>
    public void AnnounceAdded(MonoTime now) => Begin(_settings.Repeat, now);

    /// <summary>Announces nothing any more.</summary>
    public void Cancel()
    {
        (_cursor, _rounds, _answerAfter) = (0, 0, MonoTime.Zero);
        _deferredAt = _refreshAt = _pendingSince = MonoTime.Never;
    }

    /// <summary>Changes what is announced, and how often from the next burst on.</summary>
    public void Reconfigure(GarpSettings settings, int addressCount)
    {
        (_settings, _addressCount, _cursor) = (settings, addressCount, 0);
        if (settings.Refresh <= TimeSpan.Zero) _refreshAt = MonoTime.Never;
        if (addressCount > 0) return;
        _rounds = 0;
        _pendingSince = MonoTime.Never;
    }

    /// <summary>The index of the address to announce now, if any is due; the same until <see cref="Advance"/>.</summary>
    public bool TryPeek(MonoTime now, out int addressIndex)
    {
        Fall(now);
        addressIndex = _cursor;
        return _rounds > 0;
    }

    /// <summary>Goes on after the address that <see cref="TryPeek"/> gave has been announced.</summary>
    public void Advance()
    {
        if (++_cursor < _addressCount) return;
        _cursor = 0;
        if (--_rounds == 0) _pendingSince = MonoTime.Never;
    }

    private void Fall(MonoTime now)
    {
        if (_deferredAt <= now)
        {
            _deferredAt = MonoTime.Never;
            Begin(_deferredRounds, now);
        }

        if (_refreshAt > now) return;
        Begin(_settings.RefreshRepeat, now);
        while (_refreshAt <= now) _refreshAt += _settings.Refresh;
    }

    private void Begin(int rounds, MonoTime now)
    {
        if (rounds <= _rounds || _addressCount == 0) return;
        if (_rounds == 0) (_cursor, _pendingSince) = (0, now);
        _rounds = rounds;
    }

    private void Defer(int rounds, TimeSpan delay, MonoTime now)
    {
        if (delay <= TimeSpan.Zero) return;
        (_deferredRounds, _deferredAt) = (rounds, now + delay);
    }
}
