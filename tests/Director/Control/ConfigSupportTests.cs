using Director.Config;
using Director.Control;
using Director.Datapath.Scheduling;
using Director.Tests.Config;
using Director.Vrrp;
using Director.Vrrp.Wire;

namespace Director.Tests.Control;

/// <summary>What the configuration language takes, the engine has.</summary>
public sealed class ConfigSupportTests
{
    public static TheoryData<string> Schedulers => [.. SchedulerCatalog.Names];

    [Theory]
    [MemberData(nameof(Schedulers))]
    public void Every_scheduler_of_the_engine_can_be_configured(string scheduler)
    {
        var config = Read($$"""
            virtual_server 192.0.2.1 80 {
                lb_algo {{scheduler}}
                lb_kind DR
                protocol TCP
                real_server 192.0.2.2 80 {
                }
            }
            """);
        Assert.Equal(scheduler, Assert.Single(config.VirtualServers).Scheduler);
        Assert.Empty(ConfigSupport.Problems(config));
    }

    [Fact]
    public void A_scheduler_that_the_engine_does_not_have_is_a_located_problem()
    {
        var config = Read("virtual_server 192.0.2.1 80 {\nlb_kind DR\nlb_algo wlc\nprotocol TCP\nreal_server 192.0.2.2 80 {\n}\n}\n");
        var service = config.VirtualServers[0] with { Scheduler = "sed" };
        var problem = Assert.Single(ConfigSupport.Problems(config with { VirtualServers = [service] }));
        Assert.StartsWith("/lb.conf:1", problem, StringComparison.Ordinal);
        Assert.Contains("scheduler 'sed' is not supported yet", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_that_two_parts_state_are_the_same() => Assert.Equal(
        (VrrpLimits.Addresses, VrrpLimits.ExcludedAddresses, VrrpPassword.Size),
        (ConfigLimits.MaxAdvertisedAddresses, ConfigLimits.MaxExcludedAddresses, ConfigLimits.MaxPasswordBytes));

    private static DirectorConfig Read(string text)
    {
        var result = ConfigReader.Read("/lb.conf", new MemoryConfigFiles { ["/lb.conf"] = text });
        Assert.False(result.HasErrors, string.Join('\n', result.Diagnostics));
        return result.Config;
    }
}
