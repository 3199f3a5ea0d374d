using Director.Net;

namespace Director.Tests.Net;

public sealed class MonoTimeTests
{
    [Fact]
    public void TheDifferenceOfTwoInstantsIsASpan()
    {
        var start = new MonoTime(5_000_000_000);
        Assert.Equal(TimeSpan.FromSeconds(3), start + TimeSpan.FromSeconds(3) - start);
        Assert.Equal(TimeSpan.FromSeconds(-3), start - TimeSpan.FromSeconds(3) - start);
    }

    [Fact]
    public void NeverStaysNever()
    {
        Assert.True((MonoTime.Never + TimeSpan.FromDays(1)).IsNever);
        Assert.True((MonoTime.Never - TimeSpan.FromDays(1)).IsNever);
        Assert.True((new MonoTime(long.MaxValue - 10) + TimeSpan.FromDays(1)).IsNever);
        Assert.True((MonoTime.Zero + TimeSpan.MaxValue).IsNever);
        Assert.Equal(TimeSpan.MaxValue, MonoTime.Never - MonoTime.Zero);
    }
}
