using Director.LoadScenarios;
using Director.Net;

namespace Director.LoadTest.Analysis;

/// <summary>A time in which nobody was served.</summary>
/// <param name="From">When the last one began who was.</param>
/// <param name="To">When the first one began who was again; the end of the window if there was none.</param>
/// <param name="Open">Whether nobody was served up to the end of the window.</param>
internal readonly record struct ServiceGap(MonoTime From, MonoTime To, bool Open)
{
    /// <summary>How long.</summary>
    public TimeSpan Length => To - From;

    /// <summary>
    /// The longest time between the true beginnings of two iterations that were answered promptly, with none between, among those that end
    /// in a window; one that was under way when the window begins counts whole. Iterations may come in any order.
    /// </summary>
    public static ServiceGap Longest(IEnumerable<Measurement> iterations, MonoTime from, MonoTime to)
    {
        var served = iterations
            .Where(iteration => iteration.IsOk && iteration.Ended - iteration.Started <= LoadLimits.Prompt && iteration.Started <= to)
            .Select(iteration => iteration.Started)
            .Order()
            .ToList();
        var last = served.LastOrDefault(start => start <= from, from);
        var longest = new ServiceGap(last, last, Open: false);
        foreach (var start in served.Where(start => start > from))
        {
            if (start - last > longest.Length) longest = new(last, start, Open: false);
            last = start;
        }

        return to - last > longest.Length ? new(last, to, Open: true) : longest;
    }
}
