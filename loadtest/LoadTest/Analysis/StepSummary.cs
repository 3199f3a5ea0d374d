using Director.LoadScenarios;

namespace Director.LoadTest.Analysis;

/// <summary>A step, or whole iterations, over the whole run.</summary>
/// <param name="Scenario">Of which scenario.</param>
/// <param name="Step">Which step; empty for whole iterations.</param>
/// <param name="Ok">How many ended as they should.</param>
/// <param name="Failed">How many did not, by how they ended.</param>
/// <param name="PerSecond">How many were due in a second, on average.</param>
/// <param name="Latency">Of those that ended as they should, from when they were due.</param>
internal sealed record StepSummary(
    string Scenario, string Step, long Ok, IReadOnlyDictionary<ResponseKind, long> Failed, double PerSecond, LatencyHistogram Latency)
{
    /// <summary>How many did not end as they should.</summary>
    public long FailedCount => Failed.Values.Sum();

    /// <summary>All of a run, scenarios in the plan's order, whole iterations before their steps.</summary>
    public static IReadOnlyList<StepSummary> Of(RunRecord run) =>
    [
        .. from scenario in run.Plan.Scenarios
           let measurements = run.Measurements.Where(measurement => measurement.Scenario == scenario.Name)
           from step in measurements.GroupBy(measurement => measurement.Step).OrderBy(step => (step.Key.Length > 0, step.First().Due))
           select Of(scenario, step.Key, [.. step], run.End - run.Begun),
    ];

    private static StepSummary Of(LoadScenario scenario, string step, IReadOnlyList<Measurement> measurements, TimeSpan during)
    {
        var latency = new LatencyHistogram();
        foreach (var measurement in measurements.Where(measurement => measurement.IsOk)) latency.Add(measurement.Latency);
        var failed = measurements.Where(measurement => !measurement.IsOk).GroupBy(measurement => measurement.Kind);
        return new(scenario.Name, step, latency.Count, failed.ToDictionary(group => group.Key, group => group.LongCount()),
            measurements.Count / Math.Max(during.TotalSeconds, 1), latency);
    }
}
