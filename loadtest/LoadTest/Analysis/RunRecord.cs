using Director.LoadScenarios;
using Director.Net;

namespace Director.LoadTest.Analysis;

/// <summary>What is known of a run when it has ended.</summary>
/// <param name="Plan">What was played.</param>
/// <param name="Begun">When the load began.</param>
/// <param name="Measurements">What users saw.</param>
/// <param name="Happened">What happened to the lab, in order.</param>
/// <param name="Servers">The servers that answer.</param>
internal sealed record RunRecord(
    LoadPlan Plan, MonoTime Begun,
    IReadOnlyList<Measurement> Measurements, IReadOnlyList<Happening> Happened, IReadOnlyList<string> Servers)
{
    /// <summary>Whether it went to its end.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>How it was run: pairs of what and how, for people.</summary>
    public IReadOnlyList<(string What, string How)> Circumstances { get; init; } = [];

    /// <summary>When users ceased to come.</summary>
    public MonoTime End => Complete
        ? Begun + Plan.Duration
        : Measurements.Select(measurement => measurement.Due).DefaultIfEmpty(Begun).Max();

    /// <summary>The whole iterations of a scenario; of all, for an empty name.</summary>
    public IEnumerable<Measurement> Iterations(string scenario) =>
        Measurements.Where(measurement => measurement.IsIteration && (scenario.Length == 0 || measurement.Scenario == scenario));

    /// <summary>
    /// The times from each of these events to what happened next, or to the end; what happened after the end is left out.
    /// </summary>
    public IEnumerable<(MonoTime From, MonoTime To)> After(LabAction action) =>
        from index in Enumerable.Range(0, Happened.Count)
        where Happened[index].What.Action == action && Happened[index].At < End
        select (Happened[index].At, index + 1 < Happened.Count ? Happened[index + 1].At : End);
}
