using Director.Admin;
using Director.Lab.Scenarios;
using Director.Lab.Topology;
using Director.Tests.Lab;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>The scenario with balancing, built for one test: two directors' machines, two real servers', a client's.</summary>
internal sealed class Pair : IDisposable
{

    private readonly StringWriter _story = new();
    private readonly ITestOutputHelper _output;

    /// <summary>
    /// Builds the network; nothing runs yet. <paramref name="edit"/> changes the example's text before it is used; <paramref name="mode"/>
    /// is how the directors have their frames, <paramref name="settings"/> what else their hosts say.
    /// </summary>
    public Pair(ITestOutputHelper output, Func<string, string>? edit = null, string mode = "auto", params IReadOnlyList<string> settings)
    {
        _output = output;
        Stage = new(DirectorProgram.Options(_story, [$"Datapath:Mode={mode}", .. settings]), LabPlan.Balance, edit);
    }

    /// <summary>Builds the network of another plan.</summary>
    public Pair(ITestOutputHelper output, LabPlan plan, Func<string, string> edit, string mode = "auto")
    {
        _output = output;
        Stage = new(DirectorProgram.Options(_story, [$"Datapath:Mode={mode}"]), plan, edit);
    }

    /// <summary>What stands.</summary>
    public LabStage Stage { get; }

    /// <summary>Takes persistence out of a configuration.</summary>
    public static string WithoutPersistence(string text) => text.Replace("persistence_timeout 50", "", StringComparison.Ordinal);

    /// <summary>Starts d1 and waits until it is master and serves.</summary>
    public async Task StartFirstDirectorAsync()
    {
        Stage.StartDirector("d1");
        await UntilAsync("d1 is master", status =>
            status.Vrrp is [{ State: "MASTER" }] && status.Services[0].Servers.All(server => server.Local || server.Mac is not null));
    }

    /// <summary>The state of d1.</summary>
    public Task<StatusDocument> StatusAsync() => DirectorState.StatusAsync(Stage.Directors.First().RunDirectory);

    /// <summary>Looks at d1's state until it is as it should be; fails, saying what was waited for, if that does not come.</summary>
    public Task<StatusDocument> UntilAsync(string what, Func<StatusDocument, bool> holds) =>
        DirectorState.UntilAsync(Stage.Directors.First().RunDirectory, what, holds);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var director in Stage.Directors)
            foreach (var line in director.LastLines(50)) _output.WriteLine($"{director.Role}: {line}");
        Stage.Dispose();
    }
}
