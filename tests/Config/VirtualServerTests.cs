using Director.Config;
using Director.Net;

namespace Director.Tests.Config;

public sealed class VirtualServerTests
{
    [Fact]
    public void Defaults_are_keepalived_s()
    {
        var service = Clean("", "TCP_CHECK {\n}");

        Assert.Equal(new ServiceKey(IpProtocol.Tcp, new(IpAddress128.Parse("10.0.0.1"), 80)), service.Key);
        Assert.Equal(("wlc", null, 32), (service.Scheduler, service.PersistenceTimeout, service.PersistencePrefixLength));
        Assert.Equal(new SourceLocation(Reading.Path, 1, 1), service.Location);
        var server = Assert.Single(service.RealServers);
        Assert.Equal(("[10.0.0.2]:80", 1, false, 5),
            (server.Endpoint.ToString(), server.Weight, server.InhibitOnFailure, server.Location.Line));
        Assert.Equal(
            new TcpCheckConfig(new(server.Endpoint, TimeSpan.FromSeconds(5)),
                new(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60)), new(Reading.Path, 6, 1)),
            Assert.Single(server.Checks));
    }

    [Fact]
    public void Every_setting_of_a_check_is_honoured()
    {
        var check = Check("",
            "TCP_CHECK {\nconnect_ip 10.0.0.9\nconnect_port 8080\nbindto 10.0.0.8\nbind_port 1025\nbind_if eth7\nfwmark 5\n"
            + "connect_timeout 0.5\nretry 0\ndelay_before_retry 0.25\nwarmup 0\ndelay_loop 2.000001\nalpha\nlog_all_failures\n}");

        Assert.Equal(
            new TcpCheckConfig(
                new(new(IpAddress128.Parse("10.0.0.9"), 8080), TimeSpan.FromMilliseconds(500))
                {
                    BindTo = IpAddress128.Parse("10.0.0.8"), BindPort = 1025, BindInterface = "eth7", FirewallMark = 5,
                },
                new(0, TimeSpan.FromMilliseconds(250), TimeSpan.FromMicroseconds(2_000_001), TimeSpan.Zero, Alpha: true,
                    LogsAllFailures: true),
                check.Location),
            check);
    }

    [Fact]
    public void A_check_inherits_from_its_real_server_and_that_from_the_virtual_server()
    {
        const string outer = "delay_loop 10\nconnect_timeout 11\nretry 12\ndelay_before_retry 13\nwarmup 14\nalpha\n"
            + "weight 15\ninhibit_on_failure\n";

        var inherited = Check(outer, "TCP_CHECK {\n}");
        Assert.Equal((10, 11, 12, 13, 14, true), Seconds(inherited));

        var overridden = Check(outer,
            "delay_loop 20\nconnect_timeout 21\nretry 22\ndelay_before_retry 23\nwarmup 24\nalpha no\nTCP_CHECK {\n}");
        Assert.Equal((20, 21, 22, 23, 24, false), Seconds(overridden));

        var mixed = Check("delay_loop 10\n", "delay_before_retry 23\nTCP_CHECK {\nretry 3\n}");
        Assert.Equal((10, 5, 3, 23, 10, false), Seconds(mixed));

        var server = Assert.Single(Clean(outer, "").RealServers);
        Assert.Equal((15, true), (server.Weight, server.InhibitOnFailure));
        var own = Assert.Single(Clean(outer, "weight 0\ninhibit_on_failure off").RealServers);
        Assert.Equal((0, false), (own.Weight, own.InhibitOnFailure));
    }

    [Fact]
    public void What_a_virtual_server_says_after_its_real_servers_counts_for_them_too()
    {
        var config = Reading.Clean(Text("", "TCP_CHECK {\n}")[..^2] + "delay_loop 7\nweight 8\n}");

        var server = Assert.Single(Assert.Single(config.VirtualServers).RealServers);
        Assert.Equal((8, TimeSpan.FromSeconds(7)), (server.Weight, server.Checks[0].Timing.DelayLoop));
    }

    [Fact]
    public void A_real_server_may_have_several_checks_or_none()
    {
        Assert.Empty(Assert.Single(Clean("", "").RealServers).Checks);
        Assert.Equal([1, 2], Assert.Single(Clean("", "TCP_CHECK {\nconnect_port 1\n}\nTCP_CHECK {\nconnect_port 2\n}").RealServers)
            .Checks.Select(check => (int)((TcpCheckConfig)check).Connection.Target.Port));
    }

    [Theory]
    [InlineData("persistence_timeout 50", 50, 32)]
    [InlineData("persistence_timeout", 360, 32)]
    [InlineData("persistence_timeout 2678400\npersistence_granularity 255.255.255.0", 2678400, 24)]
    [InlineData("persistence_granularity 255.255.255.255", 360, 32)]
    [InlineData("persistence_granularity 0.0.0.0", 360, 0)]
    public void Persistence_has_a_time_and_a_width(string lines, int seconds, int prefixLength)
    {
        var service = Clean($"{lines}\n", "");

        Assert.Equal((TimeSpan.FromSeconds(seconds), prefixLength), (service.PersistenceTimeout, service.PersistencePrefixLength));
    }

    [Theory]
    [InlineData("lb_algo sh", "sh-port", SchedulerFlagsConfig.Flag2)]
    [InlineData("lb_algo sh", "sh-fallback", SchedulerFlagsConfig.Flag1)]
    [InlineData("lb_algo mh", "mh-port\nmh-fallback", SchedulerFlagsConfig.Flag1 | SchedulerFlagsConfig.Flag2)]
    [InlineData("lb_algo mh", "flag-1", SchedulerFlagsConfig.Flag1)]
    [InlineData("lb_algo wlc", "flag-1\nflag-2\nflag-3",
        SchedulerFlagsConfig.Flag1 | SchedulerFlagsConfig.Flag2 | SchedulerFlagsConfig.Flag3)]
    public void A_scheduler_may_have_flags_written_before_or_after_it(string scheduler, string flags, SchedulerFlagsConfig expected)
    {
        var after = Text($"{flags}\n", "").Replace("lb_algo wlc", scheduler, StringComparison.Ordinal);
        var before = Text("", "").Replace("lb_algo wlc", $"{flags}\n{scheduler}", StringComparison.Ordinal);
        Assert.Equal(expected, Assert.Single(Reading.Clean(after).VirtualServers).SchedulerFlags);
        Assert.Equal(expected, Assert.Single(Reading.Clean(before).VirtualServers).SchedulerFlags);
    }

    [Fact]
    public void A_real_server_may_bound_its_connections()
    {
        var server = Assert.Single(Clean("", "lthreshold 3\nuthreshold 2147483647").RealServers);
        Assert.Equal((2147483647, 3), (server.UpperThreshold, server.LowerThreshold));
        Assert.Equal((0, 0), (Clean("", "").RealServers[0].UpperThreshold, Clean("", "").RealServers[0].LowerThreshold));
    }

    [Theory]
    [InlineData("lvs_sched wlc\nlvs_method DR\nprotocol tcp")]
    [InlineData("lb_algo wlc\nlb_kind DR\nprotocol Tcp")]
    public void Old_and_new_spellings_mean_the_same(string lines) =>
        Assert.Single(Reading.Clean($"virtual_server 10.0.0.1 80 {{\n{lines}\nreal_server 10.0.0.2 80 {{\nTCP_CHECK {{\n"
            + "nb_get_retry 3\nbind_to 10.0.0.3\n}\n}\n}").VirtualServers);

    [Theory]
    [InlineData("/24")]
    [InlineData("-20")]
    public void What_is_glued_to_the_address_of_a_service_is_ignored_as_by_keepalived_which_is_said(string glued)
    {
        var result = Reading.Read(Text("", "").Replace("10.0.0.1 80", $"10.0.0.1{glued} 80", StringComparison.Ordinal));

        Assert.Equal("[10.0.0.1]:tcp:80", Assert.Single(result.Config.VirtualServers).Key.ToString());
        Assert.Equal($"1:16 warning extra-words: '{glued}' has no effect here: the virtual server has one address, 10.0.0.1 "
            + "(more addresses are lines of a virtual_server_group)", Reading.Listing(result));
    }

    [Theory]
    [InlineData("virtual_server {\n}", "1:1 error missing-argument: 'virtual_server' needs an IP address")]
    [InlineData("virtual_server 10.0.0 80 {\n}", "1:16 error invalid-value: '10.0.0' is not an IP address")]
    [InlineData("virtual_server 10.0.0.1 http {\n}", "1:25 error invalid-value: 'http' is not a whole number, 0 to 65535")]
    [InlineData("virtual_server 10.0.0.1 65536 {\n}", "1:25 error invalid-value: '65536' is outside the range 0 to 65535")]
    [InlineData("virtual_server fwmark 3 {\n}",
        "1:16 warning not-supported: 'fwmark' is not supported: packets come here before netfilter could mark them, so the virtual server "
            + "is not served (write the addresses and ports that are marked so into a virtual_server_group, and have a virtual_server of "
            + "that group)")]
    public void What_is_wrong_with_the_header_of_a_service_is_said(string text, string listing) =>
        Assert.Equal(listing, Reading.Listing(text));

    [Theory]
    [InlineData("", 128, "")]
    [InlineData("persistence_timeout 50\npersistence_granularity 64\n", 64, "")]
    [InlineData("persistence_granularity 255.255.255.0\n", 128,
        "5:25 error invalid-value: '255.255.255.0' is not a prefix length, 1 to 128")]
    [InlineData("persistence_granularity 129\n", 128,
        "5:25 error invalid-value: '129' is not an IPv4 netmask such as 255.255.255.0")]
    public void An_ipv6_service_has_ipv6_servers_and_counts_bits(string lines, int prefixLength, string listing)
    {
        var text = Text(lines, "").Replace("10.0.0.1 80", "2001:db8::1 80", StringComparison.Ordinal)
            .Replace("10.0.0.2 80", "2001:db8::2 80", StringComparison.Ordinal);
        var result = Reading.Read(text);

        Assert.Equal(listing, Reading.Listing(result));
        var service = Assert.Single(result.Config.VirtualServers);
        Assert.Equal(("[2001:db8::1]:tcp:80", prefixLength), (service.Key.ToString(), service.PersistencePrefixLength));
        Assert.Equal("[2001:db8::2]:80", Assert.Single(service.RealServers).Endpoint.ToString());
    }

    [Fact]
    public void A_tunnel_is_the_services_or_one_servers_and_may_lead_to_the_other_family()
    {
        var own = "real_server 10.0.0.3 80 {\nlvs_method TUN type ipip\n}\nreal_server fe80::1 80 {\nlvs_method TUN\n}\n";
        var servers = Assert.Single(Reading.Clean(Text(own, "")).VirtualServers).RealServers;
        Assert.Equal(
            [ForwardingMethodConfig.Tunnel, ForwardingMethodConfig.Tunnel, ForwardingMethodConfig.DirectRouting],
            servers.Select(server => server.Method));

        var text = Text("real_server 10.0.0.3 80 {\nlvs_method DR\n}\n", "")
            .Replace("lb_kind DR", "lb_kind TUN", StringComparison.Ordinal);
        var service = Assert.Single(Reading.Clean(text).VirtualServers);
        Assert.Equal(ForwardingMethodConfig.Tunnel, service.Method);
        Assert.Equal(
            [ForwardingMethodConfig.DirectRouting, ForwardingMethodConfig.Tunnel], service.RealServers.Select(server => server.Method));
    }

    [Theory]
    [InlineData("protocol UDP", "", false)]
    [InlineData("protocol udp\nops", "", true)]
    [InlineData("protocol TCP\nops", "1:1 warning ops-without-udp: ops is for UDP: it has no effect here", false)]
    public void Udp_is_served_and_may_be_scheduled_packet_by_packet(string lines, string listing, bool isOnePacket)
    {
        var result = Reading.Read(Text("", "").Replace("protocol TCP", lines, StringComparison.Ordinal));

        Assert.Equal(listing, Reading.Listing(result));
        Assert.Equal(isOnePacket, Assert.Single(result.Config.VirtualServers).IsOnePacket);
    }

    [Fact]
    public void What_is_left_to_defaults_that_are_seldom_meant_is_said() =>
        Assert.Equal("""
            1:1 warning missing-keyword: 'virtual_server 10.0.0.1 80' has no 'lb_algo': wlc is used
            1:1 warning missing-keyword: 'virtual_server 10.0.0.1 80' has no 'lb_kind': NAT is used
            1:1 warning missing-keyword: 'virtual_server 10.0.0.1 80' has no 'protocol': UDP is used
            """, Reading.Listing("virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\n}\n}"));

    [Theory]
    [InlineData("delay_loop 0", "5:12 error invalid-value: '0' is outside the range 0.000001 to 4294.967295 seconds")]
    [InlineData("delay_loop 10s",
        "5:12 error invalid-value: '10s' is not a number of seconds, 0.000001 to 4294.967295 (did you mean '10'?)")]
    [InlineData("delay_loop", "5:1 error missing-argument: 'delay_loop' needs a number of seconds, 0.000001 to 4294.967295")]
    [InlineData("connect_timeout 5000", "5:17 error invalid-value: '5000' is outside the range 0.000001 to 4294.967295 seconds")]
    [InlineData("retry 0", "5:7 error invalid-value: '0' is outside the range 1 to 2147483647")]
    [InlineData("weight 0", "5:8 error invalid-value: '0' is outside the range 1 to 2147483647")]
    [InlineData("sh-port", "5:1 warning scheduler-flag: sh-port is for lb_algo sh: it has no effect here")]
    [InlineData("mh-fallback", "5:1 warning scheduler-flag: mh-fallback is for lb_algo mh: it has no effect here")]
    [InlineData("weight 2147483648", "5:8 error invalid-value: '2147483648' is outside the range 1 to 2147483647")]
    [InlineData("persistence_timeout 0", "5:21 warning persistence-zero: no time to persist for: the line is ignored")]
    [InlineData("persistence_timeout abc", "5:21 error invalid-value: 'abc' is not a whole number of seconds, 0 to 2678400")]
    [InlineData("persistence_granularity 255.0.255.0",
        "5:25 error invalid-value: '255.0.255.0' has a gap between its ones; such masks are not supported")]
    [InlineData("persistence_granularity 64", "5:25 error invalid-value: '64' is not an IPv4 netmask such as 255.255.255.0")]
    [InlineData("alpha 1", "5:7 warning extra-words: '1' has no effect here (one keyword a line)")]
    [InlineData("quorum 0", "5:8 error invalid-value: '0' is outside the range 1 to 2147483647")]
    [InlineData("hysteresis -1", "5:12 error invalid-value: '-1' is outside the range 0 to 2147483647")]
    public void What_is_wrong_with_a_keyword_is_said_once_and_where_it_is(string line, string listing) =>
        Assert.Equal(listing, Reading.Listing(Text($"{line}\n", "")));

    [Theory]
    [InlineData("lb_algo wlc", "lb_algo wcl", "2:9 error invalid-value: 'wcl' is no scheduler (did you mean 'wlc'?)", true)]
    [InlineData("lb_kind DR", "lb_kind TUN type gue port 6080",
        "3:18 warning not-supported: 'lb_kind gue' is not supported yet: the virtual server is not served", false)]
    [InlineData("lb_kind DR", "lb_kind TUN type gre\nlb_kind DR",
        "3:18 warning not-supported: 'lb_kind gre' is not supported yet: the virtual server is not served\n"
        + "4:1 warning duplicate-keyword: 'lb_kind' stands here again; this line counts, and the one at "
        + "/etc/keepalived/keepalived.conf:3:1 does not", true)]
    [InlineData("lb_kind DR", "lb_kind TUN type", "3:13 error missing-argument: 'type' needs ipip, gue or gre", false)]
    [InlineData("lb_kind DR", "lb_kind TUN type ipip", "", true)]
    [InlineData("lb_kind DR", "lb_kind TUN", "", true)]
    [InlineData("lb_kind DR", "lb_kind dr", "3:9 error invalid-value: 'dr' is not NAT, DR or TUN (did you mean 'DR'?)", true)]
    [InlineData("protocol TCP", "protocol SCTP",
        "4:10 warning not-supported: 'protocol SCTP' is not supported yet: the virtual server is not served", false)]
    [InlineData("protocol TCP", "protocol TPC", "4:10 error invalid-value: 'TPC' is not TCP, UDP or SCTP (did you mean 'TCP'?)", true)]
    public void A_service_that_would_be_served_otherwise_than_written_is_left_out(string line, string instead, string listing,
        bool isServed)
    {
        var result = Reading.Read(Text("", "").Replace(line, instead, StringComparison.Ordinal));

        Assert.Equal(listing, Reading.Listing(result));
        Assert.Equal(isServed ? 1 : 0, result.Config.VirtualServers.Count);
    }

    [Theory]
    [InlineData("real_server {\n}", "5:1 error missing-argument: 'real_server' needs an IP address")]
    [InlineData("real_server web1 80 {\n}", "5:13 error invalid-value: 'web1' is not an IP address")]
    [InlineData("real_server 10.0.0.3 80 {\nweight -1\n}", "6:8 error invalid-value: '-1' is outside the range 0 to 2147483647")]
    [InlineData("real_server 10.0.0.3 80 {\nuthreshold -1\n}", "6:12 error invalid-value: '-1' is outside the range 0 to 2147483647")]
    [InlineData("real_server 10.0.0.3 80 {\nlthreshold\n}",
        "6:1 error missing-argument: 'lthreshold' needs a whole number, 0 to 2147483647")]
    [InlineData("real_server 10.0.0.3 80 {\nlthreshold 6\nuthreshold 5\n}",
        "6:12 error threshold-order: lthreshold 6 is above uthreshold 5")]
    [InlineData("real_server 10.0.0.3 80 {\nlthreshold 6\n}",
        "6:12 error threshold-order: lthreshold 6 is above uthreshold 0 (add uthreshold)")]
    [InlineData("real_server 10.0.0.3 80 {\ninhibit_on_failure maybe\n}",
        "6:20 error invalid-value: 'maybe' is not on, off, true, false, yes or no")]
    [InlineData("real_server fe80::1 80 {\nlvs_method NAT\n}",
        "5:13 warning family-mismatch: fe80::1 is not of the family of 10.0.0.1: the real server is not used")]
    [InlineData("real_server 10.0.0.3 80 {\nlvs_method TUN type gre\n}",
        "6:21 warning not-supported: 'lvs_method gre' is not supported yet: the real server is not used")]
    [InlineData("real_server 10.0.0.3 81 {\nlvs_method TUN\n}",
        "5:22 warning port-ignored: a tunnel cannot change the port: port 80 of the virtual server is used")]
    [InlineData("real_server 10.0.0.3 81 {\n}",
        "5:22 warning port-ignored: direct routing cannot change the port: port 80 of the virtual server is used")]
    [InlineData("real_server fe80::1 80 {\n}",
        "5:13 warning family-mismatch: fe80::1 is not of the family of 10.0.0.1: the real server is not used")]
    [InlineData("real_server 10.0.0.3 80 {\nTCP_CHECK {\nconnect_port 0\n}\n}",
        "7:14 error invalid-value: '0' is outside the range 1 to 65535")]
    [InlineData("real_server 10.0.0.3 80 {\nTCP_CHECK {\nbindto fe80::1\n}\n}",
        "7:8 error family-mismatch: fe80::1 is not of the family of 10.0.0.3")]
    [InlineData("real_server 10.0.0.3 80 {\nTCP_CHECK {\nfwmark -1\n}\n}",
        "7:8 error invalid-value: '-1' is outside the range 0 to 2147483647")]
    public void What_is_wrong_with_a_real_server_is_said_once_and_where_it_is(string block, string listing) =>
        Assert.Equal(listing, Reading.Listing(Text($"{block}\n", "")));

    [Fact]
    public void With_direct_routing_the_port_is_the_service_s_and_the_check_keeps_the_one_that_was_written()
    {
        var result = Reading.Read(Text("real_server 10.0.0.3 81 {\nTCP_CHECK {\n}\n}\nreal_server 10.0.0.4 {\nTCP_CHECK {\n}\n}\n", ""));

        var servers = Assert.Single(result.Config.VirtualServers).RealServers;
        Assert.Equal(["[10.0.0.3]:80", "[10.0.0.4]:80", "[10.0.0.2]:80"], servers.Select(server => server.Endpoint.ToString()));
        Assert.Equal(["[10.0.0.3]:81", "[10.0.0.4]:80"], servers.SelectMany(server => server.Checks)
            .Select(check => ((TcpCheckConfig)check).Connection.Target.ToString()));
    }

    [Fact]
    public void With_nat_a_server_has_the_port_that_is_written_or_the_service_s()
    {
        var text = Text("real_server 10.0.0.2 8080 {\nTCP_CHECK {\n}\n}\nreal_server 10.0.0.3 {\n}\nreal_server 10.0.0.4 0 {\n}\n"
            + "real_server 10.0.0.5 8080 {\nlvs_method DR\n}\n", "");
        var result = Reading.Read(text.Replace("lb_kind DR", "lb_kind NAT", StringComparison.Ordinal));

        Assert.Equal("13:22 warning port-ignored: direct routing cannot change the port: port 80 of the virtual server is used",
            Reading.Listing(result));
        var service = Assert.Single(result.Config.VirtualServers);
        Assert.Equal(ForwardingMethodConfig.Nat, service.Method);
        Assert.Equal(
            ["[10.0.0.2]:8080", "[10.0.0.3]:80", "[10.0.0.4]:80", "[10.0.0.5]:80", "[10.0.0.2]:80"],
            service.RealServers.Select(server => server.Endpoint.ToString()));
        Assert.Equal("[10.0.0.2]:8080", ((TcpCheckConfig)Assert.Single(service.RealServers[0].Checks)).Connection.Target.ToString());
        Assert.Equal([false, true, true, true, true], service.RealServers.Select(server => server.KeepsPort(80)));
    }

    [Fact]
    public void Nat_is_the_method_of_who_does_not_say()
    {
        var text = Text("", "").Replace("lb_kind DR\n", "", StringComparison.Ordinal);
        Assert.Equal(ForwardingMethodConfig.Nat, Assert.Single(Assert.Single(Reading.Read(text).Config.VirtualServers).RealServers).Method);
    }

    [Fact]
    public void A_service_for_all_ports_changes_none()
    {
        var result = Reading.Read("virtual_server 10.0.0.1 {\nlb_algo wlc\nlb_kind NAT\nprotocol TCP\npersistence_timeout 50\n"
            + "real_server 10.0.0.2 {\n}\nreal_server 10.0.0.3 8080 {\n}\n}\n");

        Assert.Equal("8:22 warning port-ignored: a virtual server for all ports cannot change the port: "
            + "the port that the client asked for is used", Reading.Listing(result));
        Assert.All(Assert.Single(result.Config.VirtualServers).RealServers, server => Assert.True(server.KeepsPort(0)));
    }

    [Theory]
    [InlineData("lb_kind NAT", "protocol TCP", true)]
    [InlineData("lb_kind NAT", "protocol TCP\npersistence_timeout 50", false)]
    [InlineData("lb_kind NAT", "protocol UDP", false)]
    [InlineData("lb_kind DR", "protocol TCP", false)]
    public void Ftp_by_nat_is_served_and_what_is_missing_is_said(string method, string protocol, bool isSaid)
    {
        var result = Reading.Read(Text("", "")
            .Replace(" 80 ", " 21 ", StringComparison.Ordinal)
            .Replace("lb_kind DR", method, StringComparison.Ordinal)
            .Replace("protocol TCP", protocol, StringComparison.Ordinal));

        Assert.Single(result.Config.VirtualServers);
        Assert.Equal(isSaid
            ? "1:1 warning not-supported: FTP's NAT helper is not supported: data connections of port 21 services are not translated"
            : "", Reading.Listing(result));
    }

    [Fact]
    public void A_real_server_given_twice_is_used_once()
    {
        var result = Reading.Read(Text("real_server 10.0.0.2 80 {\nweight 5\n}\n", ""));

        Assert.Equal("8:1 warning duplicate-real-server: real server [10.0.0.2]:80 stands at /etc/keepalived/keepalived.conf:5:1 already; "
            + "this one is ignored", Reading.Listing(result));
        Assert.Equal(5, Assert.Single(Assert.Single(result.Config.VirtualServers).RealServers).Weight);
    }

    [Fact]
    public void A_service_given_twice_is_an_error() =>
        Assert.Equal("9:1 error duplicate-virtual-server: 'virtual_server 10.0.0.1 80' stands at "
            + "/etc/keepalived/keepalived.conf:1:1 already",
            Reading.Listing(Text("", "") + Text("", "")));

    [Fact]
    public void A_service_without_real_servers_is_not_served()
    {
        Assert.Equal("1:1 warning no-real-server: 'virtual_server 10.0.0.1 80' has no real_server: it is not served",
            Reading.Listing("virtual_server 10.0.0.1 80 {\nlb_algo wlc\nlb_kind DR\nprotocol TCP\n}"));
        Assert.Equal("1:1 warning no-real-server: 'virtual_server 10.0.0.1 80' has no real_server that can be used: it is not served\n"
            + "6:21 warning not-supported: 'lvs_method gue' is not supported yet: the real server is not used",
                Reading.Listing(Text("", "lvs_method TUN type gue port 6080")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 0")]
    public void A_service_for_all_ports_is_persistent_and_its_checks_need_a_port(string port)
    {
        var text = Text("", "TCP_CHECK {\n}").Replace("virtual_server 10.0.0.1 80", $"virtual_server 10.0.0.1{port}",
            StringComparison.Ordinal)
            .Replace("10.0.0.2 80", "10.0.0.2", StringComparison.Ordinal);
        var result = Reading.Read(text);

        Assert.Equal($"1:{(port.Length > 0 ? 25 : 16)} warning all-ports-persistence: a virtual server for all ports needs persistence: "
            + "persistence_timeout 360 is used\n"
            + "6:1 error missing-keyword: TCP_CHECK has no port to connect to (add connect_port)", Reading.Listing(result));
        var service = Assert.Single(result.Config.VirtualServers);
        Assert.Equal(0, service.Key.Virtual.Port);
        Assert.Equal(TimeSpan.FromSeconds(360), service.PersistenceTimeout);
    }

    private static VirtualServerConfig Clean(string lines, string serverLines) =>
        Assert.Single(Reading.Clean(Text(lines, serverLines)).VirtualServers);

    private static TcpCheckConfig Check(string lines, string serverLines) =>
        Assert.IsType<TcpCheckConfig>(Assert.Single(Assert.Single(Clean(lines, serverLines).RealServers).Checks));

    private static (int, int, int, int, int, bool) Seconds(TcpCheckConfig check) =>
        ((int)check.Timing.DelayLoop.TotalSeconds, (int)check.Connection.Timeout.TotalSeconds, check.Timing.Retries,
        (int)check.Timing.DelayBeforeRetry.TotalSeconds, (int)check.Timing.Warmup.TotalSeconds, check.Timing.Alpha);

    /// <summary>
    /// A service whose own lines begin in line 5; without any, its real server stands there and the lines of that in line 6.
    /// </summary>
    private static string Text(string lines, string serverLines) =>
        $"virtual_server 10.0.0.1 80 {{\nlb_algo wlc\nlb_kind DR\nprotocol TCP\n{lines}real_server 10.0.0.2 80 {{\n{serverLines}\n}}\n}}\n";
}
