using Director.Config;
using Director.Net;

namespace Director.Tests.Config;

public sealed class VirtualServerGroupTests
{
    [Theory]
    [InlineData("10.0.0.1 80", "[10.0.0.1]:80")]
    [InlineData("10.0.0.1 80\n10.0.0.1 443\n10.0.0.9 80", "[10.0.0.1]:80 [10.0.0.1]:443 [10.0.0.9]:80")]
    [InlineData("10.0.0.254-255 80", "[10.0.0.254]:80 [10.0.0.255]:80")]
    [InlineData("10.0.0.255-10.0.1.1 80", "[10.0.0.255]:80 [10.0.1.0]:80 [10.0.1.1]:80")]
    [InlineData("10.0.0.4/31 80", "[10.0.0.4]:80 [10.0.0.5]:80")]
    [InlineData("2001:db8::f-11 80", "[2001:db8::f]:80 [2001:db8::10]:80 [2001:db8::11]:80")]
    [InlineData("2001:db8::4/127 80", "[2001:db8::4]:80 [2001:db8::5]:80")]
    public void Every_address_and_port_of_a_group_is_served(string lines, string expected)
    {
        var result = Reading.Read(Text(lines, lines.Contains("2001", StringComparison.Ordinal) ? "2001:db8:1::2" : "10.1.0.2"));

        Assert.Equal("", Reading.Listing(result));
        var service = Assert.Single(result.Config.VirtualServers);
        Assert.All(service.Keys, key => Assert.Equal(IpProtocol.Tcp, key.Protocol));
        Assert.Equal(expected, string.Join(' ', service.Keys.Select(key => key.Virtual)));
        Assert.Equal(service.Key, service.Keys.First());
    }

    [Fact]
    public void Its_servers_are_checked_at_the_port_that_they_have_or_the_first_of_the_group()
    {
        var text = Text("10.0.0.1 80\n10.0.0.1 443", "10.1.0.2", "8080").Replace("\n}\n}\n", "\nTCP_CHECK {\n}\n}\n"
            + "real_server 10.1.0.3 {\nTCP_CHECK {\n}\n}\n}\n", StringComparison.Ordinal);
        var servers = Assert.Single(Reading.Read(text).Config.VirtualServers).RealServers;

        Assert.Equal(["[10.1.0.2]:8080", "[10.1.0.3]:80"], servers.Select(server =>
            ((TcpCheckConfig)server.Checks[0]).Connection.Target.ToString()));
        Assert.All(servers, server => Assert.Equal(80, server.Endpoint.Port));
    }

    [Fact]
    public void With_nat_its_servers_have_their_own_port_or_the_one_that_the_client_asked_for()
    {
        var text = Text("10.0.0.1 80\n10.0.0.1 443", "10.1.0.2", "8080")
            .Replace("lb_kind DR", "lb_kind NAT", StringComparison.Ordinal)
            .Replace("\n}\n}\n", "\n}\nreal_server 10.1.0.3 {\nTCP_CHECK {\n}\n}\n}\n", StringComparison.Ordinal);
        var servers = Assert.Single(Reading.Clean(text).VirtualServers).RealServers;

        Assert.Equal(["[10.1.0.2]:8080", "[10.1.0.3]:0"], servers.Select(server => server.Endpoint.ToString()));
        Assert.Equal("[10.1.0.3]:80", ((TcpCheckConfig)Assert.Single(servers[1].Checks)).Connection.Target.ToString());
        Assert.Equal([false, true], servers.Select(server => server.KeepsPort(443)));
    }

    [Fact]
    public void One_of_two_servers_that_would_be_the_same_for_a_port_of_the_group_is_ignored()
    {
        var text = Text("10.0.0.1 80\n10.0.0.1 443", "10.1.0.2")
            .Replace("\n}\n}\n", "\n}\nreal_server 10.1.0.2 443 {\nlvs_method NAT\n}\nreal_server 10.1.0.2 8080 {\nlvs_method NAT\n}\n}\n",
            StringComparison.Ordinal);
        var result = Reading.Read(text);

        Assert.Equal("11:1 warning duplicate-real-server: real server [10.1.0.2]:443 stands at "
            + "/etc/keepalived/keepalived.conf:9:1 already; "
            + "this one is ignored", Reading.Listing(result));
        var servers = Assert.Single(result.Config.VirtualServers).RealServers;
        Assert.Equal(["[10.1.0.2]:80", "[10.1.0.2]:8080"], servers.Select(server => server.Endpoint.ToString()));
    }

    [Theory]
    [InlineData("10.0.0 80", "2:1 error invalid-value: '10.0.0' is not an IP address, a range of them or fwmark")]
    [InlineData("10.0.0.9-300 80", "2:1 error invalid-value: '10.0.0.9-300' is not an IP address, a range of them or fwmark")]
    [InlineData("10.0.0.9-8 80", "2:1 error invalid-value: '10.0.0.9-8' ends before it begins")]
    [InlineData("10.0.0.1/24 80", "2:1 error invalid-value: '10.0.0.1/24' has bits set beyond its prefix length")]
    [InlineData("10.0.0.1 http", "2:10 error invalid-value: 'http' is not a whole number, 0 to 65535")]
    [InlineData("10.0.0.0/8 80", "2:1 error limit: with this line the group has more than 4096 addresses and ports")]
    [InlineData("10.0.0.1 80\n2001:db8::1 80", "3:1 error family-mismatch: one virtual_server_group has addresses of one family")]
    [InlineData("10.0.0.1 80\n10.0.0.1 80", "3:1 warning duplicate: [10.0.0.1]:80 is in the group already")]
    [InlineData("10.0.0.1 80\nfwmark 3",
        "3:1 warning not-supported: 'fwmark' is not supported: packets come here before netfilter could mark them, so what this line is "
            + "about is not served (write the addresses and ports that are marked so into a virtual_server_group, and have a "
            + "virtual_server of that group)")]
    public void What_is_wrong_with_a_line_is_said_once_and_where_it_is(string lines, string listing)
    {
        var result = Reading.Read(Text("10.9.9.9 80", "10.1.0.2").Replace("10.9.9.9 80", lines, StringComparison.Ordinal));

        Assert.Equal(listing, Reading.Listing(result).Split('\n')[0]);
    }

    [Fact]
    public void A_group_may_stand_behind_the_server_that_names_it()
    {
        var text = Text("10.0.0.1 80", "10.1.0.2");
        var end = text.IndexOf("}\n", StringComparison.Ordinal) + 2;

        Assert.Single(Reading.Clean(text[end..] + text[..end]).VirtualServers);
    }

    [Theory]
    [InlineData("group other {", "error unknown-name: there is no virtual_server_group 'other'")]
    [InlineData("group {", "error missing-argument: 'group' needs the name of a group")]
    public void A_group_that_is_not_there_is_named(string header, string listing)
    {
        var text = Text("10.0.0.1 80", "10.1.0.2").Replace("server group web {", "server " + header, StringComparison.Ordinal);
        var result = Reading.Read(text);

        Assert.Contains(listing, Reading.Listing(result), StringComparison.Ordinal);
        Assert.Empty(result.Config.VirtualServers);
    }

    [Fact]
    public void An_empty_group_is_not_served_and_a_second_of_the_same_name_is_an_error()
    {
        Assert.Equal("3:22 warning no-address: 'virtual_server_group web' has no address: it is not served",
            Reading.Listing(Text("", "10.1.0.2")).Replace("4:", "3:", StringComparison.Ordinal));
        Assert.Contains("a virtual_server_group 'web' stands at", Reading.Listing(
            Text("10.0.0.1 80", "10.1.0.2") + "virtual_server_group web {\n10.0.0.2 80\n}\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_and_port_belongs_to_one_virtual_server_only()
    {
        var text = Text("10.0.0.1 80\n10.0.0.2 80", "10.1.0.2")
            + "virtual_server 10.0.0.2 80 {\nlb_algo wlc\nlb_kind DR\nprotocol TCP\nreal_server 10.1.0.2 80 {\n}\n}\n";

        Assert.Contains("'virtual_server 10.0.0.2 80' stands at", Reading.Listing(text), StringComparison.Ordinal);
    }

    private static string Text(string lines, string server, string port = "") =>
        $"virtual_server_group web {{\n{lines}\n}}\n"
        + $"virtual_server group web {{\nlb_algo wlc\nlb_kind DR\nprotocol TCP\nreal_server {server} {port} {{\n}}\n}}\n";
}
