using Director.Config;

namespace Director.Tests.Config;

/// <summary><c>sorry_server</c> and what decides when it serves.</summary>
public sealed class SorryServerTests
{
    [Fact]
    public void A_sorry_server_has_weight_one_the_service_s_method_and_no_checks()
    {
        var service = Clean("sorry_server 10.0.0.9 80\nquorum 1\nhysteresis 0\nweight 7\n");

        var sorry = Assert.IsType<RealServerConfig>(service.SorryServer);
        Assert.Equal(("[10.0.0.9]:80", 1, false, ForwardingMethodConfig.DirectRouting, 5),
            (sorry.Endpoint.ToString(), sorry.Weight, sorry.InhibitOnFailure, sorry.Method, sorry.Location.Line));
        Assert.Empty(sorry.Checks);
        Assert.Equal((1, 0), (service.Quorum, service.Hysteresis));
        Assert.Equal(["[10.0.0.2]:80", "[10.0.0.3]:80", "[10.0.0.9]:80"], service.AllServers.Select(server => server.Endpoint.ToString()));
    }

    [Fact]
    public void Without_the_keywords_the_quorum_is_one_and_there_is_no_sorry_server()
    {
        var service = Clean("");

        Assert.Null(service.SorryServer);
        Assert.Equal((1, 0), (service.Quorum, service.Hysteresis));
        Assert.Equal(service.RealServers, service.AllServers);
    }

    [Theory]
    [InlineData("sorry_server 10.0.0.9 80\nsorry_server_inhibit\nsorry_server_lvs_method NAT\n")]
    [InlineData("sorry_server_lvs_method NAT\nsorry_server_inhibit\nsorry_server 10.0.0.9 80\n")]
    public void What_is_said_of_it_may_stand_before_or_after_it(string lines)
    {
        var sorry = Clean(lines).SorryServer!;

        Assert.Equal((true, ForwardingMethodConfig.Nat), (sorry.InhibitOnFailure, sorry.Method));
    }

    [Theory]
    [InlineData("sorry_server 10.0.0.9\n", "[10.0.0.9]:80")]
    [InlineData("sorry_server 10.0.0.9 0\n", "[10.0.0.9]:80")]
    [InlineData("sorry_server 10.0.0.9 8080\nsorry_server_lvs_method NAT\n", "[10.0.0.9]:8080")]
    [InlineData("sorry_server 10.0.0.9\nsorry_server_lvs_method NAT\n", "[10.0.0.9]:0")]
    [InlineData("sorry_server fd00::9 80\nsorry_server_lvs_method TUN type ipip\n", "[fd00::9]:80")]
    [InlineData("sorry_server 127.0.0.1 80\n", "[127.0.0.1]:80")]
    public void Its_port_is_the_service_s_unless_it_is_masqueraded(string lines, string endpoint) =>
        Assert.Equal(endpoint, Clean(lines).SorryServer!.Endpoint.ToString());

    [Theory]
    [InlineData("sorry_server\n", "5:1 error missing-argument: 'sorry_server' needs an IP address", false)]
    [InlineData("sorry_server sorry 80\n", "5:14 error invalid-value: 'sorry' is not an IP address", false)]
    [InlineData("sorry_server 10.0.0.9 http\n", "5:23 error invalid-value: 'http' is not a whole number, 0 to 65535", false)]
    [InlineData("sorry_server fd00::9 80\n",
        "5:14 warning family-mismatch: fd00::9 is not of the family of 10.0.0.1: the sorry server is not used", false)]
    [InlineData("sorry_server 10.0.0.9 81\n",
        "5:23 warning port-ignored: direct routing cannot change the port: port 80 of the virtual server is used", true)]
    [InlineData("sorry_server 10.0.0.9 80\nsorry_server_lvs_method TUN type gue port 6080\n",
        "6:34 warning not-supported: 'sorry_server_lvs_method gue' is not supported yet: the sorry server is not used", false)]
    [InlineData("sorry_server_inhibit\nsorry_server_lvs_method NAT\n",
        "5:1 warning conflict: 'sorry_server_inhibit' has no effect without sorry_server\n"
        + "6:1 warning conflict: 'sorry_server_lvs_method' has no effect without sorry_server", false)]
    [InlineData("sorry_server 10.0.0.3 80\nsorry_server_inhibit\n",
        "5:14 warning conflict: this is the real server of /etc/keepalived/keepalived.conf:9:1, "
        + "whose inhibit_on_failure is the sorry server's too", true)]
    [InlineData("quorum 3\n",
        "5:8 warning quorum-unreachable: quorum 3 is above the weights of all real servers together, 2: 2 is used", false)]
    [InlineData("quorum 2\nhysteresis 2\n", "6:12 warning hysteresis-too-high: hysteresis 2 is not below quorum 2: 1 is used", false)]
    [InlineData("hysteresis 1\n", "5:12 warning hysteresis-too-high: hysteresis 1 is not below quorum 1: 0 is used", false)]
    public void What_is_wrong_with_it_is_said_once_and_where_it_is(string lines, string listing, bool isUsed)
    {
        var result = Reading.Read(Text(lines));

        Assert.Equal(listing, Reading.Listing(result));
        Assert.Equal(isUsed, Assert.Single(result.Config.VirtualServers).SorryServer is not null);
    }

    [Fact]
    public void A_quorum_that_cannot_be_reached_is_cut_and_the_hysteresis_with_it()
    {
        var result = Reading.Read(Text("quorum 9\nhysteresis 4\n"));

        var service = Assert.Single(result.Config.VirtualServers);
        Assert.Equal((2, 1), (service.Quorum, service.Hysteresis));
        Assert.Equal(2, result.Diagnostics.Count);
    }

    [Fact]
    public void Without_any_weight_the_quorum_is_one()
    {
        var result = Reading.Read(Text("quorum 2\nhysteresis 1\n").Replace("80 {\n}", "80 {\nweight 0\n}", StringComparison.Ordinal));

        var service = Assert.Single(result.Config.VirtualServers);
        Assert.Equal((1, 0), (service.Quorum, service.Hysteresis));
    }

    [Fact]
    public void A_sorry_server_that_is_a_real_one_for_one_port_of_a_group_only_is_an_error()
    {
        var text = "virtual_server_group web {\n10.0.0.1 80\n10.0.0.1 443\n}\n" + Text("sorry_server 10.0.0.9 80\n")
            .Replace("virtual_server 10.0.0.1 80", "virtual_server group web", StringComparison.Ordinal)
            .Replace("real_server 10.0.0.3 80 {\n", "real_server 10.0.0.9 443 {\nlvs_method NAT\n", StringComparison.Ordinal);

        Assert.Equal("9:14 error duplicate: for one port of the group this is the real server of /etc/keepalived/keepalived.conf:12:1\n"
            + "9:23 warning port-ignored: direct routing cannot change the port: the port that the client asked for is used\n"
            + "10:22 warning port-ignored: direct routing cannot change the port: the port that the client asked for is used",
            Reading.Listing(text));
    }

    private static VirtualServerConfig Clean(string lines) => Assert.Single(Reading.Clean(Text(lines)).VirtualServers);

    private static string Text(string lines) => "virtual_server 10.0.0.1 80 {\nlb_algo wlc\nlb_kind DR\nprotocol TCP\n" + lines
        + "real_server 10.0.0.2 80 {\n}\nreal_server 10.0.0.3 80 {\n}\n}\n";
}
