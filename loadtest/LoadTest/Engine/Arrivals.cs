using Director.LoadScenarios;

namespace Director.LoadTest.Engine;

/// <summary>When users come, by the open simulations of a scenario.</summary>
internal static class Arrivals
{
    /// <summary>
    /// The instants from the beginning of the scenario, in order. The n-th user comes when n − ½ users are due: evenly spaced at a
    /// constant rate, and ever closer together while the rate goes up.
    /// </summary>
    public static IEnumerable<TimeSpan> Of(IReadOnlyList<LoadSimulation> simulations)
    {
        var (begin, rate) = (TimeSpan.Zero, 0.0);
        foreach (var simulation in simulations)
        {
            var (from, to) = simulation switch
            {
                LoadSimulation.RampingInject ramp => (rate, ramp.Rate / ramp.Interval.TotalSeconds),
                LoadSimulation.Inject inject => (inject.Rate / inject.Interval.TotalSeconds, inject.Rate / inject.Interval.TotalSeconds),
                _ => (0.0, 0.0),
            };
            foreach (var arrival in Ramp(from, to, simulation.During.TotalSeconds)) yield return begin + TimeSpan.FromSeconds(arrival);
            begin += simulation.During;
            rate = to;
        }
    }

    // Users due by time t are from·t + (to − from)·t² / 2·during. That is solved for t in the form that is exact for a constant rate,
    // too, and gives the first of the two solutions while the rate goes down.
    private static IEnumerable<double> Ramp(double from, double to, double during)
    {
        var half = (to - from) / (2 * during);
        for (var due = 0.5; due < (from + to) / 2 * during; due++)
            yield return 2 * due / (from + Math.Sqrt((from * from) + (4 * half * due)));
    }
}
