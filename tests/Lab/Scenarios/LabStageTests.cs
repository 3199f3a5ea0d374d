using Director.Lab;
using Director.Lab.Client;
using Director.Lab.Scenarios;
using Director.Lab.Topology;
using Director.Tests.Support;

namespace Director.Tests.Lab.Scenarios;

[Collection("kernel")]
public sealed class LabStageTests
{
    // Stands in for a director: has the VIP while it runs if its configuration says MASTER.
    private const string ShellDirector = """
        grep -q 'state MASTER' "$1" && ip address replace 192.168.80.130/24 dev eth0
        trap 'ip address del 192.168.80.130/24 dev eth0; exit 0' TERM
        echo "running with $2"
        while :; do sleep 0.02; done
        """;

    private static readonly LabOptions Options = DirectorProgram.Options(TextWriter.Null) with
    {
        DirectorCommand = ["sh", "-c", ShellDirector, "shell-director", "{file}", "{run-dir}"],
    };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [KernelFact]
    public async Task The_stage_runs_directors_servers_and_clients_in_their_machines()
    {
        using var stage = new LabStage(Options, LabPlan.Failover);
        await Task.WhenAll(stage.StartServerAsync("d1", default), stage.StartServerAsync("d2", default));
        stage.StartDirector("d1");
        stage.StartDirector("d2");
        stage.StartAsking();
        await UntilAsync(stage, view => view.Master == "d1");

        var results = await stage.RequestAsync(stage.Plan.Users, 2, default);

        Assert.Equal("16 by d1", Answers.Told(results));
        Assert.Equal(stage.Plan.Users, results.Select(result => result.Source).Distinct());
        var begun = stage.Now;
        await UntilAsync(stage, _ => stage.Requests.Since(begun).Count(request => request.Server == "d1") > 10);

        stage.StopServer("d1");
        await UntilAsync(stage, _ => stage.Requests.Since(begun).Any(request => request.Outcome == RequestOutcome.Refused));
        await stage.StartServerAsync("d1", default);
        Assert.Equal("8 by d1", Answers.Told(await stage.RequestAsync(stage.Plan.Newcomers, 1, default)));

        stage.EndDirector("d1", DirectorEnd.Terminate);
        var after = await UntilAsync(stage, view => !view.Directors[0].Running);
        Assert.Empty(after.VipHolders);
        Assert.True(after.Directors[1].Running);
        Assert.Contains(stage.Directors.First().LastLines(5), line => line == $"running with {stage.Directors.First().RunDirectory}");
    }

    [KernelFact]
    public async Task A_machine_that_loses_power_keeps_its_addresses_and_can_start_again()
    {
        using var stage = new LabStage(Options, LabPlan.Failover);
        await stage.StartServerAsync("d1", default);
        stage.StartDirector("d1");
        await UntilAsync(stage, view => view.Master == "d1");

        stage.EndDirector("d1", DirectorEnd.KillMachine);

        var dead = await UntilAsync(stage, view => !view.Directors[0].Running);
        Assert.Equal(["d1"], dead.VipHolders);
        Assert.Null(dead.Master);
        Assert.Equal("8 refused", Answers.Told(await stage.RequestAsync(stage.Plan.Newcomers, 1, default)));
        await stage.StartServerAsync("d1", default);
        stage.StartDirector("d1");
        await UntilAsync(stage, view => view.Master == "d1");
    }

    [KernelFact]
    public async Task A_network_that_is_kept_outlives_the_stage_until_it_is_removed_as_told()
    {
        string removal;
        using (var stage = new LabStage(Options with { Keep = true }, LabPlan.Failover))
        {
            stage.StartDirector("d1");
            await UntilAsync(stage, view => view.Master == "d1");
            removal = stage.Namespaces.RemovalCommand;
            stage.Keep();
            Assert.True(stage.Topology.HasVip("d1"));
        }

        var kept = Directory.GetFiles("/run/netns", $"dlab-kept-{Environment.ProcessId}-*");
        Assert.Equal(4, kept.Length);

        Director.Lab.Namespaces.Tool.Run("sh", "-c", removal);

        Assert.DoesNotContain(kept, File.Exists);
    }

    [KernelFact]
    public async Task A_server_that_cannot_listen_is_reported_with_its_own_words()
    {
        using var stage = new LabStage(Options, LabPlan.Failover);
        await stage.StartServerAsync("d1", default);
        using var second = stage.Topology["d1"].Start([.. DirectorProgram.Command, "lab-web", "--name", "x", "--listen", "192.0.2.1:80"]);

        Assert.True(second.Wait(Patience));

        Assert.Equal(2, second.ExitCode);
        Assert.Contains(second.Lines, line => line.StartsWith("lab-web: ", StringComparison.Ordinal));
    }

    private static async Task<StageView> UntilAsync(LabStage stage, Func<StageView, bool> condition)
    {
        for (var begun = stage.Now; ; await Task.Delay(20))
        {
            var view = await stage.ObserveAsync(default);
            if (condition(view)) return view;
            Assert.True(stage.Now - begun < Patience, $"not seen in time; last: {string.Join(", ", view.Directors)}");
        }
    }
}
