namespace Director.Vrrp;

/// <summary>
/// Instances that are to be master together or not at all (keepalived.conf(5), <c>vrrp_sync_group</c>). Immutable.
/// </summary>
public sealed record SyncGroupSettings
{
    /// <summary>The name in logs and reports.</summary>
    public required string Name { get; init; }

    /// <summary>The names of its instances, each once and in no other group; one that does not exist is passed over.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>What every member tracks besides its own (<c>track_*</c> of the group).</summary>
    public IReadOnlyList<TrackSettings> Tracked { get; init; } = [];

    /// <summary>Whether members may track with weights of their own (<c>sync_group_tracking_weight</c>).</summary>
    public bool AllowsMemberWeights { get; init; }

    /// <summary>
    /// What a member tracks, its own first. Without <see cref="AllowsMemberWeights"/> a weight of its own would let members differ, so an
    /// interface counts without its weight, and anything else of the member's own that has a weight not at all, as in keepalived.
    /// </summary>
    public IEnumerable<TrackSettings> TrackedBy(VrrpInstanceSettings member)
    {
        foreach (var track in member.Tracked)
        {
            if (AllowsMemberWeights || track.Weight == 0) yield return track;
            else if (track.Key.Kind == TrackerKind.Interface) yield return track with { Weight = 0 };
        }

        foreach (var track in Tracked) yield return track;
    }

    /// <summary>Why the engine cannot run this, naming group and value; null if it can.</summary>
    public string? Problem()
    {
        if (Members.Count is 0 or > VrrpLimits.Instances)
            return $"({Name}) {Members.Count} members; 1 to {VrrpLimits.Instances} are allowed";
        if (Members.Sum(member => member.Length) > VrrpLimits.MemberNames)
            return $"({Name}) the names of its members are longer than {VrrpLimits.MemberNames} characters together";
        if (Members.Distinct().Count() != Members.Count) return $"({Name}) a member is listed twice";
        if (Tracked.Count > VrrpLimits.Tracked) return $"({Name}) tracks {Tracked.Count} things; at most {VrrpLimits.Tracked}";
        return Tracked.Select(track => track.Problem()).FirstOrDefault(problem => problem is not null) is { } problem
            ? $"({Name}) {problem}"
            : null;
    }
}
