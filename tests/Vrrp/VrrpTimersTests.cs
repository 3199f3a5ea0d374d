using Director.Vrrp;

namespace Director.Tests.Vrrp;

public class VrrpTimersTests
{
    [Theory]
    [InlineData(VrrpVersion.V2, 1, 1, 3, 0.99609375, 3.99609375)]
    [InlineData(VrrpVersion.V2, 1, 100, 3, 0.609375, 3.609375)]
    [InlineData(VrrpVersion.V2, 1, 150, 3, 0.4140625, 3.4140625)]
    [InlineData(VrrpVersion.V2, 1, 254, 3, 0.0078125, 3.0078125)]
    [InlineData(VrrpVersion.V2, 1, 255, 3, 0.00390625, 3.00390625)]
    [InlineData(VrrpVersion.V2, 2, 100, 3, 0.609375, 6.609375)]
    [InlineData(VrrpVersion.V2, 1, 100, 5, 0.609375, 5.609375)]
    [InlineData(VrrpVersion.V3, 1, 100, 3, 0.609375, 3.609375)]
    [InlineData(VrrpVersion.V3, 0.5, 100, 3, 0.3046875, 1.8046875)]
    [InlineData(VrrpVersion.V3, 0.1, 100, 3, 0.0609375, 0.3609375)]
    [InlineData(VrrpVersion.V3, 0.1, 254, 3, 0.00078125, 0.30078125)]
    [InlineData(VrrpVersion.V3, 0.01, 100, 3, 0.00609375, 0.03609375)]
    [InlineData(VrrpVersion.V3, 40.95, 1, 3, 40.790039, 163.640039)]
    public void Skew_is_256ths_of_a_second_or_of_the_interval_and_master_down_so_many_adverts_more(
        VrrpVersion version, double interval, byte priority, int adverts, double skew, double masterDown)
    {
        var between = TimeSpan.FromTicks((long)Math.Round(interval * TimeSpan.TicksPerSecond));
        Assert.Equal(skew, VrrpTimers.Skew(version, between, priority).TotalSeconds, 6);
        Assert.Equal(masterDown, VrrpTimers.MasterDown(version, between, priority, adverts).TotalSeconds, 6);
    }
}
