using Director.Config;
using Director.Net;

namespace Director.Tests.Config;

/// <summary><c>bfd_instance</c> and <c>BFD_CHECK</c>.</summary>
public sealed class BfdTests
{
    [Fact]
    public void Without_more_than_a_neighbour_it_has_keepalived_s_defaults()
    {
        var session = Assert.Single(Reading.Clean("bfd_instance a {\n  neighbor_ip 10.0.0.1\n}\n").BfdInstances);

        Assert.Equal(("a", IpAddress128.Parse("10.0.0.1"), null, false, false, 0, false, 1),
            (session.Name, session.Neighbor, session.Source, session.IsPassive, session.IsMultihop, session.Weight, session.IsReversed,
                session.Location.Line));
        Assert.Equal((10d, 10d, 1000d, 5), (session.MinRx.TotalMilliseconds, session.MinTx.TotalMilliseconds,
            session.IdleTx.TotalMilliseconds, session.Multiplier));
        Assert.Equal((255, 255), (session.HopLimit, session.LowestHopLimit));
    }

    [Fact]
    public void Everything_that_is_written_counts()
    {
        var session = Assert.Single(Reading.Clean("""
            bfd_instance far {
                neighbour_ip 2001:db8::1
                source_ip 2001:db8::2
                min_rx 3.312
                min_tx 40
                idle_tx 2000.5
                multiplier 255
                passive
                hoplimit 200
                max_hops 3
                multihop
                weight -20 reverse
                vrrp
            }
            """).BfdInstances);

        Assert.Equal((IpAddress128.Parse("2001:db8::1"), IpAddress128.Parse("2001:db8::2")), (session.Neighbor, session.Source));
        Assert.Equal((3.312, 40d, 2000.5, 255), (session.MinRx.TotalMilliseconds, session.MinTx.TotalMilliseconds,
            session.IdleTx.TotalMilliseconds, session.Multiplier));
        Assert.Equal((true, true, 200, 197, -20, true),
            (session.IsPassive, session.IsMultihop, session.HopLimit, session.LowestHopLimit, session.Weight, session.IsReversed));
    }

    [Theory]
    [InlineData("10.0.0.1", "", 255, 255)]
    [InlineData("10.0.0.1", "max_hops 1", 255, 254)]
    [InlineData("10.0.0.1", "max_hops 255", 255, 0)]
    [InlineData("10.0.0.1", "max_hops -1", 255, 0)]
    [InlineData("10.0.0.1", "ttl 64", 64, 64)]
    [InlineData("2001:db8::1", "", 255, 64)]
    [InlineData("2001:db8::1", "max_hops 4", 255, 60)]
    [InlineData("2001:db8::1", "hoplimit 255", 255, 255)]
    public void Hops_are_counted_from_the_hop_limit_and_over_IPv6_from_what_keepalived_sends(
        string neighbor, string line, int sent, int lowest)
    {
        var session = Assert.Single(Reading.Clean($"bfd_instance a {{\nneighbor_ip {neighbor}\n{line}\n}}\n").BfdInstances);

        Assert.Equal((sent, lowest), (session.HopLimit, session.LowestHopLimit));
    }

    [Theory]
    [InlineData("", "1:1 error missing-keyword: 'bfd_instance a' has no 'neighbor_ip'")]
    [InlineData("neighbor_ip nobody", "2:13 error invalid-value: 'nobody' is not an IP address")]
    [InlineData("neighbor_ip fe80::1", "2:13 error invalid-value: fe80::1 is an address of one link, and which is not said")]
    [InlineData("neighbor_ip 0.0.0.0", "2:13 error invalid-value: 0.0.0.0 is nobody's address")]
    [InlineData("neighbor_ip 10.0.0.1\nsource_ip ::1", "3:11 error family-mismatch: ::1 is not of the family of 10.0.0.1")]
    [InlineData("neighbor_ip 10.0.0.1\nmin_rx 0", "3:8 error invalid-value: '0' is outside the range 1 to 4294967 milliseconds")]
    [InlineData("neighbor_ip 10.0.0.1\nmin_tx 1.0001", "3:8 error invalid-value: '1.0001' has more than three decimals")]
    [InlineData("neighbor_ip 10.0.0.1\nmin_tx 10ms", "3:8 error invalid-value: '10ms' is not a number of milliseconds, 1 to 4294967")]
    [InlineData("neighbor_ip 10.0.0.1\nidle_tx 999", "3:9 error invalid-value: '999' is outside the range 1000 to 4294967 milliseconds")]
    [InlineData("neighbor_ip 10.0.0.1\nmin_rx 20000", "3:8 warning invalid-value: min_rx 20000 is in milliseconds, and more than")]
    [InlineData("neighbor_ip 10.0.0.1\nmultiplier 0", "3:12 error invalid-value: '0' is outside the range 1 to 255")]
    [InlineData("neighbor_ip 10.0.0.1\nttl 256", "3:5 error invalid-value: '256' is outside the range 1 to 255")]
    [InlineData("neighbor_ip 10.0.0.1\nmax_hops -2", "3:10 error invalid-value: '-2' is outside the range -1 to 255")]
    [InlineData("neighbor_ip 10.0.0.1\nttl 4\nmax_hops 5", "4:10 warning conflict: max_hops 5 is more than the hop limit: 4 is used")]
    [InlineData("neighbor_ip 10.0.0.1\nmultihop", "1:1 warning missing-keyword: with multihop but without max_hops no packet may come")]
    [InlineData("neighbor_ip 10.0.0.1\nweight 254", "3:8 error invalid-value: '254' is outside the range -253 to 253")]
    [InlineData("neighbor_ip 10.0.0.1\nweight 1 backwards", "3:10 warning extra-words: 'backwards' has no effect here")]
    [InlineData("neighbor_ip 10.0.0.1\nmin_rxx 1", "3:1 warning unknown-keyword")]
    public void A_mistake_is_told_at_its_place(string lines, string expected) =>
        Assert.StartsWith(expected, Reading.Listing($"bfd_instance a {{\n{lines}\n}}\n"), StringComparison.Ordinal);

    [Fact]
    public void Names_and_neighbours_are_taken_once_and_names_are_short()
    {
        var listing = Reading.Listing($$"""
            bfd_instance a {
                neighbor_ip 10.0.0.1
            }
            bfd_instance a {
                neighbor_ip 10.0.0.2
            }
            bfd_instance b {
                neighbor_ip 10.0.0.1
            }
            bfd_instance c {
                neighbor_ip 10.0.0.1
                source_ip 10.0.0.9
            }
            bfd_instance {{new string('x', 32)}} {
                neighbor_ip 10.0.0.4
            }
            """);

        const string hint = "give each a source_ip of its own";
        Assert.Equal($"""
            4:14 error duplicate-name: a bfd_instance 'a' stands in this file already
            8:17 error duplicate: 10.0.0.1 is the neighbour of bfd_instance 'a' at {Reading.Path}:1:1 already ({hint})
            14:14 error limit: the name of a bfd_instance has at most 31 bytes
            """, listing);
    }

    [Theory]
    [InlineData("b", "", 0, false)]
    [InlineData("b weight 7", "", 7, false)]
    [InlineData("b", "weight -20 reverse", -20, true)]
    [InlineData("b weight 5 noreverse", "weight -20 reverse", 5, false)]
    public void A_virtual_router_tracks_it_with_its_own_weight_or_the_session_s(string track, string weight, int expected, bool reversed)
    {
        var instance = Assert.Single(Reading.Clean(Tracking(track, weight)).VrrpInstances);

        var tracked = Assert.Single(instance.Tracks);
        Assert.Equal((TrackedKind.Bfd, "b", expected, reversed), (tracked.Kind, tracked.Name, tracked.Weight, tracked.IsReversed));
    }

    [Fact]
    public void One_that_tells_checks_only_cannot_be_tracked() => Assert.Equal(
        "6:1 error conflict: bfd_instance 'b' says 'checker' and not 'vrrp': it tells no virtual router (add 'vrrp' there)",
        Reading.Listing(Tracking("b", "checker")));

    [Fact]
    public void No_more_than_the_limit_are_taken()
    {
        var text = string.Concat(Enumerable.Range(0, ConfigLimits.MaxBfdInstances + 1)
            .Select(i => $"bfd_instance s{i} {{\nneighbor_ip 10.0.{i / 200}.{(i % 200) + 1}\n}}\n"));

        Assert.EndsWith("error limit: this is one bfd_instance more than 256", Reading.Listing(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_names_a_session_that_may_stand_behind_it_and_inherits_alpha()
    {
        var servers = Reading.Clean(Service("alpha", "BFD_CHECK {\nname b\n}", "BFD_CHECK {\nname b\nalpha off\n}") + """
            bfd_instance b {
                neighbor_ip 10.0.0.2
                checker
            }
            """).VirtualServers[0].RealServers;

        var checks = servers.Select(server => Assert.IsType<BfdCheckConfig>(Assert.Single(server.Checks))).ToList();
        Assert.Equal(("b", true, 9), (checks[0].Session, checks[0].Timing.Alpha, checks[0].Location.Line));
        Assert.Equal(("b", false), (checks[1].Session, checks[1].Timing.Alpha));
        Assert.Equal((true, false), (servers[0].StartsDown, servers[1].StartsDown));
    }

    [Theory]
    [InlineData("BFD_CHECK {\nname bb\n}", "10:6 error unknown-name: there is no bfd_instance 'bb'")]
    [InlineData("BFD_CHECK {\n}", "9:1 error missing-keyword: 'BFD_CHECK' has no 'name'")]
    [InlineData("BFD_CHECK {\nname v\n}", "10:6 error conflict: bfd_instance 'v' says 'vrrp' and not 'checker': it tells no check")]
    [InlineData("BFD_CHECK {\nname b\n}\nBFD_CHECK {\nname b\n}", "13:6 warning duplicate: 'b' is checked at /etc/keepalived")]
    [InlineData("BFD_CHECK {\nname b\ndelay_loop 3\n}", "11:1 warning unknown-keyword")]
    public void A_check_of_nothing_is_refused(string check, string expected) => Assert.StartsWith(expected, Reading.Listing(
        Service("", check) + "bfd_instance b {\nneighbor_ip 10.0.0.2\n}\nbfd_instance v {\nneighbor_ip 10.0.0.3\nvrrp\n}\n"),
        StringComparison.Ordinal);

    private static string Tracking(string track, string line) =>
        $"vrrp_instance A {{\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {{\n10.0.0.100 }} track_bfd {{\n{track}\n}}\n}}\n"
        + $"bfd_instance b {{\nneighbor_ip 10.0.0.2\n{line}\n}}\n";

    private static string Service(string line, params string[] checks) =>
        $"virtual_server 10.0.0.1 80 {{\nlb_algo rr\nlb_kind DR\nprotocol TCP\n{line}\n\n\n"
        + string.Concat(checks.Select((check, i) => $"real_server 10.0.0.{i + 2} 80 {{\n{check}\n}}\n")) + "}\n";
}
