namespace Director.Config;

/// <summary>Trackers.</summary>
internal static class TrackingRules
{
    public static readonly IReadOnlyList<LintRule> All = [];
}
