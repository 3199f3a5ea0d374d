namespace Director.Admin;

/// <summary>What became of a reload: taken into force whole, or refused whole.</summary>
/// <param name="Applied">Whether the new configuration is in force.</param>
/// <param name="Plan">What changed, a line each; empty if nothing did.</param>
/// <param name="Diagnostics">What was found in the files.</param>
internal sealed record ReloadAnswer(bool Applied, IReadOnlyList<string> Plan, IReadOnlyList<string> Diagnostics);
