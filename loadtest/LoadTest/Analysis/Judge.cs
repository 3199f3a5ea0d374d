using System.Globalization;
using Director.LoadScenarios;
using Director.LoadTest.Engine;

namespace Director.LoadTest.Analysis;

/// <summary>Holds what users saw against the thresholds of the plan.</summary>
internal static class Judge
{
    private static readonly TimeSpan NotableLateness = TimeSpan.FromMilliseconds(50);

    /// <summary>A verdict for each threshold, in the plan's order.</summary>
    public static IReadOnlyList<Verdict> Decide(RunRecord run) => [.. run.Plan.Thresholds.Select(threshold => Decide(run, threshold))];

    /// <summary>How many iterations of a scenario there must be.</summary>
    public static int Due(LoadScenario scenario) =>
        Arrivals.Of(scenario.Simulations).Count()
        + Copies.Of(scenario.Simulations).Sum(copy => (int)Math.Ceiling((copy.Until - copy.From) / scenario.Pace));

    private static Verdict Decide(RunRecord run, Threshold threshold) => threshold switch
    {
        Threshold.Errors errors => Errors(run, errors),
        Threshold.Latency latency => Latency(run, latency),
        Threshold.ErrorsEnd end => ErrorsEnd(run, end),
        Threshold.NoErrorBefore before => NoErrorBefore(run, before),
        Threshold.TimeWithoutService without => TimeWithoutService(run, without),
        Threshold.EvenShares shares => EvenShares(run, shares),
        Threshold.EverybodyCame came => EverybodyCame(run, came),
        _ => throw new ArgumentOutOfRangeException(nameof(threshold)),
    };

    private static Verdict Errors(RunRecord run, Threshold.Errors threshold)
    {
        var iterations = run.Iterations(threshold.Scenario).ToList();
        var failed = iterations.Count(iteration => !iteration.IsOk);
        return new(threshold.Told, Text($"{failed:N0} of {iterations.Count:N0} failed{Kinds(iterations)}"), failed <= threshold.AtMost);
    }

    private static Verdict Latency(RunRecord run, Threshold.Latency threshold)
    {
        var histogram = new LatencyHistogram();
        foreach (var iteration in run.Iterations(threshold.Scenario).Where(iteration => iteration.IsOk)) histogram.Add(iteration.Latency);
        var seen = histogram.Percentile(threshold.Percentile);
        return histogram.Count == 0
            ? new(threshold.Told, "nobody was answered", false)
            : new(threshold.Told, Text($"{seen.TotalMilliseconds:0.00} ms"), seen <= threshold.AtMost);
    }

    private static Verdict ErrorsEnd(RunRecord run, Threshold.ErrorsEnd threshold)
    {
        var errors = (
            from window in run.After(threshold.After)
            from iteration in run.Iterations(threshold.Scenario)
            where !iteration.IsOk && iteration.Due >= window.From && iteration.Due < window.To
            select iteration.Due - window.From).ToList();
        if (!run.After(threshold.After).Any()) return NotJudged(threshold);
        return errors.Count == 0
            ? new(threshold.Told, "no error", true)
            : new(threshold.Told, Text($"{errors.Count:N0} errors, the last {errors.Max().TotalSeconds:0.00} s after"),
                errors.Max() <= threshold.Within);
    }

    // What was under way when it happened is no error before.
    private static Verdict NoErrorBefore(RunRecord run, Threshold.NoErrorBefore threshold)
    {
        var first = run.Happened.FirstOrDefault(happening => happening.What.Action == threshold.Before);
        if (first is null) return NotJudged(threshold);
        var early = run.Iterations(threshold.Scenario).Where(iteration => iteration.Ended < first.At).ToList();
        var failed = early.Count(iteration => !iteration.IsOk);
        return new(threshold.Told, Text($"{failed:N0} of {early.Count:N0} failed{Kinds(early)}"), failed == 0);
    }

    private static Verdict TimeWithoutService(RunRecord run, Threshold.TimeWithoutService threshold)
    {
        var iterations = run.Iterations(threshold.Scenario).ToList();
        var gaps = run.After(threshold.After).Select(window => ServiceGap.Longest(iterations, window.From, window.To)).ToList();
        if (gaps.Count == 0) return NotJudged(threshold);
        var longest = gaps.MaxBy(gap => gap.Length);
        var late = iterations
            .Where(iteration => iteration.Started > longest.From && iteration.Due <= longest.To)
            .Select(iteration => iteration.Lateness)
            .DefaultIfEmpty()
            .Max();
        var excuse = late > NotableLateness ? Text($" (the generator itself was up to {late.TotalSeconds:0.00} s late)") : "";
        var open = longest.Open ? ", and nobody yet at the end of it" : "";
        return new(threshold.Told, Text($"{longest.Length.TotalSeconds:0.00} s{open}{excuse}"), longest.Length <= threshold.AtMost);
    }

    private static Verdict EvenShares(RunRecord run, Threshold.EvenShares threshold)
    {
        var answers = run.Iterations(threshold.Scenario).Where(iteration => iteration.IsOk).ToList();
        var shares = run.Servers.Select(server => (Server: server, Count: answers.Count(answer => answer.Server == server))).ToList();
        var seen = string.Join(", ", shares.Select(share => Text($"{share.Server} {share.Count:N0}")));
        return new(threshold.Told, seen,
            answers.Count > 0 && shares.TrueForAll(share => share.Count >= threshold.AtLeast * answers.Count / shares.Count));
    }

    private static Verdict EverybodyCame(RunRecord run, Threshold.EverybodyCame threshold)
    {
        if (!run.Complete) return NotJudged(threshold);
        var due = run.Plan.Scenarios.Sum(Due);
        var came = run.Iterations("").Count(iteration => iteration.Kind != ResponseKind.TurnedAway);
        return new(threshold.Told, Text($"{came:N0} of {due:N0}"), came == due);
    }

    private static Verdict NotJudged(Threshold threshold) => new(threshold.Told, "the run ended before", null);

    private static string Kinds(IEnumerable<Measurement> iterations)
    {
        var kinds = iterations.Where(iteration => !iteration.IsOk).GroupBy(iteration => iteration.Kind).OrderBy(group => group.Key);
        var told = string.Join(", ", kinds.Select(group => Text($"{group.Count():N0} {Outcomes.Told(group.Key)}")));
        return told.Length == 0 ? "" : $" ({told})";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
