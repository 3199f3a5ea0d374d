using System.Text.RegularExpressions;
using Director.Control;
using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Vrrp;
using Director.Tests.Config;
using Director.Tests.Support;
using Director.Vrrp;
using Director.Vrrp.Ports;

namespace Director.Tests.Linux.Vrrp;

/// <summary>Interfaces for virtual MAC addresses in a namespace, and what the real keepalived makes of the same configuration.</summary>
[Collection("kernel")]
public class VmacTests
{
    private const string Text = """
        vrrp_instance VI_1 {
            state MASTER
            interface e0
            use_vmac
            virtual_router_id 201
            priority 255
            promote_secondaries
            virtual_ipaddress {
                192.168.80.130
                192.168.80.131/24
            }
        }
        """;

    private readonly List<string> _problems = [];

    [KeepalivedFact]
    public void The_interface_and_all_settings_are_keepalived_s_and_all_is_as_it_was_in_the_end()
    {
        using var lab = new VrrpLab(ipv6: true);
        var (before, beforeThere) = (Settings(lab.A), Settings(lab.B));
        Assert.Equal(beforeThere, before);
        string theirs, theirLink;
        using (var keepalived = lab.StartKeepalivedWith(lab.B, Text))
        {
            VrrpLab.Await("keepalived as master", () => lab.B.Ip("address").Contains("192.168.80.131", StringComparison.Ordinal),
                () => string.Join('\n', keepalived.Lines));
            (theirs, theirLink) = (Settings(lab.B), Link(lab.B));
        }

        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = Run(link, Text);
            Assert.Equal(VrrpState.Master, runner.Routers.Single().State);
            Assert.Equal(theirs, Settings(lab.A));
            Assert.Equal(theirLink, Link(lab.A));
            Assert.Contains("alias director-vrrp arp_ignore=0 arp_filter=0", lab.A.Ip("link", "show", "vrrp.201"),
                StringComparison.Ordinal);
            runner.Shutdown();
        });
        Assert.Equal(before, Settings(lab.A));
        Assert.DoesNotContain("macvlan", lab.A.Ip("-d", "link"), StringComparison.Ordinal);
        Assert.Empty(_problems);
    }

    [KeepalivedFact]
    public void Over_IPv6_the_interface_is_keepalived_s_with_the_link_local_address_of_its_parent()
    {
        const string V6 = """
            vrrp_instance VI_1 {
                state MASTER
                interface e0
                use_vmac
                virtual_router_id 201
                priority 255
                virtual_ipaddress {
                    fe80::100
                    2001:db8::100/64
                }
            }
            """;
        using var lab = new VrrpLab(ipv6: true);
        var before = Settings(lab.A);
        AwaitLinkLocal(lab.A, "fe80::ff:fe00:a/64");
        AwaitLinkLocal(lab.B, "fe80::ff:fe00:b/64");
        string theirs, theirLink;
        using (var keepalived = lab.StartKeepalivedWith(lab.B, V6))
        {
            VrrpLab.Await("keepalived as master", () => lab.B.Ip("address").Contains("2001:db8::100", StringComparison.Ordinal),
                () => string.Join('\n', keepalived.Lines));
            (theirs, theirLink) = (Settings(lab.B), Sorted(Link(lab.B)));
        }

        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = Run(link, V6);
            Assert.Equal(VrrpState.Master, runner.Routers.Single().State);
            Assert.Equal(theirs, Settings(lab.A));
            Assert.Equal(theirLink.Replace("fe80::ff:fe00:b", "fe80::ff:fe00:a", StringComparison.Ordinal), Sorted(Link(lab.A)));
            runner.Shutdown();
        });
        Assert.Equal(before, Settings(lab.A));
        Assert.Empty(_problems);

        static string Sorted(string text) => string.Join('\n', text.Split('\n').Order(StringComparer.Ordinal));

        static void AwaitLinkLocal(NetworkNamespace where, string address) => VrrpLab.Await("the link-local address", () =>
            where.Ip("address", "show", "dev", "e0") is var shown && shown.Contains(address, StringComparison.Ordinal)
            && !shown.Contains("tentative", StringComparison.Ordinal));
    }

    [KernelFact]
    public void A_successor_of_one_that_was_killed_removes_the_interface_and_restores_the_settings()
    {
        using var lab = new VrrpLab(ipv6: true);
        lab.A.Sysctl("net.ipv4.conf.e0.arp_filter", "1");
        lab.A.Sysctl("net.ipv4.conf.e0.arp_ignore", "2");
        var before = Settings(lab.A);
        NamespaceThread.Run(lab.A, () =>
        {
            using (var killed = new RawVrrpLink(MonotonicClock.Instance, _problems.Add))
                Run(killed, Text.Replace("promote_secondaries", "", StringComparison.Ordinal));
            Assert.NotEqual(before, Settings(lab.A));
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = Run(link, Text.Replace("use_vmac", "", StringComparison.Ordinal)
                .Replace("promote_secondaries", "", StringComparison.Ordinal));
            Assert.Equal(before, Settings(lab.A));
            Assert.DoesNotContain("macvlan", lab.A.Ip("-d", "link"), StringComparison.Ordinal);
            runner.Shutdown();
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void Announcements_bear_the_virtual_address()
    {
        using var lab = new VrrpLab();
        lab.B.Ip("neigh", "add", "192.168.80.130", "lladdr", "02:00:00:00:00:99", "dev", "e0", "nud", "reachable");
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = Run(link, Text);
            VrrpLab.Await("the announcement", () => lab.B.Ip("neigh", "show", "192.168.80.130")
                .Contains("00:00:5e:00:01:c9", StringComparison.Ordinal));
            runner.Shutdown();
        });
        Assert.Empty(_problems);
    }

    [KernelTheory]
    [InlineData("use_vmac")]
    [InlineData("")]
    public void Adverts_are_heard_by_a_backup_whether_it_has_such_an_interface_or_not(string there)
    {
        using var lab = new VrrpLab();
        using var backup = VrrpNode.Start(lab.B, SettingsOf(With(100).Replace("use_vmac", there, StringComparison.Ordinal)));
        using var master = VrrpNode.Start(lab.A, SettingsOf(With(200)));
        VrrpLab.Await("a master", () => lab.A.Ip("address").Contains("192.168.80.131", StringComparison.Ordinal),
            () => string.Join('\n', master.Log));
        Assert.DoesNotContain("192.168.80.131", lab.B.Ip("address"), StringComparison.Ordinal);
        master.Stop();
        VrrpLab.Await("succession", () => backup.HasLogged("Master MasterResigned"), () => string.Join('\n', backup.Log));
        Assert.Contains("192.168.80.131", lab.B.Ip("address", "show", "dev", there.Length > 0 ? "vrrp.201" : "e0"),
            StringComparison.Ordinal);
        Assert.DoesNotContain(backup.Log.Concat(master.Log), line => line.StartsWith("rejected", StringComparison.Ordinal)
            || line.StartsWith("failed", StringComparison.Ordinal));
    }

    [KeepalivedFact]
    public void Addresses_of_another_interface_and_family_have_the_interfaces_that_keepalived_gives_them()
    {
        var text = Text.Replace("promote_secondaries", """
            use_vmac_addr
                virtual_ipaddress_excluded {
                    10.7.0.1/24 dev e1
                    10.7.0.2/24 dev e1
                    2001:db8::100/64
                }
            """, StringComparison.Ordinal);
        using var lab = new VrrpLab(ipv6: true);
        foreach (var machine in new[] { lab.A, lab.B })
        {
            machine.Ip("link", "add", "e1", "type", "veth", "peer", "name", "other");
            machine.Ip("link", "set", "e1", "up");
            machine.Ip("link", "set", "other", "up");
        }

        string theirs;
        using (var keepalived = lab.StartKeepalivedWith(lab.B, text))
        {
            VrrpLab.Await("keepalived as master", () => lab.B.Ip("address").Contains("2001:db8::100", StringComparison.Ordinal)
                && lab.B.Ip("address").Contains("10.7.0.2", StringComparison.Ordinal), () => string.Join('\n', keepalived.Lines));
            theirs = Vmacs(lab.B);
            Assert.Equal(3, theirs.Split('\n').Length);
        }

        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = Run(link, text);
            Assert.Equal(VrrpState.Master, runner.Routers.Single().State);
            Assert.Equal(theirs, Vmacs(lab.A));
            runner.Shutdown();
        });
        Assert.DoesNotContain("macvlan", lab.A.Ip("-d", "link"), StringComparison.Ordinal);
        Assert.Empty(_problems);

        // Which interface has which MAC address, is on which, and which addresses it has.
        static string Vmacs(NetworkNamespace where) => string.Join('\n', Regex.Matches(where.Ip("-o", "link"),
                @"\d+: (vrrp\S*)@(\S+):.* link/ether (\S+)", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(match => $"{match.Groups[1]} on {match.Groups[2]} {match.Groups[3]} " + string.Join(' ', Regex.Matches(
                where.Ip("-o", "address", "show", "dev", match.Groups[1].Value), @"inet6? (\S+)", RegexOptions.None,
                TimeSpan.FromSeconds(1)).Select(address => address.Groups[1].Value).Where(address => !address.StartsWith("fe80")).Order()))
            .Order());
    }

    [KernelFact]
    public void An_interface_that_somebody_removes_is_made_again()
    {
        using var lab = new VrrpLab();
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = Run(link, Text);
            lab.A.Ip("link", "del", "vrrp.201");
            VrrpLab.Await("the interface", () =>
            {
                runner.Turn();
                return lab.A.Ip("link").Contains("vrrp.201", StringComparison.Ordinal)
                    && lab.A.Ip("address").Contains("192.168.80.131", StringComparison.Ordinal);
            });
            runner.Shutdown();
        });
        Assert.DoesNotContain("macvlan", lab.A.Ip("-d", "link"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void An_interface_of_that_name_that_is_another_s_is_left_alone_and_keeps_the_router_in_fault()
    {
        using var lab = new VrrpLab();
        lab.A.Ip("link", "add", "vrrp.201", "type", "veth", "peer", "name", "other");
        lab.A.Ip("link", "set", "vrrp.201", "up");
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = Run(link, Text);
            Assert.Equal(VrrpState.Fault, runner.Routers.Single().State);
            runner.Shutdown();
        });
        Assert.Contains("veth", lab.A.Ip("-d", "link", "show", "vrrp.201"), StringComparison.Ordinal);
        Assert.Contains("exists and is no macvlan", Assert.Single(_problems), StringComparison.Ordinal);
    }

    private static VrrpRunner Run(RawVrrpLink link, string text)
    {
        var runner = new VrrpRunner(link, NoSteering.Instance, new SilentObserver(), MonotonicClock.Instance);
        runner.Configure([SettingsOf(text)]);
        runner.Turn();
        return runner;
    }

    private static string With(int priority) => Text.Replace("priority 255", $"priority {priority}", StringComparison.Ordinal)
        .Replace("MASTER", "BACKUP", StringComparison.Ordinal);

    private static VrrpInstanceSettings SettingsOf(string text)
    {
        var read = Reading.Read(text);
        Assert.Empty(read.Diagnostics);
        return VrrpSettings.From(read.Config).Single();
    }

    /// <summary>All settings that a virtual MAC address is about, by interface.</summary>
    private static string Settings(NetworkNamespace where) => where.Run("sh", "-c", """
        for i in all default e0 vrrp.201; do for s in arp_ignore arp_filter rp_filter accept_local promote_secondaries; do
        f=/proc/sys/net/ipv4/conf/$i/$s; [ -e $f ] && echo $i.$s=$(cat $f); done
        f=/proc/sys/net/ipv6/conf/$i/disable_ipv6; [ -e $f ] && echo $i.disable_ipv6=$(cat $f); done; true
        """);

    /// <summary>Without its number and that of its parent, and without our mark.</summary>
    private static string Link(NetworkNamespace where) => Regex.Replace(
        where.Ip("-d", "address", "show", "dev", "vrrp.201"), @"^\d+: |\n\s+alias [^\n]*| proto 0x70", "", RegexOptions.None,
        TimeSpan.FromSeconds(1));
}
