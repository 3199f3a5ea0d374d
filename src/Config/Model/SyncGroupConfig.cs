namespace Director.Config;

/// <summary>A <c>vrrp_sync_group</c>: instances that are master together or not at all.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Members">The names of its instances; never empty, none in another group.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record SyncGroupConfig(string Name, IReadOnlyList<string> Members, SourceLocation Location)
{
    /// <summary>What all members track besides their own.</summary>
    public IReadOnlyList<TrackConfig> Tracks { get; init; } = [];

    /// <summary><c>sync_group_tracking_weight</c>: members may track with weights of their own.</summary>
    public bool AllowsMemberWeights { get; init; }

    /// <summary>Who is told of its states.</summary>
    public NotifyConfig Notify { get; init; } = NotifyConfig.None;
}
