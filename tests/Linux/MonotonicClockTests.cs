using System.Diagnostics;
using Director.Linux;

namespace Director.Tests.Linux;

public sealed class MonotonicClockTests
{
    [Fact]
    public void It_is_the_clock_that_the_class_library_calls_monotonic_and_never_goes_back()
    {
        Assert.Equal(1_000_000_000, Stopwatch.Frequency);
        var before = Stopwatch.GetTimestamp();
        var first = MonotonicClock.Instance.Now;
        var second = MonotonicClock.Instance.Now;
        var after = Stopwatch.GetTimestamp();
        Assert.InRange(first.Nanoseconds, before, second.Nanoseconds);
        Assert.InRange(second.Nanoseconds, first.Nanoseconds, after);
    }
}
