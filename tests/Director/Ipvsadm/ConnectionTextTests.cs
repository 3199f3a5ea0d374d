using System.Text.Json;
using Director.Admin;
using Director.Datapath.Stats;
using Director.Ipvsadm;
using Director.Tests.Admin;

namespace Director.Tests.Ipvsadm;

/// <summary>What ipvsadm 1.31 printed on Linux 6.1, and the way there: an entry, the answer's JSON, its reader, a line.</summary>
public sealed class ConnectionTextTests
{
    [Theory]
    [InlineData("TCP 00:59  SYN_RECV    10.0.0.2:1005      10.0.0.100:80      10.0.0.12:80\n",
        "tcp:10.0.0.100:80", "10.0.0.2:1005", "10.0.0.12:80", "SYN_RECV", 59.9)]
    [InlineData("TCP 00:04  ASSURED     10.0.0.0:0         10.0.0.100:110     10.0.0.13:110\n",
        "tcp:10.0.0.100:110", "10.0.0.0:0", "10.0.0.13:110", "ASSURED", 4.0)]
    [InlineData("TCP 00:57  SYN_RECV    [fd00::2]:1298     [fd00::100]:80     [fd00::11]:80\n",
        "tcp:[fd00::100]:80", "[fd00::2]:1298", "[fd00::11]:80", "SYN_RECV", 57.5)]
    [InlineData("UDP 05:00  UDP         10.0.0.2:53        10.0.0.100:53      10.0.0.12:53\n",
        "udp:10.0.0.100:53", "10.0.0.2:53", "10.0.0.12:53", "UDP", 300.0)]
    [InlineData("TCP 120:00 ESTABLISHED 255.255.255.255:65535 255.255.255.255:65535 10.0.0.12:80\n",
        "tcp:255.255.255.255:65535", "255.255.255.255:65535", "10.0.0.12:80", "ESTABLISHED", 7200.0)]
    public void A_line_keeps_the_columns(string expected, string service, string client, string server, string state, double expires)
    {
        var entry = ConnectionFilterTests.Connection(service, client, server) with
        {
            StateName = state, Expires = TimeSpan.FromSeconds(expires),
        };

        Assert.Equal(expected, ConnectionText.Row(Read(entry)));
    }

    [Fact]
    public void The_answer_is_read_as_it_was_written()
    {
        var entry = ConnectionFilterTests.Connection("tcp:10.0.0.100:80", "10.0.0.2:1005", "10.0.0.12:80") with { IsTemplate = true };

        Assert.Equal(new("TCP", "10.0.0.2:1005", "10.0.0.100:80", "10.0.0.12:80", "SYN_RECV", 59, true), Read(entry));
    }

    [Fact]
    public void The_columns_have_names() => Assert.Equal(
        "pro expire state       source             virtual            destination\n", ConnectionText.Title);

    [Fact]
    public void An_ipv4_line_of_the_answer_leaves_nothing_to_the_collector()
    {
        var entry = ConnectionFilterTests.Connection("tcp:10.0.0.100:80", "10.0.0.2:1005", "10.0.0.12:80");
        using var stream = new MemoryStream(1 << 20);
        using var json = new Utf8JsonWriter(stream);
        for (var i = 0; i < 100; i++) ConnectionsAnswer.Write(json, entry);
        stream.Position = 0;

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) ConnectionsAnswer.Write(json, entry);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ConnectionStatus Read(ConnectionEntry entry)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) ConnectionsAnswer.Write(json, entry);
        return JsonSerializer.Deserialize(stream.ToArray(), StatusJson.Default.ConnectionStatus)!;
    }
}
