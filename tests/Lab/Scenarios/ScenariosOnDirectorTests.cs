using Director.Lab;
using Director.Tests.Support;

namespace Director.Tests.Lab.Scenarios;

/// <summary>What <c>director lab</c> plays, on the director itself.</summary>
[Collection("kernel")]
public sealed class ScenariosOnDirectorTests
{
    [KernelFact]
    public Task Failover_holds() => HoldsAsync("failover");

    [KernelFact]
    public Task Balance_holds() => HoldsAsync("balance");

    private static async Task HoldsAsync(string scenario)
    {
        var story = new StringWriter();

        var exit = await LabCommand.RunAsync(DirectorProgram.Options(story) with { Scenario = scenario }, default);

        Assert.True(exit == LabCommand.Held, story.ToString());
    }
}
