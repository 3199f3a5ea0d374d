using Director.Admin;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>SIGHUP: a new configuration takes effect whole, or not at all.</summary>
public sealed class ReloadTests(ITestOutputHelper output)
{
    [KernelFact]
    public async Task A_reload_changes_what_is_asked_for_and_keeps_the_rest()
    {
        using var pair = new Pair(output, Pair.WithoutPersistence);
        foreach (var server in new[] { "rs1", "rs2" }) await pair.Stage.StartServerAsync(server, default);
        await pair.StartFirstDirectorAsync();
        var director = pair.Stage.Directors.First();
        await AllAreAnsweredAsync(pair);
        var before = await pair.StatusAsync();

        // What scripts of keepalived's send to have files written is taken, and said where to look.
        foreach (var signal in new[] { "USR1", "USR2", "36", "63" }) TwoDirectors.Signal(director.ProcessId, signal);
        await pair.UntilAsync("all four signals are answered", _ =>
            director.LastLines(50).Count(line => line.Contains("nothing is written", StringComparison.Ordinal)) == 4);

        var text = File.ReadAllText(director.ConfigFile);
        Assert.Equal(new(900, 120, 300), before.Datapath.Timeouts);
        File.WriteAllText(director.ConfigFile, text
            .Replace("weight 1", "weight 7", StringComparison.Ordinal)
            .Replace("router_id LVS", "lvs_timeouts tcp 60 udp 30\nrouter_id LVS", StringComparison.Ordinal));
        TwoDirectors.Signal(director.ProcessId, "HUP");
        var after = await pair.UntilAsync("the weights are in force", status =>
            status.Services[0].Servers.All(server => server.Weight == 7));

        Assert.Equal(new(60, 120, 30), after.Datapath.Timeouts);
        Assert.Equal("MASTER", after.Vrrp[0].State);
        Assert.Equal(before.Vrrp[0].Since, after.Vrrp[0].Since);
        Assert.Equal(Connections(before), Connections(after));
        await AllAreAnsweredAsync(pair);

        // A file with a mistake changes nothing, and the log says where the mistake is.
        File.WriteAllText(director.ConfigFile, text.Replace("weight 1", "weight many", StringComparison.Ordinal));
        TwoDirectors.Signal(director.ProcessId, "HUP");
        await pair.UntilAsync("the reload is refused", _ =>
            director.LastLines(50).Any(line => line.Contains("reload refused", StringComparison.Ordinal)));
        Assert.Contains(director.LastLines(50), line =>
            line.Contains($"{director.ConfigFile}:", StringComparison.Ordinal) && line.Contains("many", StringComparison.Ordinal));
        var refused = await pair.StatusAsync();
        Assert.All(refused.Services[0].Servers, server => Assert.Equal(7, server.Weight));
        Assert.Equal(after.ConfiguredAt, refused.ConfiguredAt);
        await AllAreAnsweredAsync(pair);
    }

    private static async Task AllAreAnsweredAsync(Pair pair)
    {
        var results = await pair.Stage.RequestAsync(pair.Stage.Plan.Users, 5, default);
        Assert.All(results, result => Assert.True(result.Answered, result.ToString()));
    }

    private static IEnumerable<long> Connections(StatusDocument status) =>
        status.Services[0].Servers.Select(server => server.Traffic.Connections);
}
