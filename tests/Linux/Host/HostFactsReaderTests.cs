using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Host;
using Director.Tests.Support;

namespace Director.Tests.Linux.Host;

[Collection("kernel")]
public sealed class HostFactsReaderTests
{
    [Fact]
    public void Ipvs_services_are_read_and_their_servers_are_not() => Assert.Equal(
        ["TCP 192.168.80.130:80", "FWM 00000001", "UDP [2001:db8::1]:0035"],
        HostFactsReader.ParseIpvs(
        [
            "IP Virtual Server version 1.2.1 (size=4096)",
            "Prot LocalAddress:Port Scheduler Flags",
            "  -> RemoteAddress:Port Forward Weight ActiveConn InActConn",
            "TCP  C0A85082:0050 wlc persistent 50",
            "  -> C0A85085:0050      Route   1      0          0",
            "FWM  00000001 rr ",
            "UDP  [2001:db8::1]:0035 rr",
            "",
        ]));

    [Fact]
    public void An_empty_ipvs_table_is_no_service() => Assert.Empty(HostFactsReader.ParseIpvs([]));

    [Fact]
    public void Capabilities_are_read()
    {
        var set = HostFactsReader.ParseCapabilities(["Name:\tdirector", "CapEff:\t0000008000003000"]);
        Assert.True(set.Has(Capability.NetAdmin) && set.Has(Capability.NetRaw) && set.Has(Capability.Bpf));
        Assert.False(set.Has(Capability.IpcLock) || set.Has(Capability.SysAdmin));
    }

    [Theory]
    [InlineData("0::/system.slice/keepalived.service", "keepalived.service")]
    [InlineData("0::/user.slice/user-0.slice/session-1.scope", null)]
    [InlineData("", null)]
    public void The_unit_is_read_from_the_control_group(string line, string? unit) =>
        Assert.Equal(unit, HostFactsReader.ParseUnit([line]));

    [KernelFact]
    public void A_namespace_is_read_as_its_thread_sees_it()
    {
        using var set = new NamespaceSet();
        var host = set.Create("host");
        host.Ip("link", "add", "veth0", "type", "veth", "peer", "name", "veth1");
        host.Sysctl("net.ipv4.conf.all.rp_filter", "1");
        var facts = NamespaceThread.Run(host, () => HostFactsReader.Read(["veth0"]));
        Assert.Empty(facts.XdpHolds);
        Assert.Equal(1, facts.AllReversePathFilter);
        Assert.Empty(facts.IpvsServices);
        Assert.True(facts.Capabilities.Has(Capability.NetAdmin));
        Assert.DoesNotContain(facts.Keepaliveds, process => process.SharesNetwork == true);
    }

    [KernelFact]
    public void A_keepalived_is_seen_by_its_own_namespace_only()
    {
        using var set = new NamespaceSet();
        var here = set.Create("here");
        var there = set.Create("there");
        // What counts is the name; a sleeper that bears it owns no VIP.
        using var process = here.Start("sh", "-c", "printf keepalived > /proc/self/comm; echo named; sleep 600; :");
        using var named = new ManualResetEventSlim();
        process.OnLine(_ => named.Set());
        Assert.True(named.Wait(TimeSpan.FromSeconds(30)), "the sleeper did not start");
        var id = process.Pid;
        Assert.True(Assert.Single(Read(here), found => found.ProcessId == id).SharesNetwork);
        Assert.False(Assert.Single(Read(there), found => found.ProcessId == id).SharesNetwork);
    }

    [KernelFact]
    public void Settings_are_read_and_written_in_the_namespace()
    {
        using var set = new NamespaceSet();
        var host = set.Create("host");
        host.Ip("link", "add", "eth0.100", "type", "veth", "peer", "name", "peer0");
        NamespaceThread.Run(host, () =>
        {
            Sysctl.Write("net/ipv4/conf/eth0.100/rp_filter", "2");
            Assert.Equal(2, Sysctl.ReadNumber("net/ipv4/conf/eth0.100/rp_filter"));
            Assert.Null(Sysctl.Read("net/ipv4/conf/eth9/rp_filter"));
            Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => Sysctl.Write("net/ipv4/conf/eth9/rp_filter", "1")).Errno);
            var refusal = Assert.Throws<LinuxException>(() => Sysctl.Write("net/ipv4/ip_default_ttl", "9999"));
            Assert.Equal(Errno.EINVAL, refusal.Errno);
            Assert.Contains("sysctl -w net/ipv4/ip_default_ttl=9999", refusal.Message, StringComparison.Ordinal);
        });
        Assert.Equal("2", host.Run("cat", "/proc/sys/net/ipv4/conf/eth0.100/rp_filter").Trim());
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("net//ipv4")]
    [InlineData("")]
    public void A_name_that_leaves_the_tree_is_no_setting(string name) => Assert.Throws<ArgumentException>(() => Sysctl.Read(name));

    private static IReadOnlyList<KeepalivedProcess> Read(NetworkNamespace where) =>
        NamespaceThread.Run(where, () => HostFactsReader.Read([]).Keepaliveds);
}
