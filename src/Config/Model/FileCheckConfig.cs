using System.Globalization;

namespace Director.Config;

/// <summary>A <c>FILE_CHECK</c>: the number in a file changes the weight of the server, or fails it.</summary>
/// <param name="File"><c>track_file</c>: of a <see cref="TrackFileConfig"/>.</param>
/// <param name="Weight"><c>weight</c>: what the number is multiplied with; null for the file's own.</param>
/// <param name="IsReversed"><c>reverse</c>: the sign, or with weight 0 the meaning, is turned round.</param>
/// <param name="Timing">Nothing of it: it is told and never tried.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record FileCheckConfig(string File, int? Weight, bool IsReversed, CheckTimingConfig Timing, SourceLocation Location)
    : CheckConfig(Timing, Location)
{
    /// <inheritdoc/>
    public override string Keyword => "FILE_CHECK";

    /// <inheritdoc/>
    public override string Shown => string.Create(CultureInfo.InvariantCulture,
        $"{File} weight {Weight?.ToString(CultureInfo.InvariantCulture) ?? "of the file"}{(IsReversed ? " reverse" : "")}");
}
