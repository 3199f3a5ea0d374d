using Director.Net;

namespace Director.Tests.Net;

public sealed class MonoTimeTests
{
    [Fact]
    public void The_difference_of_two_instants_is_a_span()
    {
        var start = new MonoTime(5_000_000_000);
        Assert.Equal(TimeSpan.FromSeconds(3), start + TimeSpan.FromSeconds(3) - start);
        Assert.Equal(TimeSpan.FromSeconds(-3), start - TimeSpan.FromSeconds(3) - start);
    }

    [Fact]
    public void Never_stays_never()
    {
        Assert.True((MonoTime.Never + TimeSpan.FromDays(1)).IsNever);
        Assert.True((MonoTime.Never - TimeSpan.FromDays(1)).IsNever);
        Assert.True((new MonoTime(long.MaxValue - 10) + TimeSpan.FromDays(1)).IsNever);
        Assert.True((MonoTime.Zero + TimeSpan.MaxValue).IsNever);
        Assert.Equal(TimeSpan.MaxValue, MonoTime.Never - MonoTime.Zero);
    }
}
