using Director.Config.Syntax;

namespace Director.Config;

/// <summary>What came of reading a configuration: the model, and all that is to be said about the text.</summary>
/// <param name="Config">The model. With errors it holds what could be understood, for display only: it must not be applied.</param>
/// <param name="Diagnostics">All diagnostics, by file in order of reading, then by line and column.</param>
/// <param name="Sources">The lines of the files read, to show beside diagnostics.</param>
public sealed record ConfigResult(DirectorConfig Config, IReadOnlyList<Diagnostic> Diagnostics, ConfigSources Sources)
{
    /// <summary>The statements as they are written, if they were to be kept; for <see cref="Linter"/>.</summary>
    internal IReadOnlyList<Statement> Syntax { get; init; } = [];

    /// <summary>Whether any diagnostic is an error: the configuration must not be applied.</summary>
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}
