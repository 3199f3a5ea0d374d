using System.IO.Pipelines;
using System.Text;
using Director.Admin;
using Director.Datapath.Stats;

namespace Director.Tests.Admin;

public sealed class ConnectionsAnswerTests
{
    private const string First =
        """{"protocol":"TCP","client":"10.0.0.2:1","virtual":"10.0.0.100:80","server":"10.0.0.11:80","state":"SYN_RECV",""" +
        "\"expiresSeconds\":59,\"template\":false,\"offloaded\":true}";

    private const string Second =
        """{"protocol":"UDP","client":"[fd00::2]:2","virtual":"[fd00::100]:53","server":"[fd00::11]:53","state":"SYN_RECV",""" +
        "\"expiresSeconds\":59,\"template\":false,\"offloaded\":false}";

    private static readonly ConnectionEntry[] Entries =
    [
        ConnectionFilterTests.Connection("tcp:10.0.0.100:80", "10.0.0.2:1", "10.0.0.11:80") with { IsOffloaded = true },
        ConnectionFilterTests.Connection("udp:[fd00::100]:53", "[fd00::2]:2", "[fd00::11]:53"),
    ];

    [Fact]
    public async Task Entries_stand_a_line_each_in_one_array_however_they_come()
    {
        Assert.Equal("[\n]\n", await WriteAsync(new()));
        Assert.Equal($"[\n{First}\n]\n", await WriteAsync(new(), Entries[..1]));
        Assert.Equal($"[\n{First},\n{Second}\n]\n", await WriteAsync(new(), Entries));
        Assert.Equal($"[\n{First},\n{Second}\n]\n", await WriteAsync(new(), Entries[..1], Entries[1..]));
    }

    [Fact]
    public async Task Only_what_is_wanted_counts_toward_the_limit()
    {
        Assert.True(ConnectionFilter.TryParse(null, null, "::/0", "1", out var filter, out _));
        Assert.Equal($"[\n{Second}\n]\n", await WriteAsync(filter, Entries, Entries));
        Assert.Equal("[\n]\n", await WriteAsync(filter with { Limit = 0 }, Entries));
    }

    private static async Task<string> WriteAsync(ConnectionFilter filter, params ConnectionEntry[][] lists)
    {
        using var stream = new MemoryStream();
        var body = PipeWriter.Create(stream);
        await ConnectionsAnswer.WriteAsync(body, lists.ToAsyncEnumerable(), filter, CancellationToken.None);
        await body.CompleteAsync();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
