using Director.Vrrp;

namespace Director.Tests.Vrrp;

public class VrrpTimersTests
{
    [Theory]
    [InlineData(1, 1, 255, 3.99609375)]
    [InlineData(1, 100, 156, 3.609375)]
    [InlineData(1, 150, 106, 3.4140625)]
    [InlineData(1, 254, 2, 3.0078125)]
    [InlineData(1, 255, 1, 3.00390625)]
    [InlineData(2, 100, 156, 6.609375)]
    public void Skew_is_256ths_of_a_second_and_master_down_three_adverts_more(int advertSeconds, byte priority, int skew256ths,
        double masterDownSeconds)
    {
        Assert.Equal(TimeSpan.FromTicks(skew256ths * TimeSpan.TicksPerSecond / 256), VrrpTimers.Skew(priority));
        var expected = TimeSpan.FromTicks((long)(masterDownSeconds * TimeSpan.TicksPerSecond));
        Assert.Equal(expected, VrrpTimers.MasterDown(TimeSpan.FromSeconds(advertSeconds), priority));
    }
}
