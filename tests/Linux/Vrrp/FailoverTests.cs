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
    public void A_router_takes_part_once_its_interface_is_there()
    {
        using var lab = new VrrpLab();
        using var node = VrrpNode.Start(lab.A, VrrpLab.Instance(255) with { Interface = "e1", WantedState = VrrpState.Master });
        VrrpLab.Await("a fault", () => node.HasLogged("Fault Startup") || node.HasLogged("Fault Fault"), () => string.Join('\n', node.Log));
        lab.A.Ip("link", "add", "e1", "type", "veth", "peer", "name", "other");
        lab.A.Ip("link", "set", "other", "up");
        lab.A.AddAddress("e1", "10.7.0.1/24");
        lab.A.Ip("link", "set", "e1", "up");
        VrrpLab.Await("a master", () => lab.A.Ip("address", "show", "dev", "e1").Contains(VrrpLab.Vip, StringComparison.Ordinal),
            () => string.Join('\n', node.Log));
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

    /// <summary>576 bytes less 14 of Ethernet, 20 of IPv4, 8 of VRRP and 8 of authentication have room for 131 addresses.</summary>
    [KeepalivedFact]
    public void Keepalived_lists_as_many_addresses_as_we_where_the_MTU_is_ours()
    {
        using var lab = new VrrpLab();
        foreach (var machine in new[] { lab.A, lab.B }) machine.Ip("link", "set", "e0", "mtu", "576");
        var addresses = Enumerable.Range(1, 150).Select(i => $"10.1.0.{i}").ToList();
        using var theirs = lab.StartKeepalivedWith(lab.A, $$"""
            vrrp_instance VI_1 {
                interface e0
                virtual_router_id 201
                priority 150
                virtual_ipaddress {
                    {{string.Join("\n        ", addresses)}}
                }
            }
            """);
        VrrpLab.Await("keepalived as master", () => lab.A.Ip("address").Contains("10.1.0.150", StringComparison.Ordinal),
            () => string.Join('\n', theirs.Lines));
        using var ours = VrrpNode.Start(lab.B, VrrpLab.Instance(100) with
        {
            Password = null, Addresses = [.. addresses.Select(address => new VirtualAddress(IpAddress128.Parse(address)))],
        });
        VrrpLab.Await("our being backup", () => ours.HasLogged("Backup Startup"));
        theirs.Kill("TERM");
        VrrpLab.Await("succession", () => ours.HasLogged("Master MasterResigned"), () => string.Join('\n', ours.Log));
        Assert.Contains("10.1.0.150", lab.B.Ip("address"), StringComparison.Ordinal);
        Assert.Equal(["failed AdvertiseAll 10.1.0.132", "Backup Startup", "MasterResigning", "Master MasterResigned"], ours.Log);
    }

    /// <summary>In version 3 keepalived has it since 2.2.8 only.</summary>
    [KeepalivedFact]
    public void Keepalived_without_addresses_is_followed_and_follows()
    {
        using var lab = new VrrpLab();
        var settings = VrrpLab.Instance(100) with
        {
            Password = null, Addresses = [], AllowsNoAddresses = true,
            ExcludedAddresses = [new(IpAddress128.Parse(VrrpLab.Vip), 24)],
        };
        using var theirs = lab.StartKeepalivedWith(lab.A, $$"""
            vrrp_instance VI_1 {
                interface e0
                virtual_router_id 201
                priority 150
                virtual_ipaddress_excluded {
                    {{VrrpLab.Vip}}/24
                }
            }
            """);
        VrrpLab.Await("keepalived as master", () => VrrpLab.HasVip(lab.A), () => string.Join('\n', theirs.Lines));
        using (var higher = VrrpNode.Start(lab.B, settings with { Priority = 200 }))
        {
            VrrpLab.Await("keepalived's yielding", () => higher.HasLogged("Master Preempting") && !VrrpLab.HasVip(lab.A),
                () => string.Join('\n', theirs.Lines));
            higher.Stop();
        }

        VrrpLab.Await("keepalived as master again", () => VrrpLab.HasVip(lab.A), () => string.Join('\n', theirs.Lines));
        using var ours = VrrpNode.Start(lab.B, settings);
        VrrpLab.Await("our being backup", () => ours.HasLogged("Backup Startup"));
        theirs.Kill("TERM");
        VrrpLab.Await("succession", () => ours.HasLogged("Master MasterResigned"), () => string.Join('\n', ours.Log));
        Assert.DoesNotContain(ours.Log, line => line.StartsWith("rejected", StringComparison.Ordinal));
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
