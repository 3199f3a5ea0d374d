using System.Diagnostics;
using Director.Linux;
using Director.Linux.Vrrp;
using Director.Linux.Xdp;
using Director.Net;
using Director.Tests.Linux.Vrrp;
using Director.Tests.Support;
using Director.Vrrp;
using Director.VrrpProcess;

namespace Director.Tests.VrrpProcess;

public class VrrpSupervisorTests
{
    private static readonly VrrpProcessSettings Settings = new() { Instances = [VrrpLab.Instance(254)] };

    [KernelFact]
    public void The_process_becomes_master_and_resigns_when_it_is_stopped()
    {
        using var lab = new VrrpLab();
        using var tap = new AdvertTap(lab.B);
        using var node = new SupervisedNode(lab.A, Settings);
        AwaitMaster(lab, node);
        node.Stop();
        Assert.False(VrrpLab.HasVip(lab.A));
        VrrpLab.Await("a resignation", () => tap.Resignations == 1);
        Assert.Equal(0, tap.Priorities[^1]);
        VrrpLab.Await("the end of the reports", () => node.Supervisor.Reports.Completion.IsCompleted, () => node.Picture);
    }

    [KernelFact]
    public void When_the_process_is_killed_another_cleans_up_resigns_for_it_and_becomes_master_again()
    {
        using var lab = new VrrpLab();
        using var tap = new AdvertTap(lab.B);
        using var node = new SupervisedNode(lab.A, Settings);
        AwaitMaster(lab, node);
        var first = node.ChildId;
        Process.GetProcessById(first).Kill();
        VrrpLab.Await("its successor's being master", () => Masters(node) == 2, () => node.Picture);
        Assert.NotEqual(first, node.ChildId);
        Assert.Equal([VrrpState.Backup, VrrpState.Master, VrrpState.Backup, VrrpState.Master], node.Reports.OfType<VrrpStateReport>()
            .Select(report => report.State));
        Assert.Equal(TransitionReason.MasterResigned, node.State!.Reason);
        Assert.True(VrrpLab.HasVip(lab.A));
        VrrpLab.Await("a resignation", () => tap.Resignations == 1);
    }

    [KernelFact]
    public void When_the_main_process_makes_no_progress_it_resigns_and_comes_back_with_it()
    {
        using var lab = new VrrpLab();
        using var tap = new AdvertTap(lab.B);
        using var node = new SupervisedNode(lab.A, Settings);
        AwaitMaster(lab, node);
        node.Beats = false;
        VrrpLab.Await("a resignation", () => tap.Resignations == 1, () => node.Picture);
        VrrpLab.Await("the fault", () => node.State is { State: VrrpState.Fault, Faults: FaultReasons.MainStalled }, () => node.Picture);
        Assert.False(VrrpLab.HasVip(lab.A));
        node.Beats = true;
        VrrpLab.Await("its being master", () => Masters(node) == 2, () => node.Picture);
    }

    [KernelFact]
    public void When_the_process_alone_is_terminated_it_resigns_and_is_started_again()
    {
        using var lab = new VrrpLab();
        using var tap = new AdvertTap(lab.B);
        using var node = new SupervisedNode(lab.A, Settings);
        AwaitMaster(lab, node);
        var first = node.ChildId;
        lab.A.Run("kill", "-TERM", first.ToString(System.Globalization.CultureInfo.InvariantCulture));
        VrrpLab.Await("its end", () => node.Count<VrrpProcessReport>(report => !report.IsRunning) == 1, () => node.Picture);
        Assert.False(VrrpLab.HasVip(lab.A));
        VrrpLab.Await("a resignation", () => tap.Resignations == 1);
        VrrpLab.Await("another process", () => node.ChildId != first, () => node.Picture);
    }

    [KernelFact]
    public void A_reload_adds_an_address_without_an_election_and_counters_come_when_asked_for()
    {
        using var lab = new VrrpLab();
        using var tap = new AdvertTap(lab.B);
        using var node = new SupervisedNode(lab.A, Settings);
        AwaitMaster(lab, node);
        VirtualAddress added = new(IpAddress128.Parse("192.168.80.131"), 24);
        node.Supervisor.Reload(new() { Instances = [VrrpLab.Instance(254) with { ExcludedAddresses = [added] }] });
        VrrpLab.Await("the new address", () => lab.A.Ip("address", "show", "to", "192.168.80.131")
            .Contains("131", StringComparison.Ordinal), () => node.Picture);
        Assert.True(VrrpLab.HasVip(lab.A));
        node.Supervisor.RequestCounters();
        VrrpLab.Await("counters", () => node.Count<VrrpCountersReport>(report => report.Instance == "VI_1") == 1, () => node.Picture);
        var counters = node.Reports.OfType<VrrpCountersReport>().Single(report => report.Instance == "VI_1").Counters;
        Assert.Equal((1, 0, 0), (counters.BecomeMaster, counters.ReleaseMaster, counters.SendFailures));
        Assert.Equal(0, tap.Resignations);
    }

    [KernelFact]
    public void A_master_whose_workers_stand_still_resigns_long_before_its_peers_would_have_given_it_up()
    {
        using var lab = new VrrpLab();
        using var tap = new AdvertTap(lab.B);
        using var node = new SupervisedNode(lab.A, Settings);
        AwaitMaster(lab, node);
        var served = node.StandStill();
        VrrpLab.Await("a resignation", () => tap.Resignations > 0, () => node.Picture);
        var outage = MonotonicClock.Instance.Now - served;
        Assert.True(outage < VrrpTimers.ShortestMasterDown(TimeSpan.FromSeconds(1)), $"{outage} without service: {node.Picture}");
        VrrpLab.Await("the address's removal", () => !VrrpLab.HasVip(lab.A), () => node.Picture);
        Assert.True(node.State is { State: VrrpState.Fault, Faults: FaultReasons.MainStalled }, node.Picture);
    }

    [KernelFact]
    public void When_the_main_process_is_gone_it_resigns_removes_the_address_and_ends()
    {
        using var lab = new VrrpLab();
        using var tap = new AdvertTap(lab.B);
        var (mine, theirs) = ControlSocket.CreatePair();
        using var child = NamespaceThread.Run(lab.A, () => VrrpSupervisor.Launch(VrrpCommand.OfThisProgram(), theirs));
        theirs.Dispose();
        var buffer = new byte[ControlLimits.MessageSize];
        Assert.True(mine.TrySend(ControlCodec.WriteSteering(buffer, false, false)));
        Assert.True(mine.TrySend(ControlCodec.WriteInstance(buffer, Settings.Instances[0])));
        Assert.True(mine.TrySend(ControlCodec.WriteBare(buffer, ControlKind.Commit)));
        // With the most patience: this heart beats as often as the address can be looked for.
        VrrpLab.Await("mastership", () =>
            mine.TrySend(ControlCodec.WriteHeartbeat(buffer, MonotonicClock.Instance.Now, ControlLimits.LongestStall))
            && VrrpLab.HasVip(lab.A));
        Assert.Equal(0, tap.Resignations);

        // All that the kernel leaves of a process that was killed, as far as another can see.
        mine.Dispose();
        Assert.True(child.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, child.ExitCode);
        Assert.False(VrrpLab.HasVip(lab.A));
        VrrpLab.Await("a resignation", () => tap.Resignations == 1);
        Assert.Equal(0, tap.Priorities[^1]);
    }

    [KernelFact]
    public void An_address_is_steered_while_it_is_held_and_one_without_an_instance_until_the_process_ends()
    {
        using var lab = new VrrpLab();
        using var steering = Steering.Create();
        var (vip, lone) = (IpAddress128.Parse(VrrpLab.Vip), IpAddress128.Parse("192.168.80.140"));
        steering.Vips.Arm(vip);
        using var node = new SupervisedNode(lab.A, Settings with { StaticAddresses = [lone], VipMap = steering.Vips.Handle });
        VrrpLab.Await("its being backup", () => node.State is { State: VrrpState.Backup } && steering.Vips.IsArmed(lone),
            () => node.Picture);
        Assert.False(steering.Vips.IsArmed(vip));
        AwaitMaster(lab, node);
        Assert.True(steering.Vips.IsArmed(vip));
        node.Supervisor.Reload(Settings with { VipMap = steering.Vips.Handle });
        VrrpLab.Await("the lone address's end", () => !steering.Vips.IsArmed(lone), () => node.Picture);
        Assert.True(steering.Vips.IsArmed(vip));
        node.Stop();
        Assert.Empty(steering.Vips.Vips);
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_reported_and_stopping_does_not_wait_for_it()
    {
        var supervisor = new VrrpSupervisor(new("/nonexistent/director", []));
        supervisor.Start(Settings);
        Assert.True(await supervisor.Reports.WaitToReadAsync());
        Assert.True(supervisor.Reports.TryRead(out var report));
        Assert.StartsWith("cannot start the VRRP process /nonexistent/director", Assert.IsType<VrrpProcessReport>(report).Text,
            StringComparison.Ordinal);
        await supervisor.StopAsync();
    }

    private static int Masters(SupervisedNode node) => node.Count<VrrpStateReport>(report => report.State == VrrpState.Master);

    private static void AwaitMaster(VrrpLab lab, SupervisedNode node)
    {
        VrrpLab.Await("mastership", () => Masters(node) == 1, () => node.Picture);
        Assert.True(VrrpLab.HasVip(lab.A), node.Picture);
    }
}
