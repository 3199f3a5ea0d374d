using Director.Perf.Measurement;

namespace Director.Tests.Perf.Measurement;

public sealed class LatencyBucketsTests
{
    public static TheoryData<uint> Values
    {
        get
        {
            var values = new TheoryData<uint> { 0, 1, 31, 32, 63, 64, 1_000, 999_999_999, uint.MaxValue };
            for (var bit = 5; bit < 32; bit++)
            {
                values.Add((1u << bit) + 1);
                values.Add((1u << bit) + (1u << bit - 1) - 1);
            }

            return values;
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_known_to_three_percent(uint nanoseconds)
    {
        var highest = LatencyBuckets.Highest(LatencyBuckets.Of(nanoseconds));
        Assert.InRange(highest, nanoseconds, nanoseconds + nanoseconds / 31.0);
    }

    [Fact]
    public void Buckets_follow_each_other_without_gap_and_end_with_the_largest_value()
    {
        for (var bucket = 1; bucket < LatencyBuckets.Count; bucket++)
            Assert.Equal(bucket, LatencyBuckets.Of(LatencyBuckets.Highest(bucket - 1) + 1));
        Assert.Equal(uint.MaxValue, LatencyBuckets.Highest(LatencyBuckets.Count - 1));
    }

    [Fact]
    public void Figures_are_of_the_frames_that_were_counted()
    {
        var counts = new long[LatencyBuckets.Count];
        counts[LatencyBuckets.Of(1_000)] = 990;
        counts[LatencyBuckets.Of(100_000)] = 10;
        var figures = LatencyFigures.Of(counts);
        Assert.NotNull(figures);
        Assert.Equal(1_000, figures.Frames);
        Assert.InRange(figures.Median, 1, 1.04);
        Assert.InRange(figures.P99, 1, 1.04);
        Assert.InRange(figures.P999, 100, 104);
        Assert.InRange(figures.Longest, 100, 104);
        Assert.Null(LatencyFigures.Of(new long[LatencyBuckets.Count]));
    }
}
