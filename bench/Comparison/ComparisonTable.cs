using System.Globalization;

namespace Director.Bench.Comparison;

/// <summary>A run held against a baseline: the ratio of their medians, the slowest first.</summary>
internal static class ComparisonTable
{
    /// <summary>Medians of a shared machine that differ by less say nothing.</summary>
    private const double Noise = 0.1;

    /// <summary>The table, as lines.</summary>
    public static IEnumerable<string> Lines(Baseline before, Baseline now)
    {
        yield return $"before: {before.Machine}, {before.Processor}, {before.Taken.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
        yield return $"now:    {now.Machine}, {now.Processor}, {now.Taken.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
        if ((before.Machine, before.Processor) != (now.Machine, now.Processor))
            yield return "These are two machines: the ratios say as much of them as of the code.";
        yield return "";
        yield return "| benchmark | before, ns | now, ns | now / before | |";
        yield return "|---|--:|--:|--:|---|";
        var both = now.Medians.Where(median => before.Medians.ContainsKey(median.Key))
            .Select(median => (Name: median.Key, Before: before.Medians[median.Key], Now: median.Value))
            .OrderByDescending(row => row.Now / row.Before).ToList();
        foreach (var (name, was, median) in both)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {was:G4} | {median:G4} | {median / was:F2} | {Word(median / was)} |");
        }

        foreach (var name in now.Medians.Keys.Except(before.Medians.Keys))
            yield return string.Create(CultureInfo.InvariantCulture, $"| {name} | – | {now.Medians[name]:G4} | – | new |");
        var left = before.Medians.Keys.Except(now.Medians.Keys).Count();
        if (left > 0) yield return string.Create(CultureInfo.InvariantCulture, $"\n{left} of the baseline were not run.");
        if (both.Count > 1)
        {
            var middle = Math.Exp(both.Average(row => Math.Log(row.Now / row.Before)));
            yield return string.Create(CultureInfo.InvariantCulture, $"\nGeometric mean of the ratios: {middle:F2}.");
        }
    }

    private static string Word(double ratio) => ratio > 1 + Noise ? "slower" : ratio < 1 - Noise ? "faster" : "";
}
