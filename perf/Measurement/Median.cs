namespace Director.Perf.Measurement;

/// <summary>The middle of what was measured: one window that something else disturbed does not move it.</summary>
internal static class Median
{
    /// <summary>The middle value; of an even number, the mean of the two in the middle.</summary>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
