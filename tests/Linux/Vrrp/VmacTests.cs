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
    public void To_unicast_peers_adverts_go_out_of_the_interface_below_and_their_addresses_have_the_virtual_one()
    {
        using var lab = new VrrpLab();
        using var adverts = PacketCount.Start(lab.B, "e0", "ip proto 112");
        using var backup = VrrpNode.Start(lab.B, SettingsOf(Unicast(100, "192.168.80.128")));
        using var master = VrrpNode.Start(lab.A, SettingsOf(Unicast(200, "192.168.80.129")));
        VrrpLab.Await("a master", () => lab.A.Ip("address", "show", "dev", "vrrp.201").Contains("192.168.80.131", StringComparison.Ordinal),
            () => string.Join('\n', master.Log));
        VrrpLab.Await("its neighbour entry", () => lab.B.Run("sh", "-c", "ping -n -c 1 -W 1 192.168.80.131 > /dev/null; ip neigh show to "
            + "192.168.80.131").Contains("00:00:5e:00:01:c9", StringComparison.Ordinal));
        Assert.DoesNotContain("192.168.80.131", lab.B.Ip("address"), StringComparison.Ordinal);
        master.Stop();
        VrrpLab.Await("succession", () => backup.HasLogged("Master MasterResigned"), () => string.Join('\n', backup.Log));
        Assert.True(adverts.Stop() > 0);
        Assert.All(adverts.Lines.Where(line => line.Contains("VRRP", StringComparison.Ordinal)),
            line => Assert.Matches("02:00:00:00:00:0[ab] > 02:00:00:00:00:0[ab]", line));
        Assert.DoesNotContain(backup.Log.Concat(master.Log), line => line.StartsWith("rejected", StringComparison.Ordinal)
            || line.StartsWith("failed", StringComparison.Ordinal));

        static string Unicast(int priority, string peer) => With(priority).Replace("use_vmac", $$"""
            use_vmac
                vmac_xmit_base
                unicast_peer {
                    {{peer}}
                }
            """, StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_backup_tells_switches_of_its_groups_by_the_interface_below_and_so_does_a_master_of_IPv4()
    {
        using var lab = new VrrpLab();
        using var reports = PacketCount.Start(lab.B, "e0", "igmp");
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = Run(link, With(100).Replace("interface e0", "interface e0\nadvert_int 100", StringComparison.Ordinal));
            // Each is sent twice (RFC 3376 §8.1), at random within a second.
            VrrpLab.Await("two reports", () => reports.Lines.Count(line => IsFrom(line, "02:00:00:00:00:0a")) >= 2, reports.ToString);
            Assert.Contains("224.0.0.18", lab.A.Ip("maddress", "show", "dev", "vrrp.201"), StringComparison.Ordinal);
            Assert.DoesNotContain(reports.Lines, line => IsFrom(line, "00:00:5e:00:01:c9"));
            // One could be seen.
            using var table = new FilterTable();
            table.Begin(isV4: true, "vrrp.201");
            table.Commit("");
            lab.A.Ip("address", "add", "239.1.1.1/32", "dev", "vrrp.201", "autojoin");
            VrrpLab.Await("a report", () => reports.Lines.Any(line => IsFrom(line, "00:00:5e:00:01:c9")), reports.ToString);
            runner.Shutdown();
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void Over_IPv6_a_master_tells_them_by_its_own_as_well_for_that_is_how_it_is_found()
    {
        const string V6 = """
            vrrp_instance VI_1 {
                interface e0
                use_vmac
                advert_int 40
                virtual_router_id 201
                virtual_ipaddress {
                    fe80::100
                }
            }
            """;
        using var lab = new VrrpLab(ipv6: true);
        VrrpLab.Await("the link-local address", () => lab.A.Ip("-6", "address", "show", "dev", "e0", "-tentative")
            .Contains("fe80::ff:fe00:a/64", StringComparison.Ordinal));
        using var reports = PacketCount.Start(lab.B, "e0", "ip6[6] = 0");
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = Run(link, V6);
            VrrpLab.Await("two reports", () => reports.Lines.Count(line => IsFrom(line, "02:00:00:00:00:0a")) >= 2, reports.ToString);
            Assert.Contains("ff02::12", lab.A.Ip("maddress", "show", "dev", "vrrp.201"), StringComparison.Ordinal);
            Assert.DoesNotContain(reports.Lines, line => IsFrom(line, "00:00:5e:00:02:c9"));
            runner.Shutdown();
            runner.Configure([SettingsOf(V6.Replace("use_vmac", "use_vmac\nstate MASTER\npriority 255", StringComparison.Ordinal))]);
            Assert.Equal(VrrpState.Master, runner.Routers.Single().State);
            VrrpLab.Await("a master's", () => reports.Lines.Any(line => IsFrom(line, "00:00:5e:00:02:c9")), reports.ToString);
            runner.Shutdown();
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void Reports_of_link_local_groups_may_be_switched_off_and_come_back_in_the_end()
    {
        using var lab = new VrrpLab();
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = new VrrpRunner(link, NoSteering.Instance, new SilentObserver(), MonotonicClock.Instance);
            foreach (var reports in (ReadOnlySpan<bool>)[false, false, true, false])
            {
                runner.ReportLinkLocalGroups(reports);
                Assert.Equal(reports ? "1" : "0", Setting());
            }

            runner.Shutdown();
            Assert.Equal("1", Setting());
        });
        Assert.Empty(_problems);

        string Setting() => lab.A.Run("cat", "/proc/sys/net/ipv4/igmp_link_local_mcast_reports").Trim();
    }

    private static bool IsFrom(string line, string mac) => line.Contains($"{mac} > ", StringComparison.Ordinal);

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
