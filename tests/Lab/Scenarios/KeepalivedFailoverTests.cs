using Director.Lab.Narration;
using Director.Lab.Scenarios;
using Director.Lab.Topology;
using Director.Tests.Support;

namespace Director.Tests.Lab.Scenarios;

/// <summary>The measure of the lab itself: the failover scenario, played on the program whose place the director takes.</summary>
[Collection("kernel")]
public sealed class KeepalivedFailoverTests
{
    [KernelFact]
    public async Task The_failover_scenario_holds_on_keepalived()
    {
        var options = DirectorProgram.Options(TextWriter.Null) with
        {
            DirectorCommand =
                ["keepalived", "-n", "-l", "-D", "-P", "-f", "{file}", "-p", "{run-dir}/main.pid", "-r", "{run-dir}/vrrp.pid"],
        };
        using var stage = new LabStage(options, LabPlan.Failover);
        var story = new StringWriter();
        var run = new ScenarioRun("failover", stage, new PlainNarrator(story, TimeProvider.System), default);

        await FailoverScenario.PlayAsync(run);

        // What takes how long is told, not asserted: this machine may be busy.
        Assert.All(run.Expectations.Where(expectation => !expectation.What.Contains("at most", StringComparison.Ordinal)),
            expectation => Assert.True(expectation.Held, story.ToString()));
        Assert.Equal(18, run.Expectations.Count);
    }
}
