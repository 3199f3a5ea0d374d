using Director.Tests.Architecture;
using Director.Tests.Conformance.Replay;
using Director.Tests.Datapath.Offload;

namespace Director.Tests.Conformance;

/// <summary>Each scenario does here what it did in the kernel that recorded it.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Scenarios => [.. Scenario.Names];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_forwarder_does_what_the_kernel_did(string name)
    {
        using var path = new MemoryPath();
        ScenarioCheck.Run(name, path);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void It_does_so_when_what_is_established_is_offloaded(string name)
    {
        using var offload = new OffloadModel();
        using var path = new MemoryPath(offload);
        ScenarioCheck.Run(name, path);
    }

    [Fact]
    public void Every_scenario_was_recorded_on_a_kernel_with_a_name() =>
        Assert.DoesNotContain(Scenario.Names, name => Scenario.Load(name).Kernel.Length == 0);

    [Fact]
    public void Every_deviation_is_a_scenario() => Assert.Empty(Deviations.Names.Except(Scenario.Names));

    [Fact]
    public void The_page_says_why_what_differs_on_purpose_does()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "conformance.md"));
        Assert.All(Deviations.Names, name => Assert.Contains($"| `{name}` |", page, StringComparison.Ordinal));
    }
}
