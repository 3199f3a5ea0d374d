namespace Director.Config.Patterns;

/// <summary>What is wrong with a pattern.</summary>
/// <param name="Offset">Characters of the pattern before it.</param>
/// <param name="Problem">What it is.</param>
/// <param name="IsOurs">Whether PCRE2 would take it.</param>
internal sealed record PatternFault(int Offset, string Problem, bool IsOurs);
