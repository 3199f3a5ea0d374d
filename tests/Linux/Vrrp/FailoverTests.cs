using Director.Net;
using Director.Tests.Support;
using Director.Vrrp;

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

    [KernelFact]
    public void Two_masters_whose_addresses_differ_name_each_other_with_their_ethernet_addresses()
    {
        using var lab = new VrrpLab();
        var settings = VrrpLab.Instance(100) with { Version = VrrpVersion.V3, Password = null, AdvertInterval = TimeSpan.FromSeconds(0.2) };
        using var one = VrrpNode.Start(lab.A, settings);
        using var other = VrrpNode.Start(lab.B, settings with { Addresses = [new(IpAddress128.Parse("192.168.80.131"), 24)] });
        VrrpLab.Await("the one's alarm", () => one.HasLogged("rival 192.168.80.129 02:00:00:00:00:0b AddressList"),
            () => string.Join('\n', one.Log));
        VrrpLab.Await("the other's alarm", () => other.HasLogged("rival 192.168.80.128 02:00:00:00:00:0a AddressList"),
            () => string.Join('\n', other.Log));
        Assert.True(VrrpLab.HasVip(lab.A));
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
