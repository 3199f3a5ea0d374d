namespace Director.Config;

/// <summary>Checks of real servers.</summary>
internal static class CheckRules
{
    public static readonly IReadOnlyList<LintRule> All = [];
}
