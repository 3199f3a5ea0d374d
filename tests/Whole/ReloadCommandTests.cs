using System.Globalization;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>What an operator sees of a reload: <c>director plan</c>, <c>director reload</c>, and a signal that comes too early.</summary>
public sealed class ReloadCommandTests(ITestOutputHelper output)
{
    [KernelFact]
    public async Task A_plan_says_what_a_reload_then_does()
    {
        using var director = new TrackingDirector();
        var (one, two) = (TrackingDirector.Instance("VI_1", 71, ""), TrackingDirector.Instance("VI_2", 72, ""));
        director.Start(one);
        await director.UntilAsync("it is master", status => status.Vrrp[0].State == "MASTER");

        // The file has not changed; another one says what it would do, and does nothing.
        Assert.Equal((0, "Nothing would change."), await RunAsync(director, "plan"));
        var other = one.Replace("virtual_router_id 71", "virtual_router_id 73", StringComparison.Ordinal) + two;
        File.WriteAllText(director.File("new.conf"), other);
        var (exit, plan) = await RunAsync(director, "plan", "-f", director.File("new.conf"));
        Assert.Equal(2, exit);
        Assert.Contains("virtual_router_id: 71 -> 73", plan, StringComparison.Ordinal);
        Assert.Contains("the one that is master resigns, a failover", plan, StringComparison.Ordinal);
        Assert.Contains("+ vrrp_instance VI_2", plan, StringComparison.Ordinal);
        Assert.Contains("Would be: 1 added, 1 changed.", plan, StringComparison.Ordinal);
        Assert.Equal((0, "Nothing would change."), await RunAsync(director, "plan"));

        File.WriteAllText(director.ConfigFile, one + two);
        (exit, plan) = await RunAsync(director, "reload");
        Assert.Equal(0, exit);
        Assert.Contains("In force: 1 added. Configuration 2, after", plan, StringComparison.Ordinal);
        var status = await director.UntilAsync("the other is master", status => status.Vrrp is [{ State: "MASTER" }, { State: "MASTER" }]);
        Assert.Equal((2, 1, 0), (status.Reloads.Generation, status.Reloads.Applied, status.Reloads.Refused));

        // A file that is not there any more.
        File.Delete(director.ConfigFile);
        (exit, plan) = await RunAsync(director, "reload");
        Assert.Equal(1, exit);
        Assert.Contains("Refused: nothing has changed", plan, StringComparison.Ordinal);
        status = await director.UntilAsync("it is told", status => status.Reloads.Refused == 1);
        Assert.Equal((2, false), (status.Reloads.Generation, status.Reloads.Last!.Applied));
        Assert.Contains("keepalived.conf", status.Reloads.Last.Why, StringComparison.Ordinal);
        Assert.All(status.Vrrp, router => Assert.Equal("MASTER", router.State));
        Assert.Equal(1, (await RunAsync(director, "plan")).Exit);
    }

    [KernelFact]
    public async Task A_pipe_that_cannot_be_made_refuses_a_reload_and_no_part_has_begun()
    {
        using var director = new TrackingDirector();
        var one = TrackingDirector.Instance("VI_1", 74, "");
        director.Start(one);
        var before = await director.UntilAsync("it is master", status => status.Vrrp[0].State == "MASTER");

        File.WriteAllText(director.ConfigFile,
            $"global_defs {{\nvrrp_notify_fifo {director.File("missing/pipe")}\n}}\n" + TrackingDirector.Instance("VI_2", 75, ""));
        var (exit, text) = await RunAsync(director, "reload");
        Assert.Equal(1, exit);
        Assert.Contains("notifications: ", text, StringComparison.Ordinal);
        var after = await director.UntilAsync("it is told", status => status.Reloads.Refused == 1);
        Assert.Equal(before.Vrrp.Select(router => (router.Name, router.State, router.Since)),
            after.Vrrp.Select(router => (router.Name, router.State, router.Since)));
    }

    [KernelFact]
    public async Task A_signal_during_the_start_is_acted_on_after_it()
    {
        using var director = new TrackingDirector();
        var (begun, go) = (director.File("begun"), director.File("go"));
        var script = director.Script("slow", $"touch {begun}\nwhile [ ! -e {go} ]; do sleep 0.05; done");
        var globals = $"global_defs {{\nstartup_script {script}\nstartup_script_timeout 60\n}}\n";
        director.Start(globals + TrackingDirector.Instance("VI_1", 76, ""));
        await director.UntilAsync("the script runs", () => File.Exists(begun));
        for (var signal = 0; signal < 3; signal++) director.Reload(globals + TrackingDirector.Instance("VI_2", 77, ""));
        File.WriteAllText(go, "");
        var status = await director.UntilAsync("the new file is in force", status => status.Reloads.Applied > 0);
        Assert.Equal("VI_2", Assert.Single(status.Vrrp).Name);
        Assert.Equal((2, 1), (status.Reloads.Generation, status.Reloads.Applied));
    }

    [KernelFact]
    public async Task Reloads_asked_for_at_once_are_made_one_after_the_other()
    {
        using var director = new TrackingDirector();
        director.Start(TrackingDirector.Instance("VI_1", 78, "", priority: 100));
        await director.UntilAsync("it is master", status => status.Vrrp[0].State == "MASTER");
        var before = await director.UntilAsync("it is master", status => status.Vrrp[0].State == "MASTER");
        for (var round = 1; round <= 4; round++)
        {
            File.WriteAllText(director.ConfigFile, TrackingDirector.Instance("VI_1", 78, "", priority: 100 + round));
            var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(director, "reload")));
            Assert.All(all, run => Assert.Equal(0, run.Exit));
            Assert.Single(all, run => run.Text.Contains(
                string.Create(CultureInfo.InvariantCulture, $"Configuration {1 + round},"), StringComparison.Ordinal)
                && run.Text.Contains("In force", StringComparison.Ordinal));
        }

        var after = await director.UntilAsync("it has the last", status => status.Vrrp[0].Priority == 104);
        Assert.Equal((5, 16), (after.Reloads.Generation, after.Reloads.Applied));
        Assert.Equal(before.Vrrp[0].Since, after.Vrrp[0].Since);
    }

    private async Task<(int Exit, string Text)> RunAsync(TrackingDirector director, params string[] arguments)
    {
        var (exit, text) = await director.RunAsync(arguments);
        output.WriteLine(text);
        return (exit, text);
    }
}
