using System.Globalization;
using Director.Reloading;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Director.Admin;

/// <summary>A plan for eyes: object by object, what changes and what follows from it.</summary>
internal static class PlanView
{
    /// <summary>The whole of it.</summary>
    /// <param name="answer">The plan, and what came of it.</param>
    /// <param name="isPlan">Whether it is only a plan.</param>
    public static IRenderable Of(ReloadAnswer answer, bool isPlan)
    {
        var lines = new List<IRenderable>();
        foreach (var kind in answer.Plan.GroupBy(step => step.Kind).OrderBy(group => group.Key))
        {
            lines.Add(new Markup($"[bold]{Title(kind.Key)}[/]"));
            foreach (var item in kind.GroupBy(step => (step.Object, step.Change))) lines.AddRange(Lines([.. item]));
        }

        lines.Add(new Text(Summary(answer, isPlan)));
        return new Rows(lines);
    }

    private static IEnumerable<IRenderable> Lines(IReadOnlyList<PlanStep> steps)
    {
        var first = steps[0];
        var (mark, colour) = first.Change switch
        {
            PlanChange.Added => ('+', Color.Green),
            PlanChange.Removed => ('-', Color.Red),
            _ => ('~', Color.Yellow),
        };
        yield return new Text($"  {mark} {first.Object}{Touches(first)}", colour);
        foreach (var step in steps)
        {
            if (step.Change == PlanChange.Changed) yield return new Text($"      {step.Keyword}: {step.Before} -> {step.After}");
            if (step.Effect is { } effect) yield return new Text($"        {effect}", new Style(decoration: Decoration.Dim));
        }
    }

    private static string Touches(PlanStep step) => step.Connections switch
    {
        null => "",
        1 => "  (touches 1 connection)",
        { } count => string.Create(CultureInfo.InvariantCulture, $"  (touches {count} connections)"),
    };

    private static string Summary(ReloadAnswer answer, bool isPlan)
    {
        if (answer.Refusals.Count > 0)
        {
            return isPlan
                ? "It would be refused, and nothing would change."
                : "Refused: nothing has changed, the configuration before goes on.";
        }

        var count = string.Join(", ", answer.Plan.GroupBy(step => step.Change).OrderBy(group => group.Key).Select(group =>
            string.Create(CultureInfo.InvariantCulture,
                $"{group.DistinctBy(step => step.Object).Count()} {group.Key.ToString().ToLowerInvariant()}")));
        if (isPlan) return count.Length == 0 ? "Nothing would change." : $"Would be: {count}.";
        var took = answer.Status?.Last is { } last
            ? string.Create(CultureInfo.InvariantCulture, $" Configuration {answer.Status.Generation}, after {last.Seconds * 1000:0} ms.")
            : "";
        return count.Length == 0 ? "Nothing has changed." : $"In force: {count}.{took}";
    }

    private static string Title(PlanKind kind) => kind switch
    {
        PlanKind.Global => "globals",
        PlanKind.Host => "host",
        PlanKind.Bfd => "BFD sessions",
        PlanKind.Instance => "VRRP instances",
        PlanKind.Owned => "addresses, routes and rules",
        PlanKind.Group => "sync groups",
        PlanKind.Tracker => "trackers",
        PlanKind.Service => "virtual services",
        PlanKind.Server => "real servers",
        _ => "checks",
    };
}
