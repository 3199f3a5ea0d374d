namespace Director.Config;

/// <summary>A <c>vrrp_track_file</c> (<c>track_file</c>) that something tracks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path"><c>file</c>: an absolute path.</param>
/// <param name="InitialValue"><c>init_file</c>: what is written into a new file; null if it is not made.</param>
/// <param name="Overwrites">Whether one that is there is overwritten at the start.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record TrackFileConfig(string Name, string Path, int? InitialValue, bool Overwrites, SourceLocation Location)
{
    /// <summary><c>weight</c> for those that say none, as a <c>FILE_CHECK</c>.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Whether that is <c>reverse</c>.</summary>
    public bool IsReversed { get; init; }
}
