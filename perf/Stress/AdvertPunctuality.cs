namespace Director.Perf.Stress;

/// <summary>
/// How late adverts left after the grid that they are on. The grid is what the earliest of the last hundred say, as two clocks drift apart
/// in minutes; nothing leaves early.
/// </summary>
internal static class AdvertPunctuality
{
    private const int Window = 100;

    /// <summary>How late each was, in order.</summary>
    /// <param name="times">When each left.</param>
    /// <param name="interval">From one to the next.</param>
    public static IReadOnlyList<TimeSpan> Of(IReadOnlyList<DateTime> times, TimeSpan interval)
    {
        var late = new TimeSpan[times.Count];
        var ticks = new long[times.Count];
        for (var i = 1; i < times.Count; i++)
            ticks[i] = ticks[i - 1] + Math.Max(1, (long)Math.Round((times[i] - times[i - 1]) / interval));
        for (var i = 0; i < times.Count; i++)
        {
            var offset = Offset(i);
            var earliest = offset;
            for (var j = Math.Max(0, i - Window); j < Math.Min(times.Count, i + Window); j++)
                if (Offset(j) < earliest) earliest = Offset(j);
            late[i] = offset - earliest;
        }

        return late;

        TimeSpan Offset(int i) => times[i] - times[0] - (ticks[i] * interval);
    }

    /// <summary>How many of the grid's instants passed without one.</summary>
    public static int Missed(IReadOnlyList<DateTime> times, TimeSpan interval) =>
        times.Zip(times.Skip(1)).Sum(pair => Math.Max(0, (int)Math.Round((pair.Second - pair.First) / interval) - 1));

    /// <summary>What all but a part of them are at most.</summary>
    /// <param name="late">All; there is one at least.</param>
    /// <param name="part">Such as 0.999.</param>
    public static TimeSpan Percentile(IReadOnlyList<TimeSpan> late, double part) =>
        late.Order().ElementAt(Math.Min(late.Count - 1, (int)Math.Ceiling(late.Count * part) - 1));
}
