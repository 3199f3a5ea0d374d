namespace Director.Config.Text;

/// <summary>Why a script's line cannot be split.</summary>
/// <param name="Code">One of <see cref="DiagnosticCode"/>.</param>
/// <param name="Offset">Where in the value.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Hint">What to do; null if nothing is known.</param>
internal sealed record ScriptFault(string Code, int Offset, string Problem, string? Hint = null);
