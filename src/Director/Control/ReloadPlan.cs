using Director.Config;

namespace Director.Control;

/// <summary>
/// What a reload changes, a line each: <c>+</c> added, <c>-</c> removed, <c>~</c> changed. An unchanged configuration gives an empty
/// plan.
/// </summary>
internal static class ReloadPlan
{
    /// <summary>
    /// The steps from <paramref name="before"/> to <paramref name="after"/>: additions first, as they are applied (make before break).
    /// </summary>
    public static IReadOnlyList<string> Compare(DirectorConfig before, DirectorConfig after)
    {
        var old = ConfigOutline.Of(before).ToDictionary(item => item.Name);
        var now = ConfigOutline.Of(after);
        var plan = new List<string>();
        plan.AddRange(now.Where(item => !old.ContainsKey(item.Name)).Select(item => $"+ {item.Name}"));
        foreach (var item in now)
        {
            if (!old.TryGetValue(item.Name, out var previous)) continue;
            plan.AddRange(Changes(previous, item));
        }

        var kept = now.Select(item => item.Name).ToHashSet();
        plan.AddRange(old.Keys.Where(name => !kept.Contains(name)).Select(name => $"- {name}"));
        return plan;
    }

    private static IEnumerable<string> Changes(OutlineObject before, OutlineObject after)
    {
        var old = before.Properties.ToDictionary();
        foreach (var (keyword, value) in after.Properties)
        {
            var was = old.Remove(keyword, out var previous) ? previous : "none";
            if (was != value) yield return $"~ {after.Name}: {keyword} {was} -> {value}";
        }

        foreach (var (keyword, value) in old) yield return $"~ {after.Name}: {keyword} {value} -> none";
    }
}
