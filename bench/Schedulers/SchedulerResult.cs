namespace Director.Bench.Schedulers;

/// <summary>What came of a run.</summary>
/// <param name="Load">Connections of the fullest server over the mean of all, each for its weight; over time. 1 is even.</param>
/// <param name="Worst">The highest that this ever was.</param>
/// <param name="Refused">Share of connections that no server was picked for.</param>
/// <param name="Moved">
/// Share of the connections of the second half whose client had its last one at another server, among clients whose last server is there.
/// </param>
internal sealed record SchedulerResult(double Load, double Worst, double Refused, double Moved);
