namespace Director.VrrpProcess;

/// <summary>A line for the log, about an instance or the process itself.</summary>
/// <param name="IsWarning">Whether somebody should look.</param>
/// <param name="Text">The line, without time and level.</param>
internal sealed record VrrpLineReport(bool IsWarning, string Text) : VrrpReport;
