using Director.Config;
using Director.Net;

namespace Director.Tests.Config;

public sealed class VrrpInstanceTests
{
    [Fact]
    public void Defaults_are_keepalived_s()
    {
        var instance = Clean("");

        Assert.Equal((VrrpInitialState.Backup, "eth0", 7, 100),
            (instance.InitialState, instance.Interface, instance.VirtualRouterId, instance.Priority));
        Assert.Equal((TimeSpan.FromSeconds(1), null, true, TimeSpan.Zero, null),
            (instance.AdvertInterval, instance.Password, instance.Preempt, instance.PreemptDelay, instance.Source));
        Assert.Equal(new GarpConfig(5, TimeSpan.FromSeconds(5), TimeSpan.Zero, 1), instance.Garp);
        Assert.Equal(new VirtualAddressConfig(IpAddress128.Parse("10.0.0.1"), 32, "eth0", null, 0, null, new(Reading.Path, 4, 21)),
            Assert.Single(instance.Addresses));
        Assert.Equal(new SourceLocation(Reading.Path, 1, 1), instance.Location);
    }

    [Fact]
    public void Every_setting_is_honoured()
    {
        var instance = Clean("""
            state BACKUP
            priority 42
            advert_int 3
            authentication {
                auth_type PASS
                auth_pass "a#b c"
            }
            virtual_ipaddress_excluded {
                10.0.0.2
            }
            nopreempt
            preempt_delay 1.5
            garp_master_delay 2
            garp_master_repeat 3
            garp_master_refresh 60
            garp_master_refresh_repeat 4
            mcast_src_ip 10.0.0.9
            version 2
            accept
            """);

        Assert.Equal((VrrpInitialState.Backup, 42), (instance.InitialState, instance.Priority));
        Assert.Equal((TimeSpan.FromSeconds(3), "a#b c", false, TimeSpan.FromSeconds(1.5), IpAddress128.Parse("10.0.0.9")),
            (instance.AdvertInterval, instance.Password, instance.Preempt, instance.PreemptDelay, instance.Source));
        Assert.Equal("10.0.0.2", Assert.Single(instance.ExcludedAddresses).Address.ToString());
        Assert.Equal(new GarpConfig(3, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1), 4), instance.Garp);
    }

    [Fact]
    public void Global_settings_are_the_defaults_of_instances_wherever_they_stand()
    {
        var config = Reading.Clean(Text("garp_master_repeat 3", "10.0.0.1") + """
            global_defs {
            vrrp_garp_master_repeat 9
            vrrp_garp_master_delay 8
            vrrp_garp_master_refresh 7
            vrrp_garp_master_refresh_repeat 6
            vrrp_version 2
            }
            global_defs {
            lvs_id old_name
            }
            """);

        Assert.Equal(new GarpConfig(3, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(7), 6), config.VrrpInstances[0].Garp);
        Assert.Equal("old_name", config.Globals.RouterId);
    }

    [Theory]
    [InlineData("state MASTER", VrrpInitialState.Master, 255)]
    [InlineData("state MASTER\npriority 100", VrrpInitialState.Master, 100)]
    [InlineData("priority 255", VrrpInitialState.Master, 255)]
    [InlineData("priority 254", VrrpInitialState.Backup, 254)]
    [InlineData("state BACKUP\npriority 255", VrrpInitialState.Backup, 255)]
    public void State_and_priority_default_to_each_other(string lines, VrrpInitialState state, byte priority)
    {
        var instance = Clean(lines);

        Assert.Equal((state, priority), (instance.InitialState, instance.Priority));
    }

    [Theory]
    [InlineData("10.0.0.1/24", "10.0.0.1/24 eth0 - 0 -")]
    [InlineData("10.0.0.1/24 dev eth1 label eth1:vip scope link brd 10.0.0.255", "10.0.0.1/24 eth1 10.0.0.255 253 eth1:vip")]
    [InlineData("10.0.0.1/24 broadcast +", "10.0.0.1/24 eth0 10.0.0.255 0 -")]
    [InlineData("10.0.0.1/30 brd + scope host", "10.0.0.1/30 eth0 10.0.0.3 254 -")]
    [InlineData("10.0.0.1/1 brd - scope 200", "10.0.0.1/1 eth0 0.0.0.0 200 -")]
    [InlineData("10.0.0.1/24 scope site", "10.0.0.1/24 eth0 - 200 -")]
    [InlineData("10.0.0.1/24 scope nowhere", "10.0.0.1/24 eth0 - 255 -")]
    public void Address_lines_are_read_as_ip_address_writes_them(string line, string expected)
    {
        var address = Assert.Single(Assert.Single(Reading.Clean(Text("", line)).VrrpInstances).Addresses);

        Assert.Equal(expected,
            $"{address.Address}/{address.PrefixLength} {address.Interface} {address.Broadcast?.ToString() ?? "-"} " +
            $"{address.Scope} {address.Label ?? "-"}");
    }

    [Theory]
    [InlineData("10.0.0", "4:21 error invalid-value: '10.0.0' is not an IP address with or without /LENGTH")]
    [InlineData("10.0.0.1/", "4:21 error invalid-value: the prefix length of '10.0.0.1/' is not a whole number, 1 to 32")]
    [InlineData("10.0.0.1/0", "4:21 error invalid-value: the prefix length of '10.0.0.1/0' is outside the range 1 to 32")]
    [InlineData("10.0.0.1/33", "4:21 error invalid-value: the prefix length of '10.0.0.1/33' is outside the range 1 to 32")]
    [InlineData("fe80::1/129", "4:21 error invalid-value: the prefix length of 'fe80::1/129' is outside the range 1 to 128")]
    [InlineData("10.0.0.1 dev", "4:30 error missing-argument: 'dev' needs the name of an interface")]
    [InlineData("10.0.0.1 dev aninterfacetoolong",
        "4:34 error invalid-value: 'aninterfacetoolong' is longer than the 15 bytes of an interface name")]
    [InlineData("10.0.0.1 brd x", "4:34 error invalid-value: 'x' is not an IP address")]
    [InlineData("10.0.0.1 brd ::1", "4:34 error invalid-value: only IPv4 has broadcast addresses")]
    [InlineData("10.0.0.1 scope far",
        "4:36 error invalid-value: 'far' is not a scope: global, site, link, host, nowhere or a number up to 255")]
    [InlineData("10.0.0.1 scope 256",
        "4:36 error invalid-value: '256' is not a scope: global, site, link, host, nowhere or a number up to 255")]
    [InlineData("10.0.0.1 labell x", "4:30 error invalid-value: 'labell' means nothing after an address (did you mean 'label'?)")]
    [InlineData("10.0.0.1 10.0.0.2", "4:30 error invalid-value: '10.0.0.2' means nothing after an address (one address a line)")]
    [InlineData("10.0.0.1 peer 10.0.0.2 home", "4:44 warning invalid-value: only IPv6 addresses have 'home': it is ignored")]
    [InlineData("10.0.0.1 track_group G", "4:30 warning conflict: 'track_group' has no effect here: an instance tracks what is its own "
        + "(it belongs to what is static)")]
    [InlineData("10.0.0.1/31 brd +", "4:37 warning invalid-value: a network of 31 bits has no broadcast address: none is set " +
        "(write 10.0.0.1/LENGTH with a length up to 30)")]
    [InlineData("10.0.0.1\n10.0.0.1/24",
        "5:1 warning duplicate-address: 10.0.0.1 stands at /etc/keepalived/keepalived.conf:4:21 already; this line is ignored")]
    [InlineData("10.0.0.1\nfe80::1",
        "5:1 error family-mismatch: fe80::1 is not of the family of 10.0.0.1, which comes first (move it to virtual_ipaddress_excluded)")]
    [InlineData("", "1:15 warning no-address: vrrp_instance 'A' has no virtual_ipaddress: it is not run")]
    public void What_is_wrong_with_an_address_line_is_said_where_it_is(string line, string listing) =>
        Assert.Equal(listing, Reading.Listing(Text("", line)));

    [Theory]
    [InlineData("state Master", "6:7 error invalid-value: 'Master' is not MASTER or BACKUP (did you mean 'MASTER'?)")]
    [InlineData("state", "6:1 error missing-argument: 'state' needs MASTER or BACKUP")]
    [InlineData("priority 0", "6:10 error invalid-value: '0' is outside the range 1 to 255")]
    [InlineData("priority 256", "6:10 error invalid-value: '256' is outside the range 1 to 255")]
    [InlineData("priority -1", "6:10 error invalid-value: '-1' is outside the range 1 to 255")]
    [InlineData("priority 99999999999999999999", "6:10 error invalid-value: '99999999999999999999' is outside the range 1 to 255")]
    [InlineData("priority 100s", "6:10 error invalid-value: '100s' is not a whole number, 1 to 255 (did you mean '100'?)")]
    [InlineData("priority 0x10", "6:10 error invalid-value: '0x10' is not a whole number, 1 to 255 (did you mean '0'?)")]
    [InlineData("priority \"\"", "6:10 error invalid-value: '' is not a whole number, 1 to 255")]
    [InlineData("priority 100 101", "6:14 warning extra-words: '101' has no effect here (one keyword a line)")]
    [InlineData("nopreempt no", "6:11 warning extra-words: 'no' has no effect here (one keyword a line)")]
    [InlineData("priority 1\npriority 2", "7:1 warning duplicate-keyword: 'priority' stands here again; this line counts, and the one at "
        + "/etc/keepalived/keepalived.conf:6:1 does not")]
    [InlineData("advert_int 0", "6:12 error invalid-value: '0' is outside the range 0.01 to 255 seconds")]
    [InlineData("advert_int 1.0000001", "6:12 error invalid-value: '1.0000001' has more than six decimals (did you mean '1.000000'?)")]
    [InlineData("advert_int 0.3", "6:12 warning advert-interval-rounded: VRRP version 2 advertises at whole seconds: 1 s is used")]
    [InlineData("advert_int 2.5", "6:12 warning advert-interval-rounded: VRRP version 2 advertises at whole seconds: 3 s is used")]
    [InlineData("preempt_delay 1001", "6:15 error invalid-value: '1001' is outside the range 0 to 1000 seconds")]
    [InlineData("preempt_delay -1", "6:15 error invalid-value: '-1' is outside the range 0 to 1000 seconds")]
    [InlineData("state MASTER\nnopreempt\npriority 9",
        "7:1 warning nopreempt-ignored: 'nopreempt' has no effect with state MASTER (write state BACKUP on both machines)")]
    [InlineData("priority 255\nnopreempt",
        "7:1 warning nopreempt-ignored: 'nopreempt' has no effect with priority 255 (lower the priority)")]
    [InlineData("state MASTER\npreempt_delay 5\npriority 9",
        "7:15 warning preempt-delay-ignored: 'preempt_delay' has no effect with state MASTER (write state BACKUP)")]
    [InlineData("authentication {\nauth_type PASS\nauth_pass 123456789\n}",
        "8:11 warning password-cut: only the first 8 bytes of auth_pass are used")]
    [InlineData("authentication {\nauth_type PASS\nauth_pass 1234567ü\n}",
        "8:11 error invalid-value: the first 8 bytes of auth_pass end within a character (use ASCII characters only)")]
    [InlineData("authentication {\nauth_type PASS\nauth_pass pa#ss\n}", "8:11 warning comment-in-value: a comment begins right after 'pa': "
        + "the rest of the line is not part of it (put a value that holds # or ! into double quotes)")]
    [InlineData("authentication {\nauth_type PASS\n}", "6:1 error missing-keyword: 'authentication' has no 'auth_pass'")]
    [InlineData("authentication {\nauth_pass x\n}", "6:1 error missing-keyword: 'authentication' has no 'auth_type'")]
    [InlineData("authentication {\nauth_type pass\nauth_pass x\n}",
        "7:11 error invalid-value: 'pass' is not PASS or AH (did you mean 'PASS'?)")]
    [InlineData("authentication {\nauth_type AH\nauth_pass x\n}",
        "7:11 warning not-supported: 'auth_type AH' is not supported yet: the instance is not run")]
    [InlineData("virtual_rules {\nx\n}", "7:1 error invalid-value: 'x' means nothing in a rule (one rule a line)")]
    [InlineData("garp_master_repeat 0", "6:20 error invalid-value: '0' is outside the range 1 to 2147483647")]
    public void What_is_wrong_with_a_keyword_is_said_once_and_where_it_is(string lines, string listing) =>
        Assert.Equal(listing, Reading.Listing(Text(lines, "10.0.0.1")));

    [Theory]
    [InlineData("auth_type AH")]
    [InlineData("use_ipvlan")]
    [InlineData("vrf blue")]
    [InlineData("auth_hmac {\nkey 1 x\n}")]
    public void An_instance_that_would_not_do_what_is_written_is_left_out(string line)
    {
        if (line.StartsWith("auth_type", StringComparison.Ordinal)) line = $"authentication {{\n{line}\nauth_pass x\n}}";
        var result = Reading.Read(Text(line, "10.0.0.1"));

        Assert.Empty(result.Config.VrrpInstances);
        Assert.False(result.HasErrors);
    }

    [Fact]
    public void The_eight_bytes_of_a_longer_password_are_kept()
    {
        var result = Reading.Read(Text("authentication {\nauth_type PASS\nauth_pass 123456789\n}", "10.0.0.1"));

        Assert.Equal("12345678", Assert.Single(result.Config.VrrpInstances).Password);
    }

    [Fact]
    public void Keywords_that_an_instance_needs_are_errors_of_its_first_line() =>
        Assert.Equal("""
            1:1 error missing-keyword: 'vrrp_instance A' has no 'interface'
            1:1 error missing-keyword: 'vrrp_instance A' has no 'virtual_router_id'
            1:15 warning no-address: vrrp_instance 'A' has no virtual_ipaddress: it is not run
            """, Reading.Listing("vrrp_instance A {\n}"));

    [Fact]
    public void An_instance_needs_a_name() =>
        Assert.Equal("1:1 error missing-argument: 'vrrp_instance' needs a name", Reading.Listing("vrrp_instance {\nstate x\n}"));

    [Fact]
    public void Two_instances_must_differ_in_name_and_in_router_and_interface()
    {
        var listing = Reading.Listing(Text("", "10.0.0.1") + Text("", "10.0.0.2") + Text("", "10.0.0.1").Replace(" A ", " B ",
            StringComparison.Ordinal));

        Assert.Equal("""
            7:15 error duplicate-name: a vrrp_instance 'A' stands at /etc/keepalived/keepalived.conf:1:1 already
            13:15 error duplicate-vrid: vrrp_instance 'B' has virtual_router_id 7 on eth0, as has 'A' at /etc/keepalived/keepalived.conf:1:1
            16:21 warning duplicate-address: 10.0.0.1 belongs to vrrp_instance 'A' as well
            """, listing);
    }

    [Fact]
    public void Addresses_beyond_what_an_advertisement_holds_are_moved_out_of_it()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 300).Select(i => $"10.0.{i / 250}.{(i % 250) + 1}"));

        var result = Reading.Read(Text("", lines));

        var instance = Assert.Single(result.Config.VrrpInstances);
        Assert.Equal((255, 45), (instance.Addresses.Count, instance.ExcludedAddresses.Count));
        Assert.Equal("10.0.1.6", instance.ExcludedAddresses[0].Address.ToString());
        Assert.Equal(("limit", Severity.Warning, 259),
            (Assert.Single(result.Diagnostics).Code, result.Diagnostics[0].Severity, result.Diagnostics[0].Line));
    }

    private static VrrpInstanceConfig Clean(string lines) => Assert.Single(Reading.Clean(Text(lines, "10.0.0.1")).VrrpInstances);

    /// <summary>An instance whose addresses begin in line 4 and whose other lines in line 6, if the addresses are one line.</summary>
    private static string Text(string lines, string addresses) =>
        $"vrrp_instance A {{\ninterface eth0\nvirtual_router_id 7\nvirtual_ipaddress {{ {addresses}\n}}\n{lines}\n}}\n".Replace("\n\n}",
            "\n}", StringComparison.Ordinal);
}
