namespace Director.Commands;

/// <summary>A second place of a <see cref="ReportedDiagnostic"/>; numbers as there.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line.</param>
/// <param name="Column">The column.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="Label">What it is to the first.</param>
internal sealed record ReportedPlace(string File, int Line, int Column, int Length, string Label);
