using Director.Config;

namespace Director.Commands;

/// <summary>A diagnostic as <c>director check --json</c> has it.</summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>hint</c>.</param>
/// <param name="File">The file.</param>
/// <param name="Line">The line from 1; 0 for the file as a whole.</param>
/// <param name="Column">The column from 1, in UTF-16 units; 0 for the line as a whole.</param>
/// <param name="Length">UTF-16 units from there on; 0 if that is not known.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Fix">What to do.</param>
/// <param name="Related">Other places that it is about.</param>
/// <param name="Text">The line as it stands in the file; null without one.</param>
internal sealed record ReportedDiagnostic(
    string Rule, string Severity, string File, int Line, int Column, int Length, string Message, string? Why, string? Fix,
    IReadOnlyList<ReportedPlace> Related, string? Text)
{
    public static ReportedDiagnostic Of(Diagnostic diagnostic, ConfigSources sources) => new(
        diagnostic.Code, diagnostic.SeverityName, diagnostic.File, diagnostic.Line, diagnostic.Column, diagnostic.Length,
        diagnostic.Message, diagnostic.Why, diagnostic.Fix,
        [.. diagnostic.Related.Select(place => new ReportedPlace(
            place.Location.File, place.Location.Line, place.Location.Column, place.Length, place.Label))],
        sources.Line(diagnostic.File, diagnostic.Line));
}
