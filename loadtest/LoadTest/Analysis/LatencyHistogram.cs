using HdrHistogram;

namespace Director.LoadTest.Analysis;

/// <summary>Latencies from a microsecond to a minute, to three digits; longer ones count as a minute.</summary>
internal sealed class LatencyHistogram
{
    private const int Digits = 3;
    private static readonly long Longest = (long)TimeSpan.FromMinutes(1).TotalMicroseconds;
    private readonly LongHistogram _histogram = new(1, Longest, Digits);

    /// <summary>How many there are.</summary>
    public long Count => _histogram.TotalCount;

    /// <summary>The longest; none is zero.</summary>
    public TimeSpan Max => Count == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(_histogram.GetMaxValue());

    /// <summary>Counts one.</summary>
    public void Add(TimeSpan latency) => _histogram.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 0, Longest));

    /// <summary>So much of them, in percent, were no longer than this; none is zero.</summary>
    public TimeSpan Percentile(double percent) =>
        Count == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(_histogram.GetValueAtPercentile(percent));

    /// <summary>Forgets all.</summary>
    public void Clear() => _histogram.Reset();
}
