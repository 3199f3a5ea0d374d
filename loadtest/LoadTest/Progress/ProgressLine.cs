using Director.LoadScenarios;
using Director.LoadTest.Analysis;

namespace Director.LoadTest.Progress;

/// <summary>How a scenario goes on.</summary>
/// <param name="Scenario">Which one.</param>
/// <param name="Ended">Iterations that ended in the last second.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="P99">Latency of the others.</param>
/// <param name="TotalFailed">Iterations that failed since the beginning.</param>
/// <param name="Total">Iterations since the beginning.</param>
internal sealed record ProgressLine(string Scenario, int Ended, int Failed, TimeSpan P99, int TotalFailed, int Total)
{
    /// <summary>What follows from this line and what came since.</summary>
    public ProgressLine After(IReadOnlyList<Measurement> measurements)
    {
        var iterations = measurements.Where(measurement => measurement.IsIteration && measurement.Scenario == Scenario).ToList();
        var histogram = new LatencyHistogram();
        foreach (var iteration in iterations.Where(iteration => iteration.IsOk)) histogram.Add(iteration.Latency);
        var failed = iterations.Count(iteration => !iteration.IsOk);
        return new(Scenario, iterations.Count, failed, histogram.Percentile(99), TotalFailed + failed, Total + iterations.Count);
    }
}
