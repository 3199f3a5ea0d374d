using Director.LoadScenarios;

namespace Director.LoadTest.Analysis;

/// <summary>A step, or whole iterations, in one second of the run: those that were due in it.</summary>
/// <param name="Scenario">Of which scenario.</param>
/// <param name="Step">Which step; empty for whole iterations.</param>
/// <param name="Second">Which second, from 0.</param>
/// <param name="Ok">How many ended as they should.</param>
/// <param name="Failed">How many did not.</param>
/// <param name="P50">Half of the first took no longer.</param>
/// <param name="P99">99 % of them took no longer.</param>
/// <param name="Max">None took longer.</param>
internal sealed record StepSecond(string Scenario, string Step, int Second, int Ok, int Failed, TimeSpan P50, TimeSpan P99, TimeSpan Max)
{
    /// <summary>Every second of every step, seconds in which nobody was due included.</summary>
    public static IReadOnlyList<StepSecond> Of(RunRecord run)
    {
        var histogram = new LatencyHistogram();
        var seconds = (int)Math.Ceiling((run.End - run.Begun).TotalSeconds);
        return
        [
            .. from summary in StepSummary.Of(run)
               let bySecond = run.Measurements
                   .Where(measurement => measurement.Scenario == summary.Scenario && measurement.Step == summary.Step)
                   .ToLookup(measurement => (int)(measurement.Due - run.Begun).TotalSeconds)
               from second in Enumerable.Range(0, seconds)
               select Of(summary, second, [.. bySecond[second]], histogram),
        ];
    }

    private static StepSecond Of(StepSummary step, int second, IReadOnlyList<Measurement> measurements, LatencyHistogram histogram)
    {
        histogram.Clear();
        foreach (var measurement in measurements.Where(measurement => measurement.IsOk)) histogram.Add(measurement.Latency);
        return new(step.Scenario, step.Step, second, (int)histogram.Count, measurements.Count - (int)histogram.Count,
            histogram.Percentile(50), histogram.Percentile(99), histogram.Max);
    }
}
