using Director.Tests.Support;

namespace Director.Tests.Linux.Vrrp;

public class FailoverTests
{
    [KernelFact]
    public void The_address_is_on_the_higher_router_moves_when_it_stops_and_comes_back_with_it()
    {
        using var lab = new VrrpLab();
        using var low = VrrpNode.Start(lab.B, VrrpLab.Instance(50));
        VrrpLab.Await("a first master", () => low.HasLogged("Master MasterSilent"));
        Assert.True(VrrpLab.HasVip(lab.B));
        using (var high = VrrpNode.Start(lab.A, VrrpLab.Instance(100)))
        {
            VrrpLab.Await("preemption", () => high.HasLogged("Master Preempting"));
            VrrpLab.Await("yielding", () => low.HasLogged("Backup Outranked"));
            Assert.Equal((true, false), (VrrpLab.HasVip(lab.A), VrrpLab.HasVip(lab.B)));
            high.Stop();
            Assert.False(VrrpLab.HasVip(lab.A));
        }

        VrrpLab.Await("succession", () => low.HasLogged("Master MasterResigned"));
        Assert.True(VrrpLab.HasVip(lab.B));
        Assert.DoesNotContain(low.Log, line => line.StartsWith("rejected", StringComparison.Ordinal)
            || line.StartsWith("failed", StringComparison.Ordinal));
    }

    [KeepalivedFact]
    public void Against_keepalived_as_master_we_follow_succeed_it_when_it_stops_yield_when_it_returns_and_take_over_when_it_dies()
    {
        using var lab = new VrrpLab();
        using var ours = VrrpNode.Start(lab.B, VrrpLab.Instance(100));
        using (var theirs = lab.StartKeepalived(lab.A, 150, "MASTER"))
        {
            VrrpLab.Await("keepalived as master", () => VrrpLab.HasVip(lab.A), () => string.Join('\n', theirs.Lines));
            VrrpLab.Await("our being backup", () => !VrrpLab.HasVip(lab.B), () => string.Join('\n', ours.Log));
            theirs.Kill("TERM");
            VrrpLab.Await("succession", () => ours.HasLogged("Master MasterResigned"), () => string.Join('\n', ours.Log));
            Assert.True(VrrpLab.HasVip(lab.B));
        }

        using (var theirs = lab.StartKeepalived(lab.A, 150, "MASTER"))
        {
            VrrpLab.Await("yielding", () => ours.HasLogged("Backup Outranked") && VrrpLab.HasVip(lab.A),
                () => string.Join('\n', theirs.Lines));
            Assert.False(VrrpLab.HasVip(lab.B));
            var before = ours.Log.Count;
            lab.A.KillAll();
            VrrpLab.Await("takeover", () => ours.Log.Skip(before).Contains("Master MasterSilent"), () => string.Join('\n', ours.Log));
            Assert.True(VrrpLab.HasVip(lab.B));
        }

        Assert.DoesNotContain(ours.Log, line => line.StartsWith("rejected", StringComparison.Ordinal)
            || line.StartsWith("failed", StringComparison.Ordinal));
    }

    [KeepalivedFact]
    public void Against_keepalived_as_backup_we_are_obeyed_succeeded_when_we_stop_and_get_the_address_back()
    {
        using var lab = new VrrpLab();
        using var theirs = lab.StartKeepalived(lab.B, 100, "BACKUP");
        using (var ours = VrrpNode.Start(lab.A, VrrpLab.Instance(150)))
        {
            VrrpLab.Await("our being master", () => VrrpLab.HasVip(lab.A) && !VrrpLab.HasVip(lab.B), () => string.Join('\n', theirs.Lines));
            ours.Stop();
        }

        VrrpLab.Await("succession", () => VrrpLab.HasVip(lab.B), () => string.Join('\n', theirs.Lines));
        using (var ours = VrrpNode.Start(lab.A, VrrpLab.Instance(150)))
        {
            VrrpLab.Await("our return", () => VrrpLab.HasVip(lab.A) && !VrrpLab.HasVip(lab.B), () => string.Join('\n', theirs.Lines));
            Assert.Contains("Master Preempting", ours.Log);
        }

        Assert.DoesNotContain(theirs.Lines, line => line.Contains("nvalid", StringComparison.Ordinal)
            || line.Contains("rror", StringComparison.Ordinal));
    }
}
