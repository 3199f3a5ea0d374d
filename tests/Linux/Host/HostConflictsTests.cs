using Director.Linux.Host;
using Director.Linux.Netlink;

namespace Director.Tests.Linux.Host;

public sealed class HostConflictsTests
{
    private const ulong Frames = 64 << 20;
    [Fact]
    public void A_host_of_our_own_has_no_findings() => Assert.Empty(HostConflicts.Find(new(), Frames));

    [Fact]
    public void A_keepalived_in_our_network_is_an_error_with_the_command_that_stops_it()
    {
        var facts = new HostFacts { Keepaliveds = [new(77, true, null), new(88, true, "keepalived.service")] };
        Assert.Collection(HostConflicts.Find(facts, Frames),
            finding => AssertFinding(finding, FindingSeverity.Error, "process 77", "kill 77"),
            finding => AssertFinding(finding, FindingSeverity.Error, "process 88", "systemctl disable --now keepalived.service"));
    }

    [Fact]
    public void A_keepalived_elsewhere_is_none_and_one_of_unknown_place_a_warning()
    {
        var facts = new HostFacts { Keepaliveds = [new(77, false, null), new(88, null, null)] };
        AssertFinding(Assert.Single(HostConflicts.Find(facts, Frames)), FindingSeverity.Warning, "process 88", "kill 88");
    }

    [Fact]
    public void Ipvs_services_are_named() => AssertFinding(
        Assert.Single(HostConflicts.Find(new() { IpvsServices = ["TCP 192.168.80.130:80", "FWM 00000001"] }, Frames)),
        FindingSeverity.Error, "TCP 192.168.80.130:80, FWM 00000001", "ipvsadm -C");

    [Theory]
    [InlineData(XdpAttachMode.Native, null, "ip link set dev eth0 xdp off")]
    [InlineData(XdpAttachMode.Generic, null, "ip link set dev eth0 xdpgeneric off")]
    [InlineData(XdpAttachMode.Hardware, null, "ip link set dev eth0 xdpoffload off")]
    [InlineData(XdpAttachMode.Multiple, null, "ip link set dev eth0 xdp off")]
    [InlineData(XdpAttachMode.Native, 5u, "bpftool link detach id 5")]
    public void Another_XDP_program_is_named_with_the_command_that_clears_it(XdpAttachMode mode, uint? link, string command)
    {
        var facts = new HostFacts { XdpHolds = [new("eth0", 12, "foreign", mode, link)] };
        var finding = Assert.Single(HostConflicts.Find(facts, Frames));
        AssertFinding(finding, FindingSeverity.Error, "eth0 has another XDP program already (XDP program 12 'foreign'", command);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Only_strict_reverse_path_filtering_is_in_the_way(int value, bool found)
    {
        var findings = HostConflicts.Find(new() { AllReversePathFilter = value }, Frames);
        Assert.Equal(found, findings.Any(finding => finding.Command == "sysctl -w net.ipv4.conf.all.rp_filter=0"));
    }

    [Theory]
    [InlineData(Capability.NetAdmin, FindingSeverity.Error)]
    [InlineData(Capability.NetRaw, FindingSeverity.Error)]
    [InlineData(Capability.SysNice, FindingSeverity.Warning)]
    public void A_missing_capability_is_named(Capability capability, FindingSeverity severity) => AssertFinding(
        Assert.Single(HostConflicts.Find(new() { Capabilities = CapabilitySet.All.Without(capability) }, Frames)),
        severity, CapabilitySet.NameOf(capability),
        "run as root, or grant it in the unit: systemctl edit director (AmbientCapabilities=)");

    [Theory]
    [InlineData(Capability.Bpf, "CAP_BPF")]
    [InlineData(Capability.Perfmon, "CAP_PERFMON")]
    public void The_right_to_everything_stands_in_for_BPF(Capability part, string name)
    {
        var without = CapabilitySet.All.Without(part);
        Assert.Empty(HostConflicts.Find(new() { Capabilities = without }, Frames));
        var finding = Assert.Single(HostConflicts.Find(new() { Capabilities = without.Without(Capability.SysAdmin) }, Frames));
        Assert.Contains(name, finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_little_lockable_memory_matters_only_without_the_capability()
    {
        var facts = new HostFacts { LockableBytes = 8 << 20 };
        Assert.Empty(HostConflicts.Find(facts, Frames));
        facts = facts with { Capabilities = CapabilitySet.All.Without(Capability.IpcLock) };
        AssertFinding(Assert.Single(HostConflicts.Find(facts, Frames)), FindingSeverity.Error, "8192 KiB",
            "ulimit -l unlimited, or in the unit LimitMEMLOCK=infinity");
        Assert.Empty(HostConflicts.Find(facts with { LockableBytes = Frames }, Frames));
    }

    [Fact]
    public void Errors_come_first()
    {
        var facts = new HostFacts
        {
            AllReversePathFilter = 1, IpvsServices = ["TCP 192.168.80.130:80"], Keepaliveds = [new(88, null, null)],
        };
        Assert.Equal([FindingSeverity.Error, FindingSeverity.Warning, FindingSeverity.Warning],
            HostConflicts.Find(facts, Frames).Select(finding => finding.Severity));
    }

    private static void AssertFinding(HostFinding finding, FindingSeverity severity, string what, string command)
    {
        Assert.Equal(severity, finding.Severity);
        Assert.Contains(what, finding.What, StringComparison.Ordinal);
        Assert.Equal(command, finding.Command);
    }
}
