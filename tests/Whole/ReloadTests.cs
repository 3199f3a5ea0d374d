using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>SIGHUP: a new configuration takes effect whole, or not at all.</summary>
[Collection("kernel")]
public sealed class ReloadTests(ITestOutputHelper output)
{
    [KernelFact]
    public async Task A_reload_changes_what_is_asked_for_and_keeps_the_rest()
    {
        using var pair = new Pair(output, Pair.WithoutPersistence);
        foreach (var server in new[] { "rs1", "rs2" }) await pair.Stage.StartServerAsync(server, default);
        await pair.StartFirstDirectorAsync();
        var director = pair.Stage.Directors.First();
        Assert.All(await pair.Stage.RequestAsync(pair.Stage.Plan.Users, 5, default), result => Assert.True(result.Answered, result.ToString()));
        var before = await pair.StatusAsync();

        var text = File.ReadAllText(director.ConfigFile);
        File.WriteAllText(director.ConfigFile, text.Replace("weight 1", "weight 7", StringComparison.Ordinal));
        Hangup(director.ProcessId);
        var after = await pair.UntilAsync("the weights are in force", status => status.Services[0].Servers.All(server => server.Weight == 7));

        Assert.Equal("MASTER", after.Vrrp[0].State);
        Assert.Equal(before.Vrrp[0].Since, after.Vrrp[0].Since);
        Assert.Equal(before.Services[0].Servers.Select(server => server.Connections), after.Services[0].Servers.Select(server => server.Connections));
        Assert.All(await pair.Stage.RequestAsync(pair.Stage.Plan.Users, 5, default), result => Assert.True(result.Answered, result.ToString()));

        // A file with a mistake changes nothing, and the log says where the mistake is.
        File.WriteAllText(director.ConfigFile, text.Replace("weight 1", "weight many", StringComparison.Ordinal));
        Hangup(director.ProcessId);
        await pair.UntilAsync("the reload is refused", _ => director.LastLines(50).Any(line => line.Contains("reload refused", StringComparison.Ordinal)));
        Assert.Contains(director.LastLines(50), line => line.Contains($"{director.ConfigFile}:", StringComparison.Ordinal) && line.Contains("many", StringComparison.Ordinal));
        var refused = await pair.StatusAsync();
        Assert.All(refused.Services[0].Servers, server => Assert.Equal(7, server.Weight));
        Assert.Equal(after.ConfiguredAt, refused.ConfiguredAt);
        Assert.All(await pair.Stage.RequestAsync(pair.Stage.Plan.Users, 5, default), result => Assert.True(result.Answered, result.ToString()));
    }

    private static void Hangup(int processId)
    {
        using var kill = System.Diagnostics.Process.Start("kill", ["-HUP", processId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
