namespace Director.Config;

/// <summary>A <c>BFD_CHECK</c>: passes while a session is up.</summary>
/// <param name="Session"><c>name</c>: of a <see cref="BfdInstanceConfig"/>.</param>
/// <param name="Alpha"><c>alpha</c>: counts as failed until the session first comes up.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record BfdCheckConfig(string Session, bool Alpha, SourceLocation Location);
