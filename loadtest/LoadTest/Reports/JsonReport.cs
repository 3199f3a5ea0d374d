using System.Text.Json;
using System.Text.Json.Serialization;
using Director.LoadTest.Analysis;

namespace Director.LoadTest.Reports;

/// <summary>The report for <c>--json</c>: what happened, each step's figures and each threshold; times in milliseconds.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The document.</summary>
    public static string Of(RunRecord run, IReadOnlyList<Verdict> verdicts) => JsonSerializer.Serialize(
        new
        {
            Plan = run.Plan.Name,
            run.Complete,
            DurationMs = (run.End - run.Begun).TotalMilliseconds,
            Circumstances = run.Circumstances.ToDictionary(pair => pair.What, pair => pair.How),
            Events = run.Happened.Select(happening => new
            {
                AtMs = (happening.At - run.Begun).TotalMilliseconds,
                What = happening.What.Told,
            }),
            Steps = StepSummary.Of(run).Select(step => new
            {
                step.Scenario,
                step.Step,
                step.PerSecond,
                step.Ok,
                step.Failed,
                P50Ms = step.Latency.Percentile(50).TotalMilliseconds,
                P90Ms = step.Latency.Percentile(90).TotalMilliseconds,
                P99Ms = step.Latency.Percentile(99).TotalMilliseconds,
                P999Ms = step.Latency.Percentile(99.9).TotalMilliseconds,
                MaxMs = step.Latency.Max.TotalMilliseconds,
            }),
            Thresholds = verdicts,
        },
        Options);
}
