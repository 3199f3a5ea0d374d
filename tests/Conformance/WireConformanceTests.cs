using Director.Tests.Conformance.Replay;
using Director.Tests.Support;

namespace Director.Tests.Conformance;

/// <summary>The same through real links and the kernel's ways to user space.</summary>
[Collection("kernel")]
public sealed class WireConformanceTests
{
    [KernelFact]
    public void Through_af_xdp_each_scenario_goes_as_in_the_kernel()
    {
        using var path = WirePath.ThroughXdp();
        Assert.All(Scenario.Names, name => ScenarioCheck.Run(name, path));
    }

    [KernelFact]
    public void Through_af_xdp_each_scenario_goes_as_in_the_kernel_when_what_is_established_is_offloaded()
    {
        using var path = WirePath.ThroughXdpOffloaded();
        Assert.All(Scenario.Names, name =>
        {
            path.BeginOffload();
            ScenarioCheck.Run(name, path);
        });
        Assert.True(path.Offloaded > 100, $"{path.Offloaded} packets were offloaded");
    }

    [KernelFact]
    public void Through_af_packet_each_scenario_goes_as_in_the_kernel()
    {
        using var path = WirePath.ThroughPackets();
        Assert.All(Scenario.Names, name => ScenarioCheck.Run(name, path));
    }
}
