using System.Text.RegularExpressions;
using Director.Lab.Client;
using Director.Lab.Scenarios;
using Director.Lab.Topology;
using Director.Tests.Support;

namespace Director.Tests.Lab.Scenarios;

/// <summary>One director with a VIP that the operator put on its interface, and no VRRP: real XDP, real servers, real clients.</summary>
[Collection("kernel")]
public sealed partial class StaticVipTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [KernelFact]
    public async Task A_thousand_requests_succeed_split_evenly_and_the_replies_do_not_pass_the_director()
    {
        using var stage = await StartAsync(text => Persistence().Replace(VrrpInstance().Replace(text, ""), ""));
        using var capture = FrameCapture.Start(stage.Topology.Client, $"tcp and src host {LabPlan.Vip}");

        var results = await stage.RequestAsync(stage.Plan.Users, 125, default);

        Assert.Equal(1000, results.Count);
        Assert.All(results, result => Assert.Equal(RequestOutcome.Answered, result.Outcome));
        var shares = stage.Plan.Servers.Select(server => results.Count(result => result.Server == server.Role)).ToList();
        Assert.InRange(shares[0], 490, 510);
        var frames = capture.Stop();
        Assert.True(frames.Count >= 3000, $"{frames.Count} frames of replies"); // SYN+ACK, answer, FIN
        var servers = stage.Plan.Servers.Select(server => server.Mac.ToString()).ToList();
        Assert.All(frames, frame => Assert.Contains(frame.SourceMac, servers));
        Assert.All(frames, frame => Assert.False(frame.Reset));
    }

    [KernelFact]
    public async Task With_persistence_every_client_stays_with_its_server()
    {
        using var stage = await StartAsync(text => VrrpInstance().Replace(text, ""));

        var results = await stage.RequestAsync(stage.Plan.Users, 25, default);

        Assert.All(results, result => Assert.Equal(RequestOutcome.Answered, result.Outcome));
        var loyal = Answers.LoyalSources(results);
        Assert.Equal(stage.Plan.Users.Count, loyal.Values.Sum());
        Assert.All(stage.Plan.Servers, server => Assert.Equal(stage.Plan.Users.Count / 2, loyal[server.Role]));
    }

    private static async Task<LabStage> StartAsync(Func<string, string> edit)
    {
        var stage = new LabStage(DirectorProgram.Options(TextWriter.Null), LabPlan.Balance, edit);
        try
        {
            var director = stage.Plan.Directors[0].Role;
            stage.Topology[director].AddAddress("eth0", $"{LabPlan.Vip}/{LabPlan.PrefixLength}");
            foreach (var server in stage.Plan.Servers) await stage.StartServerAsync(server.Role, default);
            stage.StartDirector(director);
            for (var begun = stage.Now; ; await Task.Delay(50))
            {
                var status = (await stage.ObserveAsync(default)).Directors[0].Status;
                if (status is { DatapathMode: "xdp", TakesVip: true, Pool: [{ InPool: true }, { InPool: true }] }) return stage;
                Assert.True(stage.Now - begun < Patience,
                    $"not ready: {status}\n{string.Join('\n', stage.Directors.First().LastLines(30))}");
            }
        }
        catch
        {
            stage.Dispose();
            throw;
        }
    }

    [GeneratedRegex(@"^vrrp_instance.*?^\}\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex VrrpInstance();

    [GeneratedRegex(@"^ *persistence_timeout.*\n", RegexOptions.Multiline)]
    private static partial Regex Persistence();
}
