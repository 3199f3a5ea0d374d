namespace Director.Bench.Schedulers;

/// <summary>What a scheduler did with all traces.</summary>
/// <param name="Scheduler">Its name.</param>
/// <param name="Equal">By trace, over servers of equal weights.</param>
/// <param name="Unequal">By trace, over servers of unequal weights.</param>
/// <param name="MovedAsOneLeaves"><see cref="SchedulerResult.Moved"/> of the first trace when a server leaves.</param>
/// <param name="MovedAsOneComes">The same when one comes.</param>
internal sealed record SchedulerRow(
    string Scheduler,
    IReadOnlyDictionary<string, SchedulerResult> Equal,
    IReadOnlyDictionary<string, SchedulerResult> Unequal,
    double MovedAsOneLeaves,
    double MovedAsOneComes);
