using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using Director.Config;

namespace Director.Commands;

/// <summary>
/// What <c>director check --json</c> prints. Properties are added; <see cref="Version"/> counts when one is removed or means another.
/// </summary>
/// <param name="File">The file that was checked, as it was named.</param>
/// <param name="Files">All files that were read, in order.</param>
/// <param name="Usable">Whether it can be run: no diagnostic is an error.</param>
/// <param name="Errors">How many errors there are.</param>
/// <param name="Warnings">How many warnings.</param>
/// <param name="Hints">How many hints.</param>
/// <param name="Diagnostics">All of them, in order of the files.</param>
internal sealed record CheckReport(
    string File, IReadOnlyList<string> Files, bool Usable, int Errors, int Warnings, int Hints,
    IReadOnlyList<ReportedDiagnostic> Diagnostics)
{
    /// <summary>Of the shape of this document.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init; } = 1;

    /// <summary>The JSON schema of the document, which is <c>docs/check.schema.json</c>.</summary>
    public static string Schema() =>
        ReportJson.Default.CheckReport.GetJsonSchemaAsNode(new() { TreatNullObliviousAsNonNullable = true })
            .ToJsonString(new() { WriteIndented = true }) + "\n";

    public static CheckReport Of(string file, IReadOnlyList<Diagnostic> diagnostics, ConfigSources sources)
    {
        return new(file, sources.Paths, Count(Severity.Error) == 0, Count(Severity.Error), Count(Severity.Warning), Count(Severity.Hint),
            [.. diagnostics.Select(diagnostic => ReportedDiagnostic.Of(diagnostic, sources))]);

        int Count(Severity severity) => diagnostics.Count(diagnostic => diagnostic.Severity == severity);
    }
}
