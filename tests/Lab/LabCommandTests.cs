using Director.Lab;
using Director.Lab.Namespaces;
using Director.Tests.Support;

namespace Director.Tests.Lab;

[Collection("kernel")]
public sealed class LabCommandTests
{
    [Fact]
    public async Task An_unknown_scenario_is_refused_with_those_there_are()
    {
        var output = new StringWriter();

        var exit = await LabCommand.RunAsync(DirectorProgram.Options(output) with { Scenario = "chaos" }, default);

        Assert.Equal(LabCommand.CannotRun, exit);
        Assert.Contains("no scenario 'chaos': failover, balance or all", output.ToString(), StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task A_director_that_never_serves_fails_the_lab_and_its_last_words_are_told()
    {
        var output = new StringWriter();
        var options = DirectorProgram.Options(output) with
        {
            Scenario = "failover",
            DirectorCommand = ["sh", "-c", "echo cannot serve; exit 3"],
        };

        var exit = await LabCommand.RunAsync(options, default);

        Assert.Equal(LabCommand.Failed, exit);
        Assert.Contains("✗ FAILED: d1 becomes master (d1 ended after ", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("cannot serve", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("0 of 1 expectations held", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(Standing(Environment.ProcessId));
    }

    [KernelFact]
    public async Task Cancelling_ends_the_lab_and_removes_it()
    {
        using var cancel = new CancellationTokenSource();
        var output = new StringWriter();
        var story = new StoryWatch(output, "d1 (priority 100)", cancel.Cancel);

        var exit = await LabCommand.RunAsync(
            DirectorProgram.Options(story) with { Scenario = "failover", DirectorCommand = ["sleep", "1000"] }, cancel.Token);

        Assert.Equal(LabCommand.Cancelled, exit);
        Assert.Contains("Cancelled", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(Standing(Environment.ProcessId));
    }

    [KernelFact]
    public async Task A_lab_that_is_killed_leaves_nothing_behind()
    {
        using var lab = Tool.Start([.. DirectorProgram.Command, "lab", "--scenario", "failover"]);
        while (await lab.StandardOutput.ReadLineAsync() is { } line && !line.Contains("d1 (priority 100)", StringComparison.Ordinal)) { }
        Assert.NotEmpty(Standing(lab.Id));
        var directory = $"{NamespaceName.DirectoryOfAll}/dlab-{lab.Id}-1";
        Assert.True(Directory.Exists(directory));

        lab.Kill();

        for (var left = 600; Standing(lab.Id).Any() || Directory.Exists(directory); left--)
        {
            Assert.True(left > 0, $"still there: {string.Join(", ", Standing(lab.Id))}");
            await Task.Delay(50);
        }
    }

    private static IEnumerable<string> Standing(int owner) => Directory.GetFiles("/run/netns")
        .Select(path => Path.GetFileName(path))
        .Where(name => NamespaceName.TryParse(name, out var parsed) && parsed.OwnerPid == owner && !parsed.Kept);
}
