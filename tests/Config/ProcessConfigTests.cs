namespace Director.Tests.Config;

public sealed class ProcessConfigTests
{
    [Fact]
    public void How_the_VRRP_process_is_scheduled_is_honoured()
    {
        var config = Reading.Clean(Globals("vrrp_rt_priority 20\nvrrp_priority -5\nvrrp_cpu_affinity 3 1 3")).Globals.VrrpProcess;
        Assert.Equal((20, -5), (config.RealTimePriority, config.Nice));
        Assert.Equal([1, 3], config.Processors);
    }

    [Fact]
    public void Nothing_is_said_by_default()
    {
        var config = Reading.Clean(Globals("")).Globals.VrrpProcess;
        Assert.Equal((null, null), (config.RealTimePriority, config.Nice));
        Assert.Empty(config.Processors);
    }

    [Theory]
    [InlineData("vrrp_rt_priority 100", "2:18 error invalid-value: '100' is outside the range 1 to 99")]
    [InlineData("vrrp_priority 20", "2:15 error invalid-value: '20' is outside the range -20 to 19")]
    [InlineData("vrrp_cpu_affinity", "2:1 error missing-argument: 'vrrp_cpu_affinity' needs a whole number, 0 to 1023")]
    [InlineData("vrrp_cpu_affinity 0 x", "2:21 error invalid-value: 'x' is not a whole number, 0 to 1023")]
    public void What_is_wrong_is_said_where_it_is(string line, string listing) => Assert.Equal(listing, Reading.Listing(Globals(line)));

    private static string Globals(string lines) => $"global_defs {{\n{lines}\n}}\n";
}
