using Director.LoadScenarios;

namespace Director.LoadTest.Engine;

/// <summary>Who is there, and how long, by the closed simulations of a scenario.</summary>
internal static class Copies
{
    /// <summary>
    /// All users. They come and go evenly spaced; who came last leaves first. Whoever is there at the end leaves at the end.
    /// </summary>
    public static IReadOnlyList<CopySpan> Of(IReadOnlyList<LoadSimulation> simulations)
    {
        var spans = new List<CopySpan>();
        var since = new Stack<TimeSpan>();
        var begin = TimeSpan.Zero;
        foreach (var simulation in simulations)
        {
            var (copies, over) = simulation switch
            {
                LoadSimulation.RampingConstant ramp => (ramp.Copies, ramp.During),
                LoadSimulation.KeepConstant keep => (keep.Copies, TimeSpan.Zero),
                _ => (0, TimeSpan.Zero),
            };
            var change = Math.Abs(copies - since.Count);
            for (var n = 0; since.Count < copies; n++) since.Push(begin + (over * n / change));
            for (var n = 1; since.Count > copies; n++) Leave(begin + (over * n / change));
            begin += simulation.During;
        }

        while (since.Count > 0) Leave(begin);
        return [.. spans.OrderBy(span => span.From).ThenBy(span => span.Number)];

        void Leave(TimeSpan until) => spans.Add(new(since.Count - 1, since.Pop(), until));
    }
}
