using System.Net;
using Director.Net;

namespace Director.Tests.Net;

public sealed class IpAddress128Tests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.80.130")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::ff:fe00:a")]
    [InlineData("2001:db8::100")]
    public void What_it_prints_it_parses(string text)
    {
        Assert.True(IpAddress128.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
        Assert.Equal(IPAddress.Parse(text), address.ToIPAddress());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.04")]
    [InlineData("1.2.3.4 ")]
    [InlineData("0x1.2.3.4")]
    [InlineData("1..2.3")]
    [InlineData("[::1]")]
    [InlineData("fe80::1%eth0")]
    [InlineData(":::")]
    public void Nothing_else_is_an_address(string text) => Assert.False(IpAddress128.TryParse(text, out _));

    [Theory]
    [InlineData("10.1.2.3", 32, "10.1.2.3")]
    [InlineData("10.1.2.3", 24, "10.1.2.0")]
    [InlineData("10.1.2.3", 9, "10.0.0.0")]
    [InlineData("10.1.2.3", 0, "0.0.0.0")]
    [InlineData("2001:db8:1:2:3::1", 64, "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2:3::1", 80, "2001:db8:1:2:3::")]
    [InlineData("2001:db8:1:2:3::1", 0, "::")]
    public void Its_network_keeps_the_family(string address, int prefixLength, string network) =>
        Assert.Equal(IpAddress128.Parse(network), IpAddress128.Parse(address).Network(prefixLength));

    [Fact]
    public void Addresses_compare_by_their_most_significant_octet_first()
    {
        Assert.True(IpAddress128.Parse("10.0.0.2") > IpAddress128.Parse("10.0.0.1"));
        Assert.True(IpAddress128.Parse("192.0.2.1") > IpAddress128.Parse("10.255.255.255"));
        Assert.True(IpAddress128.Parse("2001:db8::2") > IpAddress128.Parse("2001:db8::1"));
    }

    [Fact]
    public void It_reads_and_writes_its_own_familys_bytes()
    {
        Span<byte> wire = stackalloc byte[16];
        var address = IpAddress128.Parse("192.0.2.1");
        address.WriteTo(wire);
        Assert.Equal([192, 0, 2, 1], wire[..4].ToArray());
        Assert.Equal(address, IpAddress128.ReadV4(wire));
        address.WriteMappedTo(wire);
        Assert.Equal(address, IpAddress128.ReadV6(wire));
    }
}
