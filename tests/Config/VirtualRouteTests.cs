using Director.Config;
using Director.Net;

namespace Director.Tests.Config;

/// <summary>Lines of virtual_routes, static_routes, virtual_rules and static_rules.</summary>
public sealed class VirtualRouteTests
{
    [Theory]
    [InlineData("10.20.0.0/16 via 10.0.0.9", "10.20.0.0/16 via 10.0.0.9")]
    [InlineData("10.20.0.7/16 dev e1", "10.20.0.0/16 dev e1")]
    [InlineData("src 10.0.0.100 to 10.22.0.0/16 via 10.0.0.9 dev e0 metric 50 table 100", "10.22.0.0/16 via 10.0.0.9 dev e0 table 100")]
    [InlineData("default via 10.0.0.8 table local", "default via 10.0.0.8 table 255")]
    [InlineData("default via 2001:db8::9", "default via 2001:db8::9")]
    [InlineData("blackhole 10.25.0.0/16", "blackhole 10.25.0.0/16")]
    [InlineData("10.33.0.0/16 gw 10.0.0.9 or 10.0.0.10", "10.33.0.0/16 nexthop via 10.0.0.9 nexthop via 10.0.0.10")]
    [InlineData("10.24.0.0/16 nexthop via 10.0.0.9 dev e0 weight 2 nexthop dev e1 onlink",
        "10.24.0.0/16 nexthop via 10.0.0.9 nexthop via ")]
    [InlineData("10.31.0.0/16 via inet6 fe80::9 dev e0", "10.31.0.0/16 via fe80::9 dev e0")]
    public void A_route_is_read(string line, string expected)
    {
        var reading = Read($"virtual_routes {{\n {line}\n }}");
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(expected, Assert.Single(reading.Config.VrrpInstances[0].Routes).ToString());
    }

    [Fact]
    public void All_that_a_route_may_say_is_kept()
    {
        const string More = "tos 16 proto static scope link metric 5 onlink no_track";
        var reading = Read($$"""
            virtual_routes {
                from 10.1.0.0/16 10.23.0.0/16 via 10.0.0.9 dev e0 mtu lock 1400 advmss 1300 rtt 10ms rto_min 1s {{More}}
                2001:db8:2::/48 via fe80::9 dev e0 pref high expires 60 append
                10.24.0.0/16 dev e1 realms 3/4 congctl lock bbr features ecn add
                10.25.0.0/16 dev e1 realms 4 congctl cubic prepend
            }
            """);
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(
            [
                new VirtualRoute(IpAddress128.Parse("10.23.0.0"), 16)
                {
                    Source = IpAddress128.Parse("10.1.0.0"), SourceLength = 16, Gateway = IpAddress128.Parse("10.0.0.9"), Device = "e0",
                    Metrics = [new(2, 1400, true), new(8, 1300), new(4, 80), new(13, 1000)], TypeOfService = 16, Protocol = 4, Scope = 253,
                    Metric = 5, IsOnLink = true, IsTracked = false,
                },
                new VirtualRoute(IpAddress128.Parse("2001:db8:2::"), 48)
                {
                    Gateway = IpAddress128.Parse("fe80::9"), Device = "e0", Preference = 1, Lifetime = 60,
                    Placement = RoutePlacement.Last,
                },
                new VirtualRoute(IpAddress128.Parse("10.24.0.0"), 16)
                {
                    Device = "e1", Realms = 0x30004, CongestionControl = "bbr", LocksCongestionControl = true, Metrics = [new(12, 1)],
                    Placement = RoutePlacement.Alone,
                },
                new VirtualRoute(IpAddress128.Parse("10.25.0.0"), 16) { Device = "e1", Realms = 4, CongestionControl = "cubic" },
            ],
            reading.Config.VrrpInstances[0].Routes);
    }

    [Theory]
    [InlineData("via 10.0.0.9", "a route needs a destination")]
    [InlineData("10.20.0.0/16", "a route needs via, dev or nexthop")]
    [InlineData("10.20.0.0/33 via 10.0.0.9", "means nothing in a route")]
    [InlineData("10.20.0.0/16 via 10.0.0.9 tabel 5", "'tabel' means nothing in a route")]
    [InlineData("10.20.0.0/16 via 10.0.0.9 table web", "is not a routing table")]
    [InlineData("2001:db8::/32 via 10.0.0.9", "an IPv6 route has no IPv4 gateway")]
    [InlineData("10.20.0.0/16 via 10.0.0.9 src 2001:db8::1", "src is of the other family")]
    [InlineData("10.20.0.0/16 via 10.0.0.9 encap ip id 5", "no route is set that wraps packets up: this one is left out")]
    [InlineData("10.20.0.0/16 vrf blue dev e0", "which table a VRF has is not known when this is read")]
    [InlineData("10.20.0.0/16 as to 10.1.0.0 dev e0", "no route of MPLS is set")]
    [InlineData("10.20.0.0/16 dev e0 expires 5", "only routes of IPv6 expire")]
    [InlineData("2001:db8::/32 dev e0 realms 5", "only IPv4 has realms")]
    [InlineData("10.20.0.0/16 dev e0 realms 5/70000", "is not FROM/TO or TO")]
    [InlineData("10.20.0.0/16 dev e0 features fast", "'fast' is not ecn")]
    [InlineData("10.20.0.0/16 dev e0 congctl averyverylongname", "is longer than the 15 characters")]
    [InlineData("10.20.0.0/16 nexthop weight 300", "is outside the range 1 to 256")]
    public void A_route_that_cannot_be_is_located_and_left_out(string line, string message)
    {
        var reading = Read($"virtual_routes {{\n {line}\n 10.9.0.0/16 dev e0\n }}");
        Assert.Contains(message, Assert.Single(reading.Diagnostics).Message, StringComparison.Ordinal);
        Assert.True(reading.Diagnostics[0].Line > 0);
        Assert.Equal("10.9.0.0/16 dev e0", Assert.Single(reading.Config.VrrpInstances[0].Routes).ToString());
    }

    /// <summary>The priorities are those that keepalived 2.2.7 gives to the same rules.</summary>
    [Fact]
    public void Rules_without_priority_get_one_in_the_order_of_the_file()
    {
        var reading = Reading.Read("static_rules {\n from 10.97.0.0/16 table 97\n }\n" + Instance("""
            virtual_rules {
                from 10.0.0.0/24 table 100
                to 10.20.0.0/16 table 100 priority 999
                from 2001:db8::/32 table 100 suppress_prefixlength 0
                iif e1 unreachable
            }
            """));
        Assert.Equal(16384u, Assert.Single(reading.Config.Host.Rules).Priority);
        Assert.Equal([16383u, 999u, 16384u, 16382u], reading.Config.VrrpInstances[0].Rules.Select(rule => rule.Priority));
        Assert.Equal(4, reading.Diagnostics.Count);
        Assert.All(reading.Diagnostics, said => Assert.Contains("has no priority", said.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_that_a_rule_may_say_is_kept()
    {
        var reading = Read("""
            virtual_rules {
                not from 10.0.0.0/24 to 10.1.0.0/24 fwmark 5/0xff iif e0 oif e1 tos 16 table 300 priority 5 ipproto tcp sport 1-2 dport 80
                priority 6 uidrange 0-1000 realms 1/2 tun_id 7 l3mdev no_track inet6
                priority 7 goto 32766 from 10.4.0.0/16 suppress_ifgroup 3 protocol static
            }
            """);
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(
            [
                new VirtualRule(true, 5)
                {
                    IsNegated = true, From = IpAddress128.Parse("10.0.0.0"), FromLength = 24, To = IpAddress128.Parse("10.1.0.0"),
                    ToLength = 24, Mark = 5, MarkMask = 0xff, InputDevice = "e0", OutputDevice = "e1", TypeOfService = 16, Table = 300,
                    IpProtocol = 6, SourcePorts = new(1, 2), DestinationPorts = new(80, 80),
                },
                new VirtualRule(false, 6) { Users = new(0, 1000), Realms = 0x10002, TunnelId = 7, IsOfVrf = true, IsTracked = false },
                new VirtualRule(true, 7)
                {
                    Action = RuleAction.GoTo, GoTo = 32766, From = IpAddress128.Parse("10.4.0.0"), FromLength = 16, SuppressGroup = 3,
                    Protocol = 4,
                },
            ],
            reading.Config.VrrpInstances[0].Rules);
    }

    [Theory]
    [InlineData("from 10.0.0.0/24 to 2001:db8::/32 table 5 priority 1", "of one family")]
    [InlineData("goto 5 from 10.0.0.0/24", "needs a priority")]
    [InlineData("table 5 blackhole priority 1", "a rule does one thing")]
    [InlineData("from 10.0.0.0/24 tabel 5 priority 1", "did you mean 'table'?")]
    [InlineData("sport 9-1 table 5 priority 1", "ends before it begins")]
    public void A_rule_that_cannot_be_is_located_and_left_out(string line, string message)
    {
        var reading = Read($"virtual_rules {{\n {line}\n }}");
        var said = Assert.Single(reading.Diagnostics);
        Assert.Contains(message, $"{said.Message} {said.Hint}", StringComparison.Ordinal);
        Assert.Empty(reading.Config.VrrpInstances[0].Rules);
    }

    [Fact]
    public void Address_options_are_kept_with_the_defaults_of_their_family()
    {
        var reading = Read("""
            virtual_ipaddress_excluded {
                2001:db8::100
                2001:db8::101/64 -nodad home mngtmpaddr
                2001:db8::102 preferred_lft forever
                10.5.0.1 peer 10.5.0.2/30 noprefixroute no_track preferred_lft 100
                239.1.1.1/32 autojoin
                10.0.0.101/24 brd + label e0:x scope link
                10.0.0.102/24 brd -
            }
            """);
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(
            [
                "2001:db8::100/128  None 0", "2001:db8::101/64  Home, DetectsDuplicates, ManagesTemporary 4294967295",
                "2001:db8::102/128  None 4294967295", "10.5.0.1/30 10.5.0.2 NoPrefixRoute, Untracked 100",
                "239.1.1.1/32  JoinsGroup 4294967295",
                "10.0.0.101/24 10.0.0.255 None 4294967295", "10.0.0.102/24 10.0.0.0 None 4294967295",
            ],
            reading.Config.VrrpInstances[0].ExcludedAddresses.Select(address => $"{address.Address}/{address.PrefixLength} " +
                $"{address.Peer ?? address.Broadcast} {address.Options} {address.PreferredSeconds}"));
    }

    [Theory]
    [InlineData("2001:db8::100 label e0:x", "only IPv4 addresses have 'label'")]
    [InlineData("10.5.0.1 -nodad", "only IPv6 addresses have '-nodad'")]
    [InlineData("10.5.0.1/31 brd +", "has no broadcast address")]
    [InlineData("10.5.0.1 peer 2001:db8::1", "not of the family")]
    [InlineData("10.5.0.1 preferred_lft soon", "is not a number of seconds or forever")]
    public void An_option_that_cannot_be_is_located(string line, string message)
    {
        var reading = Read($"virtual_ipaddress_excluded {{\n {line}\n }}");
        Assert.Contains(message, Assert.Single(reading.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Static_ones_and_paces_are_the_host_s()
    {
        var reading = Reading.Read("""
            global_defs {
                default_interface e7
                vrrp_garp_interval 0.01
                vrrp_gna_interval 0
            }
            garp_group {
                garp_interval 0.5
                interfaces {
                    e1 e2
                }
                interface e3
            }
            static_ipaddress {
                10.9.9.9/32
                10.9.9.8/32 dev e1
            }
            static_routes {
                10.99.0.0/16 dev e1
            }
            """);
        Assert.Empty(reading.Diagnostics);
        var host = reading.Config.Host;
        Assert.Equal(["10.9.9.9 e7", "10.9.9.8 e1"], host.Addresses.Select(address => $"{address.Address} {address.Interface}"));
        Assert.Single(host.Routes);
        Assert.Equal((TimeSpan.FromMilliseconds(10), TimeSpan.Zero), (host.ArpInterval, host.NeighbourInterval));
        var group = Assert.Single(host.GarpGroups);
        Assert.Equal(["e1", "e2", "e3"], group.Interfaces);
        Assert.Equal((TimeSpan.FromSeconds(0.5), TimeSpan.Zero), (group.ArpInterval, group.NeighbourInterval));
    }

    [Theory]
    [InlineData("", 5, 5, 5, 5)]
    [InlineData("vrrp_min_garp", 1, 0, 1, 0)]
    [InlineData("vrrp_garp_lower_prio_repeat 0\nvrrp_garp_lower_prio_delay 7", 5, 5, 0, 7)]
    [InlineData("vrrp_garp_master_repeat 2\nvrrp_garp_master_delay 3", 2, 3, 2, 3)]
    public void Announcements_default_to_global_ones(string global, int repeat, int delay, int lowerRepeat, int lowerDelay)
    {
        var reading = Reading.Read($"global_defs {{\n{global}\n}}\n" + Instance(""));
        Assert.Empty(reading.Diagnostics);
        var garp = reading.Config.VrrpInstances[0].Garp;
        Assert.Equal((repeat, delay, lowerRepeat, lowerDelay),
            (garp.Repeat, (int)garp.Delay.TotalSeconds, garp.LowerPriorityRepeat, (int)garp.LowerPriorityDelay.TotalSeconds));
    }

    private static ConfigResult Read(string inInstance) => Reading.Read(Instance(inInstance));

    private static string Instance(string more) => $$"""
        vrrp_instance VI_1 {
            interface e0
            virtual_router_id 51
            virtual_ipaddress {
                10.0.0.100
            }
            {{more}}
        }
        """;
}
