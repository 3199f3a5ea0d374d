using Director.Admin;
using Director.Datapath.Stats;
using Director.Net;

namespace Director.Tests.Admin;

public sealed class ConnectionFilterTests
{
    private static readonly ConnectionEntry Entry = Connection("tcp:10.0.0.100:80", "10.0.0.2:1005", "10.0.0.12:80");
    private static readonly ConnectionEntry EntryV6 = Connection("udp:[fd00::100]:53", "[fd00::2]:1005", "[fd00::12]:53");

    [Theory]
    [InlineData(true, null, null, null)]
    [InlineData(true, "tcp:10.0.0.100:80", "10.0.0.12:80", "10.0.0.2")]
    [InlineData(true, null, null, "10.0.0.0/24")]
    [InlineData(true, null, null, "10.0.0.77/24")]
    [InlineData(true, null, null, "0.0.0.0/0")]
    [InlineData(false, "udp:10.0.0.100:80", null, null)]
    [InlineData(false, "tcp:10.0.0.100:81", null, null)]
    [InlineData(false, null, "10.0.0.11:80", null)]
    [InlineData(false, null, null, "10.0.0.3")]
    [InlineData(false, null, null, "10.0.1.0/24")]
    [InlineData(false, null, null, "::/0")]
    [InlineData(false, "tcp:10.0.0.100:80", "10.0.0.12:80", "10.0.0.3")]
    public void All_that_is_given_must_fit(bool expected, string? service, string? server, string? client) =>
        Assert.Equal(expected, Read(service, server, client).Matches(Entry));

    [Theory]
    [InlineData(true, "udp:[fd00::100]:53", "[fd00::12]:53", "fd00::2")]
    [InlineData(true, null, null, "fd00::/16")]
    [InlineData(true, null, null, "::/0")]
    [InlineData(false, null, null, "fd01::/16")]
    [InlineData(false, null, null, "0.0.0.0/0")]
    public void Addresses_of_either_family_are_meant(bool expected, string? service, string? server, string? client) =>
        Assert.Equal(expected, Read(service, server, client).Matches(EntryV6));

    [Theory]
    [InlineData("10.0.0.100:80", null, null, null, "no service")]
    [InlineData("sctp:10.0.0.100:80", null, null, null, "no service")]
    [InlineData(null, "10.0.0.12", null, null, "no server")]
    [InlineData(null, null, "10.0.0.0/33", null, "no client")]
    [InlineData(null, null, "10.0.0/8", null, "no client")]
    [InlineData(null, null, "fd00::/129", null, "no client")]
    [InlineData(null, null, null, "-1", "no limit")]
    public void What_makes_no_sense_is_told(string? service, string? server, string? client, string? limit, string reason)
    {
        Assert.False(ConnectionFilter.TryParse(service, server, client, limit, out _, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, null, "")]
    [InlineData("tcp:[fd00::100]:80", "10.0.0.12:80", "10.0.0.7/24", "5",
        "?service=tcp%3A%5Bfd00%3A%3A100%5D%3A80&server=10.0.0.12%3A80&client=10.0.0.0%2F24&limit=5")]
    public void A_query_says_the_same(string? service, string? server, string? client, string? limit, string expected)
    {
        Assert.True(ConnectionFilter.TryParse(service, server, client, limit, out var filter, out _));
        Assert.Equal(expected, filter.ToQuery());
    }

    internal static ConnectionEntry Connection(string service, string client, string server)
    {
        Assert.True(ServiceName.TryParse(service, out var key));
        Assert.True(Endpoint.TryParse(client, out var from));
        Assert.True(Endpoint.TryParse(server, out var to));
        return new(key, from, key.Virtual, to, "SYN_RECV", false, TimeSpan.FromSeconds(59.9));
    }

    private static ConnectionFilter Read(string? service, string? server, string? client)
    {
        Assert.True(ConnectionFilter.TryParse(service, server, client, null, out var filter, out var problem), problem);
        return filter;
    }
}
