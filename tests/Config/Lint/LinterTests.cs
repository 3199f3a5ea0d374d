using Director.Config;

namespace Director.Tests.Config.Lint;

/// <summary>What the rules say beyond their examples, and what they leave alone.</summary>
public sealed class LinterTests
{
    private const string Script = "global_defs {\nenable_script_security\n}\nvrrp_script s {\nscript /bin/true\n}\n";

    [Theory]
    [InlineData("strict_mode", "4:1 strict-mode")]
    [InlineData("strict_mode off", "")]
    [InlineData("strict_mode\naccept", "")]
    [InlineData("strict_mode\npriority 255\nstate MASTER", "")]
    [InlineData("state MASTER\npriority 255", "")]
    [InlineData("priority 255", "")]
    [InlineData("state BACKUP", "")]
    [InlineData("nopreempt\npreempt_delay 5", "5:15 preempt-delay-ignored")]
    [InlineData("nopreempt\npreempt_delay 0", "")]
    [InlineData("mcast_src_ip 10.0.0.1", "4:14 advert-by-virtual-address")]
    [InlineData("mcast_src_ip 10.0.0.2", "")]
    [InlineData("unicast_peer {\n10.0.0.2\n}", "")]
    [InlineData("track_interface {\neth1 weight 10\n}", "")]
    [InlineData("track_interface {\neth0\n}", "")]
    [InlineData("virtual_ipaddress_excluded {\n192.0.2.0/24\n}", "5:1 unusable-address")]
    [InlineData("virtual_ipaddress_excluded {\n192.0.2.1/31\n192.0.2.5/32\n192.0.2.0/31\n}", "")]
    [InlineData("virtual_ipaddress_excluded {\n127.0.0.5\nff02::5\n::1\n}",
        "5:1 unusable-address\n6:1 unusable-address\n7:1 unusable-address")]
    [InlineData("virtual_ipaddress_excluded {\nfe80::\n2001:db8::ffff/112\n}", "")]
    public void Of_an_instance(string lines, string listing) => Assert.Equal(listing, Listing(Instance(lines)));

    [Theory]
    [InlineData("priority 250\ntrack_script {\ns weight 4\n}", "")]
    [InlineData("priority 250\ntrack_script {\ns weight 5\n}", "12:1 weight-cut")]
    [InlineData("priority 60\ntrack_script {\ns weight -60\n}", "12:1 weight-cut")]
    [InlineData("priority 61\ntrack_script {\ns weight -60\n}", "")]
    [InlineData("priority 60\ntrack_script {\ns weight -60 reverse\n}", "")]
    [InlineData("priority 255\nstate MASTER\ntrack_script {\ns weight 1\n}", "13:1 weight-cut")]
    [InlineData("nopreempt\ntrack_script {\ns\n}", "")]
    [InlineData("nopreempt\ntrack_script {\ns weight 2\n}", "12:1 weight-with-nopreempt")]
    public void Of_a_weight(string lines, string listing) => Assert.Equal(listing, Listing(Script + Instance(lines)));

    [Theory]
    [InlineData("", "12:1 member-weight-ignored")]
    [InlineData("sync_group_tracking_weight\n", "")]
    public void Of_a_member_that_tracks_an_interface(string line, string listing) => Assert.Equal(listing, Listing(
        Instance("") + Instance("track_interface {\neth1 weight 5\n}", "B", 2, "10.0.0.2")
        + $"vrrp_sync_group G {{\ngroup {{\nA\nB\n}}\n{line}}}\n"));

    [Fact]
    public void A_sync_group_whose_members_have_one_priority_is_left_alone() => Assert.Equal("", Listing(
        Instance("") + Instance("", "B", 2, "10.0.0.2") + "vrrp_sync_group G {\ngroup {\nA\nB\n}\n}\n"));

    [Theory]
    [InlineData("10.0.0.1 80", "10.0.0.9 80", "")]
    [InlineData("10.0.0.2 80", "10.0.0.9 80", "8:16 service-without-vip")]
    [InlineData("10.0.0.1 80", "10.0.0.1 81", "12:13 real-server-is-vip")]
    public void Of_a_service_beside_an_instance(string service, string server, string listing) =>
        Assert.Equal(listing, Listing(Instance("") + Service(service, server)));

    [Fact]
    public void A_service_of_a_file_without_instances_may_have_any_address() =>
        Assert.Equal("", Listing(Service("10.0.0.2 80", "10.0.0.9 80")));

    [Fact]
    public void A_static_address_brings_a_service_here() => Assert.Equal("",
        Listing("static_ipaddress {\n10.0.0.2 dev lo\n}\n" + Instance("") + Service("10.0.0.2 80", "10.0.0.9 80")));

    [Fact]
    public void Virtual_addresses_of_an_instance_without_any_service_are_left_alone() => Assert.Equal("",
        Listing(Instance("") + Instance("", "Gateway", 2, "10.1.0.1") + Service("10.0.0.1 80", "10.0.0.9 80")));

    [Fact]
    public void Pools_without_any_check_and_servers_whose_check_is_not_known_are_left_alone()
    {
        var pool = "virtual_server 10.0.0.1 80 {\nlb_algo rr\nlb_kind DR\nprotocol TCP\n";

        Assert.Equal("", Listing(pool + "real_server 10.0.0.2 80 {\n}\nreal_server 10.0.0.3 80 {\n}\n}\n"));
        Assert.Equal("12:1 unknown-keyword",
            Listing(pool + "real_server 10.0.0.2 80 {\nTCP_CHECK {\n}\n}\nreal_server 10.0.0.3 80 {\n\n\nX_CHECK {\n}\n}\n}\n"));
    }

    [Fact]
    public void Direct_routing_within_one_network_is_what_it_is_for() => Assert.Equal("",
        Listing(Instance("").Replace("10.0.0.1", "10.0.0.1/24", StringComparison.Ordinal) + Service("10.0.0.1 80", "10.0.0.9 80")));

    [Theory]
    [InlineData("lvs_sched mh\nmh-port", "")]
    [InlineData("mh-port\nlvs_sched mh", "2:1 flag-before-scheduler")]
    [InlineData("mh-port\nlvs_sched rr", "2:1 scheduler-flag")]
    [InlineData("lvs_sched mh\npersistence_timeout 86400", "")]
    public void Of_a_service(string lines, string listing) => Assert.Equal(listing, Listing(
        $"virtual_server 10.0.0.1 80 {{\n{lines}\nlb_kind DR\nprotocol TCP\nreal_server 10.0.0.2 80 {{\n}}\n}}\n"));

    [Fact]
    public void Line_ends_of_windows_are_said_once_for_each_file_and_change_nothing_else()
    {
        var files = new MemoryConfigFiles
        {
            [Reading.Path] = "include /etc/b.conf\n\nglobal_defs {\r\nrouter_id a\r\n}\r\n",
            ["/etc/b.conf"] = "# nothing\r\n",
        };
        var result = ConfigReader.Read(Reading.Path, files, keepsSyntax: true);

        Assert.Equal([$"{Reading.Path}:3", "/etc/b.conf:1"], Linter.Lint(result).Select(diagnostic => diagnostic.Location.ToString()));
        Assert.Equal("a", result.Config.Globals.RouterId);
    }

    [Fact]
    public void Of_scripts_without_security_the_first_of_the_file_is_named_and_only_that() => Assert.Equal("2:8 script-security",
        Listing(
        "vrrp_script s {\nscript /bin/true\n}\n" + Instance("notify_master /bin/true\nnotify_backup /bin/true\ntrack_script {\ns\n}")));

    [Fact]
    public void Rules_keep_quiet_about_a_configuration_with_errors() => 
        Assert.Equal("9:1 brace", Listing(Instance("strict_mode") + "}\n"));

    [Theory]
    [InlineData("failover/master")]
    [InlineData("failover/backup")]
    [InlineData("balance/master")]
    [InlineData("balance/backup")]
    [InlineData("balance/ipv6")]
    public void Of_the_examples_nothing_is_said_but_that_a_spelling_is_old(string name)
    {
        var path = Reading.RepositoryFile("examples", $"{name}.conf");
        var result = ConfigReader.Read(path, new Director.Hosting.DiskConfigFiles(), keepsSyntax: true);

        Assert.All(Linter.Lint(result), diagnostic => Assert.Equal("deprecated", diagnostic.Code));
    }

    private static string Instance(string lines, string name = "A", int id = 1, string address = "10.0.0.1") =>
        $"vrrp_instance {name} {{\ninterface eth0\nvirtual_router_id {id}\n{lines}{(lines.Length > 0 ? "\n" : "")}"
        + $"virtual_ipaddress {{\n{address}\n}}\n}}\n";

    private static string Service(string service, string server) =>
        $"virtual_server {service} {{\nlb_algo rr\nlb_kind {(server.EndsWith("81", StringComparison.Ordinal) ? "NAT" : "DR")}\n"
        + "protocol TCP\n"
        + $"real_server {server} {{\n}}\n}}\n";

    private static string Listing(string text)
    {
        var result = ConfigReader.Read(Reading.Path, new MemoryConfigFiles { [Reading.Path] = text }, keepsSyntax: true);
        return string.Join('\n', Linter.Lint(result).Select(diagnostic => $"{diagnostic.Line}:{diagnostic.Column} {diagnostic.Code}"));
    }
}
