using Director.Config.Binder;

namespace Director.Config;

/// <summary>All rules that diagnostics are named after.</summary>
public static class RuleCatalogue
{
    private static readonly Dictionary<string, LintRule> ByName;

    static RuleCatalogue()
    {
        All =
        [
            .. TextRules.All, .. KeywordRules.All, .. NameRules.All, .. VrrpRules.All, .. StrictRules.All, .. AddressRules.All,
            .. TrackingRules.All, .. ServiceRules.All, .. CheckRules.All, .. ScriptRules.All, .. PeerRules.All, .. HostRules.All,
        ];
        ByName = All.ToDictionary(rule => rule.Name, StringComparer.Ordinal);
    }

    /// <summary>The rules, by subject.</summary>
    public static IReadOnlyList<LintRule> All { get; }

    /// <summary>The rule of that name; null if there is none.</summary>
    public static LintRule? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The rule whose name comes nearest to a misspelt one; null if none does.</summary>
    public static string? Nearest(string name) => Nearness.Nearest(name, ByName.Keys);
}
