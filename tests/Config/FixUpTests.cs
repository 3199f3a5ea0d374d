using Director.Config;
using Director.Net;

namespace Director.Tests.Config;

/// <summary>
/// What keepalived's validation changes in virtual servers and real servers (keepalived/check/check_data.c, check_parser.c), without saying
/// where: the same here, with a place for each.
/// </summary>
public sealed class FixUpTests
{
    [Theory]
    // No protocol, scheduler or forwarding method.
    [InlineData("lb_algo rr\nlb_kind DR", "", "10.0.0.2 80", "1:1 warning missing-keyword: 'virtual_server 10.0.0.1 80' has no 'protocol'")]
    [InlineData("lb_kind DR\nprotocol TCP", "", "10.0.0.2 80",
        "1:1 warning missing-keyword: 'virtual_server 10.0.0.1 80' has no 'lb_algo'")]
    [InlineData("lb_algo rr\nprotocol TCP", "", "10.0.0.2 80",
        "1:1 warning missing-keyword: 'virtual_server 10.0.0.1 80' has no 'lb_kind'")]
    // One packet scheduling is for UDP.
    [InlineData("lb_algo rr\nlb_kind DR\nprotocol TCP\nops", "", "10.0.0.2 80", "1:1 warning ops-without-udp: ops is for UDP")]
    // Neither direct routing nor a tunnel changes the port.
    [InlineData(Tcp + "lb_kind DR", "", "10.0.0.2 8080", "5:22 warning port-ignored: direct routing cannot change the port: port 80 ")]
    [InlineData(Tcp + "lb_kind TUN", "", "10.0.0.2 8080", "5:22 warning port-ignored: a tunnel cannot change the port: port 80 of")]
    // A server twice; a server, and a sorry server, of the other family.
    [InlineData(Tcp + "lb_kind DR\nreal_server 10.0.0.2 80 {\n}", "", "10.0.0.2 80", "7:1 warning duplicate-real-server: real server")]
    [InlineData(Tcp + "lb_kind DR\nreal_server fd00::2 80 {\n}", "", "10.0.0.2 80", "5:13 warning family-mismatch: fd00::2 ")]
    [InlineData(Tcp + "lb_kind DR\nsorry_server fd00::2 80", "", "10.0.0.2 80", "5:14 warning family-mismatch: fd00::2 ")]
    // Quorum and hysteresis that cannot be.
    [InlineData(Tcp + "lb_kind DR\nquorum 9", "weight 3", "10.0.0.2 80", "5:8 warning quorum-unreachable: quorum 9 is above the weights")]
    [InlineData(Tcp + "lb_kind DR\nhysteresis 1", "", "10.0.0.2 80",
        "5:12 warning hysteresis-too-high: hysteresis 1 is not below quorum 1: 0 is used")]
    public void What_is_changed_is_said_at_its_place(string lines, string serverLines, string server, string said)
    {
        var result = Reading.Read($"virtual_server 10.0.0.1 80 {{\n{lines}\nreal_server {server} {{\n{serverLines}\n}}\n}}\n");

        Assert.Single(result.Config.VirtualServers);
        Assert.False(result.HasErrors);
        Assert.Single(Reading.Listing(result).Split('\n'), line => line.StartsWith(said, StringComparison.Ordinal));
    }

    [Fact]
    public void And_is_what_keepalived_makes_of_it()
    {
        var bare = Served("virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 {\n}\n}\n");
        var everyPort = Served("virtual_server 10.0.0.1 0 {\nprotocol TCP\nreal_server 10.0.0.2 {\n}\n}\n");
        var direct = Served($"virtual_server 10.0.0.1 80 {{\n{Tcp}lb_kind DR\nops\nreal_server 10.0.0.2 8080 {{\n}}\n}}\n");
        var drained = Served(
            $"virtual_server 10.0.0.1 80 {{\n{Tcp}quorum 2\nhysteresis 1\nreal_server 10.0.0.2 80 {{\nweight 0\n}}\n}}\n");

        Assert.Equal((IpProtocol.Udp, "wlc", ForwardingMethodConfig.Nat), (bare.Key.Protocol, bare.Scheduler, bare.RealServers[0].Method));
        Assert.Equal(80, bare.RealServers[0].Endpoint.Port);
        Assert.Equal(TimeSpan.FromSeconds(360), everyPort.PersistenceTimeout);
        Assert.Equal(80, direct.RealServers[0].Endpoint.Port);
        Assert.False(direct.IsOnePacket);
        // keepalived's hysteresis becomes 4294967295 here, and the quorum is never gained.
        Assert.Equal((1, 0), (drained.Quorum, drained.Hysteresis));
    }

    [Theory]
    [InlineData("virtual_server 10.0.0.1 80 {\nlb_algo rr\nlb_kind DR\nprotocol TCP\n}\n", "1:1 warning no-real-server: ")]
    [InlineData("virtual_server group G {\nlb_algo rr\nlb_kind DR\nprotocol TCP\nreal_server 10.0.0.2 80 {\n}\n}\n",
        "1:22 error unknown-name: ")]
    public void A_service_that_cannot_be_is_left_out_and_that_is_said(string text, string said)
    {
        var result = Reading.Read(text);

        Assert.Empty(result.Config.VirtualServers);
        Assert.StartsWith(said, Reading.Listing(result), StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_group_a_port_that_cannot_be_is_complained_about_too() => Assert.Equal(
        "8:22 warning port-ignored: direct routing cannot change the port: the port that the client asked for is used",
        Reading.Listing("virtual_server_group G {\n10.0.0.1 80\n10.0.0.1 443\n}\nvirtual_server group G {\n" + Tcp
            + "real_server 10.0.0.2 80 {\n}\nlb_kind DR\n}\n"));

    [Theory]
    [InlineData("inet", "")]
    [InlineData("inet6", "2:1 warning conflict: the family is that of 10.0.0.1: ip_family has no effect")]
    public void The_family_is_that_of_the_address(string family, string said) => Assert.Equal(said, Reading.Listing(
        $"virtual_server 10.0.0.1 80 {{\nip_family {family}\n{Tcp}lb_kind DR\nreal_server 10.0.0.2 80 {{\n}}\n}}\n"));

    private const string Tcp = "lb_algo rr\nprotocol TCP\n";

    private static VirtualServerConfig Served(string text) => Assert.Single(Reading.Read(text).Config.VirtualServers);
}
