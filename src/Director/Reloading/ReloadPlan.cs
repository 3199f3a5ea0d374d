using Director.Config;

namespace Director.Reloading;

/// <summary>
/// What a reload changes, step by step. A configuration that means the same gives an empty plan, however it is written. Pure.
/// </summary>
internal static class ReloadPlan
{
    /// <summary>
    /// The steps from <paramref name="before"/> to <paramref name="after"/>: additions first and removals last, as they are applied (make
    /// before break).
    /// </summary>
    /// <param name="before">What is in force.</param>
    /// <param name="after">What is to be; shares with it what is the same (<see cref="ConfigReuse"/>), or costs more.</param>
    /// <param name="live">What the changes would touch; null to leave that out.</param>
    public static IReadOnlyList<PlanStep> Compare(DirectorConfig before, DirectorConfig after, IPlanSubject? live = null)
    {
        var (kept, same) = (before.VirtualServers.ToHashSet(ReferenceEqualityComparer.Instance), new HashSet<object>());
        same.UnionWith(after.VirtualServers.Where(kept.Contains));
        var old = ConfigOutline.Of(before, before.VirtualServers.Where(service => !same.Contains(service))).ToDictionary(item => item.Name);
        var now = ConfigOutline.Of(after, after.VirtualServers.Where(service => !same.Contains(service))).ToDictionary(item => item.Name);
        var effects = new PlanEffects(before, after, live);
        var plan = new List<PlanStep>();
        foreach (var item in now.Values.Where(item => !old.ContainsKey(item.Name) && !GoesWith(item, now, old)))
            plan.Add(effects.Of(new(PlanChange.Added, item.Kind, item.Name), item, item));
        foreach (var item in now.Values)
            if (old.TryGetValue(item.Name, out var previous)) plan.AddRange(Changes(previous, item, effects));
        foreach (var item in old.Values.Where(item => !now.ContainsKey(item.Name) && !GoesWith(item, old, now)))
            plan.Add(effects.Of(new(PlanChange.Removed, item.Kind, item.Name), item, item));
        if (plan.Count == 0 && !ModelEquality.AreSame(before, after)) plan.Add(new(PlanChange.Changed, PlanKind.Global, "the file")
        {
            Keyword = "order", Before = "as it is", After = "another",
        });
        return plan;
    }

    /// <summary>Whether an object comes or goes with what it belongs to, which says enough.</summary>
    private static bool GoesWith(OutlineObject item, Dictionary<string, OutlineObject> its, Dictionary<string, OutlineObject> others) =>
        item.Owner is { } owner && its.ContainsKey(owner) && !others.ContainsKey(owner);

    private static IEnumerable<PlanStep> Changes(OutlineObject before, OutlineObject after, PlanEffects effects)
    {
        if (ModelEquality.AreSame(before.Said, after.Said)) yield break;
        var old = ModelText.Of(before).DistinctBy(said => said.Keyword).ToDictionary();
        foreach (var (keyword, value) in ModelText.Of(after).DistinctBy(said => said.Keyword))
        {
            var was = old.Remove(keyword, out var previous) ? previous : "none";
            if (was != value) yield return Change(keyword, was, value);
        }

        foreach (var (keyword, value) in old)
            if (value != "none") yield return Change(keyword, value, "none");

        PlanStep Change(string keyword, string was, string value) => effects.Of(
            new(PlanChange.Changed, after.Kind, after.Name) { Keyword = keyword, Before = was, After = value }, before, after);
    }
}
