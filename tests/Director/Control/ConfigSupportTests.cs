using Director.Config;
using Director.Config.Binder;
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
    public void The_configuration_takes_no_scheduler_that_the_engine_does_not_have() =>
        Assert.Equal(SchedulerCatalog.Names, SchedulerArgument.Names);

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
