using Director.Tests.Conformance.Replay;
using Director.Tests.Support;

namespace Director.Tests.Conformance;

/// <summary>The same through real links and real AF_XDP sockets.</summary>
[Collection("kernel")]
public sealed class XdpConformanceTests
{
    [KernelFact]
    public void Through_af_xdp_each_scenario_goes_as_in_the_kernel()
    {
        using var path = new XdpPath();
        Assert.All(Scenario.Names, name => ScenarioCheck.Run(name, path));
    }
}
