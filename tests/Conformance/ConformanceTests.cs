using Director.Tests.Conformance.Replay;

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

    [Fact]
    public void Every_scenario_was_recorded_on_a_kernel_with_a_name() =>
        Assert.DoesNotContain(Scenario.Names, name => Scenario.Load(name).Kernel.Length == 0);

    [Fact]
    public void What_is_not_done_yet_is_a_scenario() => Assert.Empty(NotYet.Features.Keys.Except(Scenario.Names));
}
