using Director.Net.Wire;

namespace Director.Vrrp;

/// <summary>
/// What all that an instance tracks makes of its priority: base + the sum of what is added, kept between 1 and 254; 255, the owner of the
/// addresses, knows no weights. Pure, no allocation after construction; one thread.
/// </summary>
public sealed class PriorityTracker
{
    private const int LowestPriority = 1;
    private const int HighestPriority = VrrpPriority.Owner - 1;
    private const int MostAdded = 253;

    private readonly byte _basePriority;
    private readonly TrackSettings[] _tracked;
    private readonly TrackerStatus[] _statuses;
    private readonly bool[] _isTrusted;

    /// <summary>
    /// A tracker that knows nothing yet of <paramref name="tracked"/>. What <paramref name="before"/>, which it follows, did not track is
    /// taken to be well until something is known, so that new settings alone are no fault.
    /// </summary>
    public PriorityTracker(byte basePriority, IReadOnlyList<TrackSettings> tracked, PriorityTracker? before = null)
    {
        _basePriority = basePriority;
        _tracked = [.. tracked];
        _statuses = new TrackerStatus[_tracked.Length];
        _isTrusted = [.. _tracked.Select(track => before?.Trusts(track.Key) ?? false)];
        Reckon();
    }

    /// <summary>The priority to advertise, 1–255.</summary>
    public byte EffectivePriority { get; private set; }

    /// <summary><see cref="FaultReasons.TrackerDown"/>, <see cref="FaultReasons.TrackerUnknown"/>, both or none.</summary>
    public FaultReasons Faults { get; private set; }

    /// <summary>All that is tracked, in the order in which it was given.</summary>
    public ReadOnlySpan<TrackSettings> Tracked => _tracked;

    /// <summary>
    /// Says how something is; returns whether that changed the priority or the faults. What is not tracked changes nothing.
    /// </summary>
    public bool Set(TrackerKey key, TrackerStatus status)
    {
        var changed = false;
        for (var i = 0; i < _tracked.Length; i++)
        {
            if (_tracked[i].Key != key || _statuses[i] == status) continue;
            _statuses[i] = status;
            changed = true;
        }

        if (!changed) return false;
        var before = (EffectivePriority, Faults);
        Reckon();
        return before != (EffectivePriority, Faults);
    }

    /// <summary>Whether a successor is to take it to be well.</summary>
    private bool Trusts(TrackerKey key)
    {
        var index = Array.FindIndex(_tracked, track => track.Key == key);
        return index < 0 || (_isTrusted[index] && _statuses[index].Condition == TrackerCondition.Init);
    }

    private static FaultReasons FaultOf(in TrackSettings track, TrackerStatus status)
    {
        if (track.Weight != 0) return AddedBy(track, status) < -MostAdded ? FaultReasons.TrackerDown : FaultReasons.None;
        if (status.Condition == TrackerCondition.Init) return FaultReasons.TrackerUnknown;
        var isWell = status.Condition == TrackerCondition.Up && status.Value == 0;
        return isWell == track.IsReversed ? FaultReasons.TrackerDown : FaultReasons.None;
    }

    /// <summary>What is not known yet adds nothing.</summary>
    private static long AddedBy(in TrackSettings track, TrackerStatus status)
    {
        if (status.Condition == TrackerCondition.Init) return 0;
        long added;
        if (track.Key.Kind == TrackerKind.File) added = (long)status.Value * track.Weight;
        else added = status.Condition == TrackerCondition.Up == track.Weight > 0 ? track.Weight : 0;
        return track.IsReversed ? -added : added;
    }

    private void Reckon()
    {
        long total = _basePriority;
        var faults = FaultReasons.None;
        for (var i = 0; i < _tracked.Length; i++)
        {
            if (_tracked[i].Weight != 0 && _basePriority == VrrpPriority.Owner) continue;
            var isAwaited = _isTrusted[i] && _statuses[i].Condition == TrackerCondition.Init;
            if (!isAwaited) faults |= FaultOf(_tracked[i], _statuses[i]);
            total += Math.Clamp(AddedBy(_tracked[i], _statuses[i]), -MostAdded, MostAdded);
        }

        Faults = faults;
        EffectivePriority = _basePriority == VrrpPriority.Owner
            ? _basePriority
            : (byte)Math.Clamp(total, LowestPriority, HighestPriority);
    }
}
