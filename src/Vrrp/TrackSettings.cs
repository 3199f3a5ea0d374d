namespace Director.Vrrp;

/// <summary>That an instance or a sync group tracks something, and what that does to it (keepalived.conf(5), "Track" blocks).</summary>
/// <param name="Key">What is tracked.</param>
/// <param name="Weight">
/// What is added to the priority: if positive, while it is well; if negative, while it is not; of a file, for each unit of its
/// number. Zero: the instance is in fault while it is not well, or while the file's number is not 0. −253 to 253, of files and
/// processes −254 to 254.
/// </param>
/// <param name="IsReversed">
/// Whether the sign of what is added is changed; with weight zero, whether the fault is while it is well, or while the number is 0.
/// </param>
public readonly record struct TrackSettings(TrackerKey Key, int Weight = 0, bool IsReversed = false)
{
    /// <summary>Why the engine cannot run this; null if it can.</summary>
    public string? Problem()
    {
        if (Key.Kind > TrackerKind.Bfd) return $"an unknown kind of tracker: {Key.Kind}";
        if (Key.Name.Length is 0 or > VrrpLimits.TrackerName)
            return $"the name of a tracker has {Key.Name.Length} characters; 1 to {VrrpLimits.TrackerName} are allowed";
        var most = Key.Kind is TrackerKind.File or TrackerKind.Process ? 254 : 253;
        return Math.Abs((long)Weight) > most ? $"weight {Weight} of {Key.Name} must be -{most} to {most}" : null;
    }
}
