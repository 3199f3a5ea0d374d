using Director.Config;
using Director.Control;
using Director.Vrrp;
using Director.Net;

namespace Director.Tests.Config;

public sealed class WireConfigTests
{
    [Fact]
    public void Defaults_are_keepalived_s_but_for_the_check_of_unicast_sources() =>
        AssertSame(new WireConfig { Version = 2, ChecksUnicastSource = true, UnicastTtl = 255 }, Clean("", "").Wire);

    [Fact]
    public void Every_setting_is_honoured()
    {
        var instance = Clean("log_unknown_vrids", """
            version 3
            unicast_src_ip 10.0.0.9
            unicast_peer {
                10.0.0.2 min_ttl 10 max_ttl 64
                10.0.0.3
            }
            check_unicast_src off
            unicast_ttl 64
            unicast_fault_no_peer
            mcast_dst_ip 224.0.0.19
            track_src_ip
            v3_checksum_as_v2
            skip_check_adv_addr
            kernel_rx_buf_size 65536
            """);
        AssertSame(
            new WireConfig
            {
                Version = 3,
                Peers = [new(Address("10.0.0.2"), 10, 64), new(Address("10.0.0.3"), 0, 255)],
                FaultsWithoutPeers = true,
                ChecksUnicastSource = false,
                UnicastTtl = 64,
                TracksSource = true,
                Group = Address("224.0.0.19"),
                Checksum = ChecksumConfig.MessageOnly,
                TrustsKnownMaster = true,
                ReceiveBuffer = new(ReceiveBufferUnit.Bytes, 65536),
                LogsUnknown = true,
            },
            instance.Wire);
        Assert.Equal(Address("10.0.0.9"), instance.Source);
    }

    [Fact]
    public void An_instance_overrides_what_is_said_for_all_and_off_is_off()
    {
        const string Globals = """
            vrrp_version 3
            vrrp_skip_check_adv_addr
            vrrp_check_unicast_src off
            v3_checksum_as_v2
            vrrp_mcast_group4 224.0.0.20
            """;
        AssertSame(
            new WireConfig
            {
                Version = 3, TrustsKnownMaster = true, ChecksUnicastSource = false, Checksum = ChecksumConfig.MessageOnly,
                Group = Address("224.0.0.20"),
            },
            Clean(Globals, "").Wire);
        AssertSame(
            new WireConfig { Version = 2, Group = Address("224.0.0.21") },
            Clean(Globals, """
                version 2
                skip_check_adv_addr off
                check_unicast_src
                v3_checksum_as_v2 off
                mcast_dst_ip 224.0.0.21
                """).Wire);
        AssertSame(new WireConfig { TrustsKnownMaster = false }, Clean("vrrp_skip_check_adv_addr false", "").Wire);
    }

    [Theory]
    [InlineData("old_unicast_checksum", ChecksumConfig.OldUnicast)]
    [InlineData("old_unicast_checksum never", ChecksumConfig.PseudoHeader)]
    public void The_old_checksum_is_sent_only_if_asked_for(string line, ChecksumConfig expected) =>
        Assert.Equal(expected, Clean("", line).Wire.Checksum);

    [Theory]
    [InlineData("", "", 3)]
    [InlineData("vrrp_version 2", "", 3)]
    [InlineData("vrrp_version 2", "version 2", 2)]
    public void Over_ipv6_the_version_is_3_unless_the_instance_says_otherwise(string globals, string lines, int expected)
    {
        var instance = Clean(globals + "\nvrrp_mcast_group6 ff02::13\nvrrp_mcast_group4 224.0.0.19", lines, "fe80::1\n2001:db8::1/64");
        Assert.True(instance.IsV6);
        Assert.Equal((expected, Address("ff02::13")), (instance.Wire.Version, instance.Wire.Group!.Value));
        Assert.Equal([128, 64], instance.Addresses.Select(address => (int)address.PrefixLength));
    }

    [Theory]
    [InlineData("advert_int 0.1", 100)]
    [InlineData("advert_int 0.01", 10)]
    [InlineData("advert_int 40.95", 40950)]
    [InlineData("", 1000)]
    public void Version_3_advertises_at_centiseconds(string line, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Clean("", "version 3\n" + line).AdvertInterval);

    [Theory]
    [InlineData("version 3\nadvert_int 0.014",
        "7:12 warning advert-interval-rounded: VRRP version 3 advertises at whole centiseconds: 0.01 s is used")]
    [InlineData("version 3\nadvert_int 0.015",
        "7:12 warning advert-interval-rounded: VRRP version 3 advertises at whole centiseconds: 0.02 s is used")]
    [InlineData("version 3\nadvert_int 41",
        "7:12 warning advert-interval-rounded: VRRP version 3 advertises at least every 40.95 s: 40.95 s is used")]
    [InlineData("version 4", "6:9 error invalid-value: '4' is outside the range 2 to 3")]
    [InlineData("version 3\nauthentication {\nauth_type PASS\nauth_pass x\n}",
        "9:11 warning authentication-ignored: 'authentication' has no effect: only VRRP version 2 over IPv4 has it")]
    [InlineData("unicast_peer {\n}",
        "6:1 warning unicast-without-peer: without a peer in unicast_peer adverts go by multicast "
        + "(name the peers, or write unicast_fault_no_peer)")]
    [InlineData("unicast_src_ip 10.0.0.9",
        "6:1 warning unicast-without-peer: without a peer in unicast_peer adverts go by multicast "
        + "(name the peers, or write unicast_fault_no_peer)")]
    [InlineData("unicast_peer {\n10.0.0.2\n10.0.0.2\n}",
        "8:1 warning duplicate: 10.0.0.2 is a peer already; this line is ignored")]
    [InlineData("unicast_peer {\nfe80::2\n10.0.0.2\n}", "7:1 error family-mismatch: fe80::2 is not of the family of the virtual addresses")]
    [InlineData("unicast_peer {\n224.0.0.18\n10.0.0.2\n}",
        "7:1 error invalid-value: 224.0.0.18 is no address that a peer could have")]
    [InlineData("unicast_peer {\n10.0.0.2 min_tl 3\n10.0.0.3\n}",
        "7:10 error invalid-value: 'min_tl' means nothing after a peer (did you mean 'min_ttl'?)")]
    [InlineData("unicast_peer {\n10.0.0.2 min_ttl 256\n10.0.0.3\n}", "7:18 error invalid-value: '256' is outside the range 0 to 255")]
    [InlineData("unicast_peer {\n10.0.0.2 min_ttl 9 max_ttl 8\n10.0.0.3\n}",
        "7:1 error conflict: no TTL is at least 9 and at most 8")]
    [InlineData("unicast_ttl 256\nunicast_fault_no_peer", "6:13 error invalid-value: '256' is outside the range 0 to 255")]
    [InlineData("mcast_src_ip fe80::1", "6:14 error family-mismatch: fe80::1 is not of the family of the virtual addresses")]
    [InlineData("mcast_src_ip 224.0.0.1", "6:14 error invalid-value: 224.0.0.1 is no address to send from")]
    [InlineData("mcast_dst_ip 10.0.0.1",
        "6:14 error invalid-value: 10.0.0.1 is not a multicast address, of IPv6 one of the link, ff02::/16")]
    [InlineData("mcast_dst_ip ff05::12",
        "6:14 error invalid-value: ff05::12 is not a multicast address, of IPv6 one of the link, ff02::/16")]
    [InlineData("mcast_dst_ip ff02::12", "6:14 error family-mismatch: ff02::12 is not of the family of the virtual addresses")]
    [InlineData("old_unicast_checksum always", "6:22 error invalid-value: 'always' is not never")]
    [InlineData("strict_mode\nunicast_peer {\n10.0.0.2\n}",
        "7:1 warning strict-conflict: in strict mode unicast_peer is not of VRRP: the instance is not run "
        + "(remove vrrp_strict or strict_mode, or this)")]
    public void What_is_wrong_is_said_once_and_where_it_is(string lines, string listing) =>
        Assert.Equal(listing, Reading.Listing(Text(lines, "10.0.0.1")));

    [Theory]
    [InlineData("vrrp_mcast_group4 ff02::12", "2:19 error invalid-value: ff02::12 is not an IPv4 multicast address")]
    [InlineData("vrrp_mcast_group6 ff0e::12", "2:19 error invalid-value: ff0e::12 is not an IPv6 multicast address of the link, ff02::/16")]
    [InlineData("vrrp_version 1", "2:14 error invalid-value: '1' is outside the range 2 to 3")]
    public void What_is_wrong_for_all_is_said_where_it_is(string line, string listing) =>
        Assert.Equal(listing, Reading.Listing($"global_defs {{\n{line}\n}}\n"));

    [Fact]
    public void Strict_mode_has_no_version_2_over_ipv6()
    {
        var result = Reading.Read(Text("strict_mode\nversion 2", "fe80::1"));
        Assert.Empty(result.Config.VrrpInstances);
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Message.Contains("IPv6 needs version 3", StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_89_ipv6_addresses_do_not_fit_into_an_advertisement_on_ethernet_which_is_said()
    {
        var lines = string.Join('\n', Enumerable.Range(1, 90).Select(i => $"2001:db8::{i:x}"));
        var result = Reading.Read(Text("", lines));
        Assert.Equal(90, Assert.Single(result.Config.VrrpInstances).Addresses.Count);
        var said = Assert.Single(result.Diagnostics);
        Assert.Equal(("limit", Severity.Hint), (said.Code, said.Severity));
        Assert.Contains("room for 89 IPv6 addresses", said.Message, StringComparison.Ordinal);
        Assert.Empty(Reading.Read(Text("", lines[..lines.LastIndexOf('\n')])).Diagnostics);
    }

    [Fact]
    public void No_more_than_255_are_advertised()
    {
        var lines = string.Join('\n', Enumerable.Range(1, 260).Select(i => $"2001:db8::{i:x}"));
        var result = Reading.Read(Text("", lines));
        var instance = Assert.Single(result.Config.VrrpInstances);
        Assert.Equal((255, 5), (instance.Addresses.Count, instance.ExcludedAddresses.Count));
    }

    [Theory]
    [InlineData("", "", ReceiveBufferUnit.Bytes, 0)]
    [InlineData("vrrp_rx_bufs_policy 4000", "", ReceiveBufferUnit.Bytes, 4000)]
    [InlineData("vrrp_rx_bufs_policy MTU", "", ReceiveBufferUnit.Mtus, 3)]
    [InlineData("vrrp_rx_bufs_policy ADVERT\nvrrp_rx_bufs_multiplier 7", "", ReceiveBufferUnit.Adverts, 7)]
    [InlineData("vrrp_rx_bufs_policy ADVERT", "kernel_rx_buf_size 9000", ReceiveBufferUnit.Bytes, 9000)]
    [InlineData("vrrp_rx_bufs_multiplier 7", "", ReceiveBufferUnit.Bytes, 0)]
    public void A_receive_buffer_is_the_instance_s_or_as_the_global_policy_has_it(
        string global, string own, ReceiveBufferUnit unit, int count)
    {
        var config = Reading.Clean($"global_defs {{\n{global}\n}}\n" + Text(own, "10.0.0.1"));
        Assert.Equal(new ReceiveBufferConfig(unit, count), Assert.Single(config.VrrpInstances).Wire.ReceiveBuffer);
        var settings = Assert.Single(VrrpSettings.From(config));
        // An advert of one address in version 2: 20 bytes of IP, 8 of header, 4, and 8 of authentication.
        Assert.Equal(unit switch
        {
            ReceiveBufferUnit.Mtus => new(0, count),
            ReceiveBufferUnit.Adverts => new(count * 40),
            _ => new ReceiveBufferPolicy(count),
        }, settings.ReceiveBuffer);
    }

    [Theory]
    [InlineData("vrrp_rx_bufs_policy", "2:1 error missing-argument")]
    [InlineData("vrrp_rx_bufs_policy lots", "'lots' is not a whole number")]
    [InlineData("vrrp_rx_bufs_multiplier 0", "outside the range 1 to 65535")]
    public void A_receive_buffer_that_cannot_be_is_located(string line, string message) =>
        Assert.Contains(message, Reading.Listing($"global_defs {{\n{line}\n}}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("no_virtual_ipaddress", false)]
    [InlineData("no_virtual_ipaddress\nversion 3", false)]
    [InlineData("no_virtual_ipaddress\nnative_ipv6\nversion 3", true)]
    [InlineData("no_virtual_ipaddress\nunicast_src_ip 2001:db8::1\nunicast_peer {\n2001:db8::2\n}", true)]
    [InlineData("no_virtual_ipaddress\nvirtual_ipaddress_excluded {\n10.0.0.1\n}", false)]
    public void An_instance_may_have_no_addresses_if_it_says_so(string lines, bool isV6)
    {
        var instance = Assert.Single(Reading.Clean(WithoutAddresses(lines)).VrrpInstances);
        Assert.Equal((true, isV6, 0), (instance.AllowsNoAddresses, instance.IsV6, instance.Addresses.Count));
        Assert.Null(Assert.Single(VrrpSettings.From(Reading.Clean(WithoutAddresses(lines)))).Problem());
    }

    [Fact]
    public void But_not_in_strict_mode()
    {
        var result = Reading.Read(WithoutAddresses("no_virtual_ipaddress\nstrict_mode"));
        Assert.Empty(result.Config.VrrpInstances);
        Assert.Contains(result.Diagnostics, said => said.Message == "'no_virtual_ipaddress' has no effect in strict mode");
    }

    private static string WithoutAddresses(string lines) => $"vrrp_instance A {{\ninterface e0\nvirtual_router_id 5\n{lines}\n}}\n";

    [Fact]
    public void One_number_serves_each_family_group_and_unicast_of_an_interface_once()
    {
        string[] all =
        [
            Text("", "10.0.0.1"), Text("", "fe80::1"), Text("mcast_dst_ip 224.0.0.19", "10.0.0.2"),
            Text("unicast_peer {\n10.0.0.9\n}", "10.0.0.3"),
        ];
        var text = string.Concat(all.Select((instance, i) => instance.Replace(" A ", $" I{i} ", StringComparison.Ordinal)));
        Assert.Equal(4, Reading.Clean(text).VrrpInstances.Count);
        var twice = text + all[3].Replace(" A ", " B ", StringComparison.Ordinal).Replace("10.0.0.3", "10.0.0.4", StringComparison.Ordinal);
        Assert.Contains("has virtual_router_id 7 on eth0", Reading.Listing(twice), StringComparison.Ordinal);
    }

    private static void AssertSame(WireConfig expected, WireConfig actual)
    {
        Assert.Equal(expected.Peers, actual.Peers);
        Assert.Equal(expected with { Peers = [] }, actual with { Peers = [] });
    }

    private static IpAddress128 Address(string text) => IpAddress128.Parse(text);

    private static VrrpInstanceConfig Clean(string globals, string lines, string addresses = "10.0.0.1") =>
        Assert.Single(Reading.Clean($"global_defs {{\n{globals}\n}}\n{Text(lines, addresses)}").VrrpInstances);

    /// <summary>An instance whose addresses begin in line 4 and whose other lines in line 6, if the addresses are one line.</summary>
    private static string Text(string lines, string addresses) =>
        $"vrrp_instance A {{\ninterface eth0\nvirtual_router_id 7\nvirtual_ipaddress {{ {addresses}\n}}\n{lines}\n}}\n".Replace("\n\n}",
            "\n}", StringComparison.Ordinal);
}
