using Director.Vrrp;

namespace Director.Tests.Vrrp;

public class LatenessHistogramTests
{
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    [InlineData(1000, 1)]
    [InlineData(4000, 2)]
    [InlineData(10_000, 3)]
    [InlineData(10_001, 4)]
    [InlineData(100_000, 5)]
    [InlineData(500_000, 6)]
    [InlineData(1_000_000, 7)]
    [InlineData(1_000_001, 8)]
    [InlineData(1_000_000_000, 8)]
    public void An_advert_is_counted_in_the_first_bucket_that_reaches_so_far(int microseconds, int bucket)
    {
        var histogram = new LatenessHistogram();
        histogram.Count(TimeSpan.FromMicroseconds(microseconds));
        Assert.Equal(Enumerable.Range(0, LatenessHistogram.Buckets).Select(i => i == bucket ? 1L : 0),
            Enumerable.Range(0, LatenessHistogram.Buckets).Select(i => histogram[i]));
    }

    [Fact]
    public void There_is_a_bucket_for_each_bound_and_one_more_and_bounds_rise()
    {
        Assert.Equal(LatenessHistogram.Buckets, LatenessHistogram.Bounds.Count + 1);
        Assert.Equal(LatenessHistogram.Bounds.OrderBy(bound => bound.UpTo), LatenessHistogram.Bounds);
    }
}
