namespace Director.Config;

/// <summary>A <c>BFD_CHECK</c>: passes while a session is up.</summary>
/// <param name="Session"><c>name</c>: of a <see cref="BfdInstanceConfig"/>.</param>
/// <param name="Timing">Only <c>alpha</c>: it is told and never tried.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record BfdCheckConfig(string Session, CheckTimingConfig Timing, SourceLocation Location) : CheckConfig(Timing, Location)
{
    /// <inheritdoc/>
    public override string Keyword => "BFD_CHECK";

    /// <inheritdoc/>
    public override string Shown => Session;
}
