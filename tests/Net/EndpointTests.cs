using System.Text;
using Director.Net;

namespace Director.Tests.Net;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("192.0.2.1:80")]
    [InlineData("0.0.0.0:0")]
    [InlineData("[2001:db8::1]:65535")]
    public void What_is_written_is_read(string text)
    {
        Assert.True(Endpoint.TryParse(text, out var endpoint));
        Assert.Equal(text, endpoint.ToHostPort());

        Span<byte> utf8 = stackalloc byte[text.Length];
        Assert.True(endpoint.TryFormatHostPort(utf8, out var written));
        Assert.Equal(text, Encoding.UTF8.GetString(utf8[..written]));
        for (var length = 0; length < text.Length; length++) Assert.False(endpoint.TryFormatHostPort(utf8[..length], out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":80")]
    [InlineData("192.0.2.1")]
    [InlineData("192.0.2.1:")]
    [InlineData("192.0.2.1:http")]
    [InlineData("192.0.2.1:65536")]
    [InlineData("192.0.2.1:-1")]
    [InlineData("192.0.2.1: 80")]
    [InlineData("[192.0.2.1]:80")]
    [InlineData("2001:db8::1:80")]
    [InlineData("[2001:db8::1]")]
    [InlineData("[]:80")]
    public void Anything_else_is_refused(string text) => Assert.False(Endpoint.TryParse(text, out _));

    [Fact]
    public void The_order_is_by_address_then_port_as_numbers()
    {
        string[] sorted = ["10.0.0.2:443", "10.0.0.10:80", "10.0.0.10:443", "192.0.2.1:1", "[2001:db8::2]:80", "[2001:db8::10]:80"];
        var shuffled = sorted.Reverse().Select(text => Endpoint.TryParse(text, out var endpoint) ? endpoint : default);

        Assert.Equal(sorted, shuffled.Order().Select(endpoint => endpoint.ToHostPort()));
    }
}
