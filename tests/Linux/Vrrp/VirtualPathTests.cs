using System.Diagnostics;
using Director.Config;
using Director.Control;
using Director.Linux;
using Director.Linux.Vrrp;
using Director.Tests.Config;
using Director.Tests.Support;
using Director.Vrrp;
using Director.Vrrp.Ports;
using Xunit.Abstractions;

namespace Director.Tests.Linux.Vrrp;

/// <summary>Addresses, routes and rules of one configuration on real interfaces, and what the real keepalived makes of the same.</summary>
[Collection("kernel")]
public class VirtualPathTests(ITestOutputHelper output)
{
    private const string Text = """
        static_rules {
            from 10.97.0.0/16 table 97
        }
        vrrp_instance VI_1 {
            state MASTER
            interface e0
            virtual_router_id 201
            priority 255
            advert_int 1
            virtual_ipaddress {
                192.168.80.130
                192.168.80.131/24 brd + label e0:x
                192.168.80.132/24 noprefixroute
            }
            virtual_ipaddress_excluded {
                2001:db8::100
                2001:db8::101/64
                2001:db8::103/128 preferred_lft forever
                2001:db8::104/64 home mngtmpaddr preferred_lft 0
                239.1.1.1/32 autojoin
            }
            virtual_routes {
                10.20.0.0/16 via 192.168.80.9
                10.21.0.0/16 dev e0
                src 192.168.80.130 to 10.22.0.0/16 via 192.168.80.9 dev e0 metric 50 table 100
                10.23.0.0/16 via 192.168.80.9 dev e0 mtu 1400 advmss 1300 initcwnd 20 hoplimit 33
                10.24.0.0/16 nexthop via 192.168.80.9 dev e0 weight 2 nexthop via 192.168.80.10 dev e0
                blackhole 10.25.0.0/16
                unreachable 10.26.0.0/16
                prohibit 10.27.0.0/16
                throw 10.28.0.0/16 table 100
                10.29.0.0/16 via 10.7.7.7 dev e0 onlink
                10.32.0.0/16 via 192.168.80.9 tos 16
                10.33.0.0/16 via 192.168.80.9 or 192.168.80.10
                10.34.0.0/16 dev e0 realms 3/4
                10.35.0.0/16 dev e0 congctl lock cubic features ecn
                10.36.0.0/16 via 192.168.80.9 metric 5
                10.36.0.0/16 via 192.168.80.10 metric 5
                10.36.0.0/16 via 192.168.80.11 metric 5 append
                2001:db8:1::/48 via 2001:db8::9
                2001:db8:2::/48 via fe80::9 dev e0 metric 77 pref high
                default via 192.168.80.8 table 200
            }
            virtual_rules {
                from 10.0.0.0/24 table 100
                to 10.20.0.0/16 table 100 priority 999
                from 10.0.0.0/24 to 10.1.0.0/24 fwmark 5/0xff iif e0 table 300
                from all oif e0 blackhole
                from 2001:db8::/32 table 100 suppress_prefixlength 0
                uidrange 0-1000 table 100
                ipproto tcp sport 1-2 table 100
                from 10.3.0.0/16 prohibit
                iif e0 unreachable
                tos 16 table main
            }
        }
        """;

    private readonly List<string> _problems = [];

    [KeepalivedFact]
    public void The_kernel_shows_the_same_of_us_as_of_keepalived()
    {
        using var lab = new VrrpLab(ipv6: true);
        string theirs;
        using (var keepalived = lab.StartKeepalivedWith(lab.B, Text))
        {
            VrrpLab.Await("keepalived as master", () => Shown(lab.B).Contains("10.33.0.0/16", StringComparison.Ordinal)
                && Shown(lab.B).Contains("0x10", StringComparison.Ordinal), () => string.Join('\n', keepalived.Lines));
            // The rules come last, and the last of them is this.
            VrrpLab.Await("keepalived's rules", () => Shown(lab.B).Contains("tos 0x10 lookup main", StringComparison.Ordinal));
            theirs = Shown(lab.B);
        }

        lab.A.Ip("address", "del", "192.168.80.128/24", "dev", "e0");
        lab.A.AddAddress("e0", "192.168.80.129/24");
        var (settings, host) = Settings(Text);
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var observer = new SilentObserver();
            var runner = new VrrpRunner(link, NoSteering.Instance, observer, MonotonicClock.Instance);
            runner.Configure([settings]);
            runner.SetHost(host);
            runner.Turn();
            Assert.Equal(VrrpState.Master, runner.Routers.Single().State);
            Assert.Equal(theirs, Shown(lab.A));
            runner.Shutdown();
            Assert.Empty(observer.Failures);
        });
        var after = Shown(lab.A);
        Assert.DoesNotContain("keepalived", after, StringComparison.Ordinal);
        Assert.DoesNotContain("192.168.80.13", after, StringComparison.Ordinal);
        Assert.Empty(_problems);
    }

    [KernelTheory]
    [InlineData("route", "10.20.0.0/16", "", true)]
    [InlineData("route", "10.20.0.0/16", " no_track", false)]
    [InlineData("rule", "from 10.3.0.0/16", "", true)]
    [InlineData("rule", "from 10.3.0.0/16", " no_track", false)]
    public void A_route_or_rule_that_somebody_takes_away_ends_the_mastership_unless_untracked(
        string kind, string what, string option, bool isLost)
    {
        using var lab = new VrrpLab();
        var (settings, _) = Settings($$"""
            vrrp_instance VI_1 {
                state MASTER
                interface e0
                virtual_router_id 201
                priority 255
                virtual_ipaddress {
                    192.168.80.130/24
                }
                virtual_routes {
                    10.20.0.0/16 via 192.168.80.9{{(kind == "route" ? option : "")}}
                }
                virtual_rules {
                    from 10.3.0.0/16 table 100 priority 5{{(kind == "rule" ? option : "")}}
                }
            }
            """);
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = new VrrpRunner(link, NoSteering.Instance, new SilentObserver(), MonotonicClock.Instance);
            runner.Configure([settings]);
            runner.Turn();
            Assert.Equal(VrrpState.Master, runner.Routers.Single().State);
            lab.A.Ip([kind, "del", .. what.Split(' ')]);
            runner.Turn();
            Assert.Equal(isLost ? VrrpState.Backup : VrrpState.Master, runner.Routers.Single().State);
            if (isLost) Assert.DoesNotContain("keepalived", Shown(lab.A), StringComparison.Ordinal);
            runner.Shutdown();
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void What_an_interface_lost_in_a_break_that_nobody_believed_is_set_again()
    {
        using var lab = new VrrpLab();
        var (settings, host) = Settings("""
            interface_up_down_delays {
                e0 150
            }
            vrrp_instance VI_1 {
                state MASTER
                interface e0
                virtual_router_id 201
                priority 255
                advert_int 100
                virtual_ipaddress {
                    192.168.80.130/24
                }
                virtual_routes {
                    10.20.0.0/16 via 192.168.80.9
                }
            }
            """);
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = new VrrpRunner(link, NoSteering.Instance, new SilentObserver(), MonotonicClock.Instance);
            runner.Configure([settings]);
            runner.SetHost(host);
            runner.Turn();
            lab.A.Ip("link", "set", "e0", "down");
            runner.Turn();
            Assert.DoesNotContain("10.20.0.0/16", Shown(lab.A), StringComparison.Ordinal);
            lab.A.Ip("link", "set", "e0", "up");
            VrrpLab.Await("the route", () =>
            {
                runner.Turn();
                return Shown(lab.A).Contains("10.20.0.0/16", StringComparison.Ordinal);
            });
            Assert.Equal(VrrpState.Master, runner.Routers.Single().State);
            Assert.Equal(0, runner.Routers.Single().Counters.ReleaseMaster);
            runner.Shutdown();
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void A_reload_touches_what_is_new_or_gone_and_nothing_else()
    {
        using var lab = new VrrpLab();
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = new VrrpRunner(link, NoSteering.Instance, new SilentObserver(), MonotonicClock.Instance);
            var (before, _) = Settings(With("10.20.0.0/16 dev e0\n10.21.0.0/16 dev e0", "from 10.3.0.0/16 table 100 priority 5"));
            runner.Configure([before]);
            runner.Turn();
            using var watch = new PathWatch();
            var (after, _) = Settings(With("10.20.0.0/16 dev e0\n10.22.0.0/16 dev e0", "from 10.4.0.0/16 table 100 priority 6"));
            runner.Configure([after]);
            Assert.Equal(["-rule 5", "-route 10.21.0.0", "+route 10.22.0.0", "+rule 6"], watch.Take());
            runner.Configure([after]);
            Assert.Empty(watch.Take());
            runner.Shutdown();
        });
        Assert.Empty(_problems);

        static string With(string routes, string rules) => $$"""
            vrrp_instance VI_1 {
                state MASTER
                interface e0
                virtual_router_id 201
                priority 255
                virtual_ipaddress {
                    192.168.80.130/24
                }
                virtual_routes {
                    {{routes}}
                }
                virtual_rules {
                    {{rules}}
                }
            }
            """;
    }

    /// <summary>Adding them takes the VRRP thread a fraction of an advert interval, and no advert waits for what announces them.</summary>
    [KernelTheory]
    [InlineData("10.1.0.", "32")]
    [InlineData("2001:db8::", "64")]
    public void Two_hundred_addresses_are_added_announced_and_removed(string prefix, string length)
    {
        using var lab = new VrrpLab(ipv6: true);
        var excluded = string.Join('\n', Enumerable.Range(1, 199).Select(i => $"{prefix}{i}/{length}"));
        var (settings, _) = Settings($$"""
            vrrp_instance VI_1 {
                state MASTER
                interface e0
                virtual_router_id 201
                priority 255
                virtual_ipaddress {
                    192.168.80.130/24
                }
                virtual_ipaddress_excluded {
                    {{excluded}}
                }
            }
            """);
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = new VrrpRunner(link, NoSteering.Instance, new SilentObserver(), MonotonicClock.Instance);
            var began = Stopwatch.StartNew();
            runner.Configure([settings]);
            var added = began.Elapsed;
            runner.Turn();
            var counters = runner.Routers.Single().Counters;
            VrrpLab.Await("the first round", () => counters.AnnouncementsSent >= 200);
            output.WriteLine($"added after {added.TotalMilliseconds:0.0} ms, announced after {began.Elapsed.TotalMilliseconds:0.0} ms");
            Assert.Equal(200, Shown(lab.A).Split('\n').Count(line => line.Contains("scope global", StringComparison.Ordinal)
                && line.Contains(" e0 ", StringComparison.Ordinal) && line.Contains("valid_lft", StringComparison.Ordinal)
                && !line.Contains("192.168.80.128", StringComparison.Ordinal)));
            VrrpLab.Await("all rounds", () => counters.AnnouncementsSent == 1000);
            runner.Shutdown();
            Assert.DoesNotContain(prefix, Shown(lab.A), StringComparison.Ordinal);
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void Static_ones_are_set_restored_and_removed()
    {
        using var lab = new VrrpLab();
        var (settings, host) = Settings("""
            static_ipaddress {
                10.9.9.9/32 dev e0
            }
            static_routes {
                10.99.0.0/16 dev e0
            }
            static_rules {
                from 10.97.0.0/16 table 97 priority 5
            }
            vrrp_instance VI_1 {
                interface e0
                virtual_router_id 201
                virtual_ipaddress {
                    192.168.80.130/24
                }
            }
            """);
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = new VrrpRunner(link, NoSteering.Instance, new SilentObserver(), MonotonicClock.Instance);
            runner.Configure([settings]);
            runner.SetHost(host);
            AssertAll(present: true);
            lab.A.Ip("address", "del", "10.9.9.9/32", "dev", "e0");
            lab.A.Ip("route", "del", "10.99.0.0/16");
            lab.A.Ip("rule", "del", "pref", "5");
            AssertAll(present: false);
            runner.Turn();
            AssertAll(present: true);
            // The kernel forgets the routes of an interface that goes down, and says nothing of it.
            lab.A.Ip("link", "set", "e0", "down");
            lab.A.Ip("link", "set", "e0", "up");
            VrrpLab.Await("the route", () =>
            {
                runner.Turn();
                return Shown(lab.A).Contains("10.99.0.0/16", StringComparison.Ordinal);
            });
            runner.Shutdown();
            AssertAll(present: false);
        });
        Assert.Empty(_problems);

        void AssertAll(bool present)
        {
            var shown = Shown(lab.A);
            Assert.Equal((present, present, present), (shown.Contains("10.9.9.9/32", StringComparison.Ordinal),
                shown.Contains("10.99.0.0/16", StringComparison.Ordinal), shown.Contains("from 10.97.0.0/16", StringComparison.Ordinal)));
        }
    }

    [KernelFact]
    public void What_a_crashed_predecessor_left_is_removed()
    {
        using var lab = new VrrpLab();
        lab.A.Ip("route", "add", "10.77.0.0/16", "dev", "e0", "proto", "18");
        lab.A.Ip("route", "add", "10.78.0.0/16", "dev", "e0");
        lab.A.Ip("rule", "add", "from", "10.3.0.0/16", "table", "100", "pref", "5", "proto", "18");
        var (settings, _) = Settings("""
            vrrp_instance VI_1 {
                interface e0
                virtual_router_id 201
                virtual_ipaddress {
                    192.168.80.130/24
                }
                virtual_rules {
                    from 10.3.0.0/16 table 100 priority 5
                }
            }
            """);
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var runner = new VrrpRunner(link, NoSteering.Instance, new SilentObserver(), MonotonicClock.Instance);
            runner.Configure([settings]);
            Assert.DoesNotContain("keepalived", Shown(lab.A), StringComparison.Ordinal);
            Assert.Contains("10.78.0.0/16", Shown(lab.A), StringComparison.Ordinal);
            runner.Shutdown();
        });
        Assert.Empty(_problems);
    }

    /// <summary>Without what differs between two machines whatever runs there, and without our mark.</summary>
    private static string Shown(Director.Lab.Namespaces.NetworkNamespace where)
    {
        var addresses = where.Ip("-o", "-d", "address", "show", "dev", "e0").Split('\n')
            .Select(line => line.Replace(" proto 0x70", "", StringComparison.Ordinal))
            .Where(line => !line.Contains("fe80::", StringComparison.Ordinal) && !line.Contains("link/ether", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        var rest = new[] { "-4", "-6" }.SelectMany(family => (string[])
            [where.Ip(family, "-d", "route", "show", "table", "all"), where.Ip(family, "-d", "rule", "show")]);
        return string.Join('\n', addresses.Concat(rest.SelectMany(text => text.Split('\n'))
            .Where(line => !line.Contains("table local", StringComparison.Ordinal)
                && !line.Contains("proto kernel", StringComparison.Ordinal))));
    }

    private static (VrrpInstanceSettings Settings, HostSettings Host) Settings(string text)
    {
        var read = Reading.Read(text);
        Assert.DoesNotContain(read.Diagnostics, said => said.Severity == Severity.Error);
        return (VrrpSettings.From(read.Config).Single(), VrrpSettings.HostOf(read.Config));
    }
}
