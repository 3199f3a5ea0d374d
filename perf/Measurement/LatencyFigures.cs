using HdrHistogram;

namespace Director.Perf.Measurement;

/// <summary>
/// How long frames were on their way from the generator's stamp to the sink, in a window or in the middle of several; microseconds.
/// </summary>
/// <param name="Median">Half of the frames took at most this.</param>
/// <param name="P99">All but one in a hundred did.</param>
/// <param name="P999">All but one in a thousand did.</param>
/// <param name="Longest">All did.</param>
/// <param name="Frames">How many were timed.</param>
internal sealed record LatencyFigures(double Median, double P99, double P999, double Longest, long Frames)
{
    private const double Microsecond = 1_000;
    private const int Digits = 3;

    /// <summary>Of several windows the median of each figure, but the longest and the number of all.</summary>
    public static LatencyFigures? Middle(IReadOnlyCollection<LatencyFigures> windows) => windows.Count == 0 ? null : new(
        Perf.Measurement.Median.Of(windows.Select(window => window.Median)),
        Perf.Measurement.Median.Of(windows.Select(window => window.P99)),
        Perf.Measurement.Median.Of(windows.Select(window => window.P999)),
        windows.Max(window => window.Longest),
        windows.Sum(window => window.Frames));

    /// <summary>The figures of counts by <see cref="LatencyBuckets"/>; null if there are none.</summary>
    public static LatencyFigures? Of(IEnumerable<long> counts)
    {
        var histogram = new LongHistogram(uint.MaxValue, Digits);
        foreach (var (bucket, count) in counts.Index())
            if (count > 0) histogram.RecordValueWithCount(LatencyBuckets.Highest(bucket), count);
        return histogram.TotalCount == 0 ? null : Of(histogram);
    }

    /// <summary>The figures of a histogram of nanoseconds, which has some.</summary>
    public static LatencyFigures Of(LongHistogram histogram)
    {
        return new(At(50), At(99), At(99.9), histogram.GetMaxValue() / Microsecond, histogram.TotalCount);

        double At(double percentile) => histogram.GetValueAtPercentile(percentile) / Microsecond;
    }
}
