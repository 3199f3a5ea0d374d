using Director.Lab.Scenarios;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>
/// One process of a director dies or stalls: the VIP is with one director in the end, and no client gets a reset from the other.
/// </summary>
public sealed class DyingProcessTests(ITestOutputHelper output)
{
    [KernelTheory]
    [InlineData("xdp")]
    [InlineData("packet")]
    public async Task The_main_process_dies_alone_and_is_started_again_at_once(string mode)
    {
        using var two = new TwoDirectors(output, mode: mode);
        await two.StartAsync();
        two.Stage.StartAsking();
        await two.UntilAsync("the client is served", () => two.Stage.Requests.Since(default).Any(request => request.Answered));
        using var resets = two.ListenForResets(two.First);

        var killed = two.Stage.Now;
        two.Stage.EndDirector(two.First.Role, DirectorEnd.KillMain);
        await two.UntilOwnedByAsync(two.Second);
        await two.UntilAsync("nothing of d1 is attached", () => !two.HasProgram(two.First) && !two.HasHostDevice(two.First));
        await two.UntilAsync("its VRRP process has ended", () => two.VrrpProcessOf(two.First) is null);
        await two.AssertServedAsync();
        two.TellOutage("main process killed", killed);
        // Only until it is master again: then it hears of connections that the peer knew, and refuses them as IPVS does.
        TwoDirectors.AssertNoResets(resets);

        // Its successor returns, although it finds the socket's file and whatever else was left.
        two.Stage.StartDirector(two.First.Role);
        await two.UntilQuietWithAsync(two.First);
        await two.UntilReadyAsync(two.First);
        await two.AssertServedAsync();
    }

    [KernelTheory]
    [InlineData("xdp")]
    [InlineData("packet")]
    public async Task A_director_waits_for_the_vrrp_process_of_its_predecessor_to_let_the_device_go(string mode)
    {
        using var two = new TwoDirectors(output, mode: mode);
        await two.StartAsync();
        using var resets = two.ListenForResets(two.First);

        // The worst of timings, made certain: the old VRRP process has not resigned yet when the new main process starts.
        var heir = two.VrrpProcessOf(two.First)!.Value;
        TwoDirectors.Signal(heir, "STOP");
        two.Stage.EndDirector(two.First.Role, DirectorEnd.KillMain);
        await two.UntilAsync("the main process is gone", () => !two.First.IsRunning);
        Assert.True(two.HasProgram(two.First));
        two.Stage.StartDirector(two.First.Role);
        await two.UntilAsync("the new one waits", () => TwoDirectors.HasSaid(two.First, "waiting for it"));
        TwoDirectors.Signal(heir, "CONT");
        await two.UntilOwnedByAsync(two.Second);
        TwoDirectors.AssertNoResets(resets);

        await two.UntilQuietWithAsync(two.First);
        await two.UntilReadyAsync(two.First);
        await two.AssertServedAsync();
    }

    [KernelTheory]
    [InlineData("xdp")]
    [InlineData("packet")]
    public async Task The_vrrp_process_dies_alone(string mode)
    {
        using var two = new TwoDirectors(output, mode: mode);
        await two.StartAsync();
        using var resets = two.ListenForResets(two.First);
        var main = two.First.ProcessId;
        var vrrp = two.VrrpProcessOf(two.First)!.Value;

        TwoDirectors.Signal(vrrp, "KILL");
        var attached = true;
        await two.UntilAsync("the VRRP process is another", () =>
        {
            attached &= two.HasProgram(two.First);
            return two.VrrpProcessOf(two.First) is { } other && other != vrrp;
        });
        Assert.True(attached);
        await two.UntilQuietWithAsync(two.First);

        Assert.True(two.HasProgram(two.First));
        Assert.Equal(main, two.First.ProcessId);
        Assert.True(two.First.IsRunning);
        await two.AssertServedAsync();
        TwoDirectors.AssertNoResets(resets);
    }

    [KernelFact]
    public async Task The_vrrp_process_hangs()
    {
        using var two = new TwoDirectors(output);
        await two.StartAsync();
        using var resets = two.ListenForResets(two.First);
        var vrrp = two.VrrpProcessOf(two.First)!.Value;

        TwoDirectors.Signal(vrrp, "STOP");
        await two.UntilAsync("the VRRP process is another", () => two.VrrpProcessOf(two.First) is { } other && other != vrrp);

        TwoDirectors.AssertNoResets(resets);
        await two.UntilQuietWithAsync(two.First);
        Assert.True(TwoDirectors.HasSaid(two.First, "has not answered for 3 s"));
        await two.AssertServedAsync();
    }

    [KernelTheory]
    [InlineData("xdp")]
    [InlineData("packet")]
    public async Task The_main_process_stalls_and_comes_to_itself(string mode)
    {
        using var two = new TwoDirectors(output, mode: mode);
        await two.StartAsync();
        using var resets = two.ListenForResets(two.First);

        TwoDirectors.Signal(two.First.ProcessId, "STOP");
        await two.UntilOwnedByAsync(two.Second);
        await two.AssertServedAsync();
        TwoDirectors.AssertNoResets(resets);
        TwoDirectors.Signal(two.First.ProcessId, "CONT");

        await two.UntilQuietWithAsync(two.First);
        await two.AssertServedAsync();
        Assert.True(TwoDirectors.HasSaid(two.First, "no packet could be served for 1 s"));
        Assert.True(TwoDirectors.HasSaid(two.First, "the main process makes progress again"));
    }

    [KernelFact]
    public async Task The_vip_is_taken_from_the_master_by_hand()
    {
        using var two = new TwoDirectors(output);
        await two.StartAsync();

        two.MachineOf(two.First).Ip("address", "del", "192.168.80.130/24", "dev", "eth0");
        await two.UntilAsync("d1 has noticed", two.First, status => status.Vrrp[0].Counters["releaseMaster"] > 0);

        await two.UntilQuietWithAsync(two.First);
        await two.AssertServedAsync();
    }
}
