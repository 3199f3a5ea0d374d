using System.Net;
using System.Net.Sockets;
using System.Text;
using Director.Lab.Web;
using Director.LoadScenarios;
using Director.LoadScenarios.Clients;

namespace Director.Tests.LoadTest.Clients;

/// <summary>Users and the lab's servers, on loopback.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task A_connection_is_kept_and_a_server_that_leaves_says_so_first()
    {
        using var stop = new CancellationTokenSource();
        var listener = LabWeb.Listen(new(IPAddress.Loopback, 0));
        var target = (IPEndPoint)listener.LocalEndPoint!;
        var serving = LabWeb.ServeAsync(listener, "rs1", stop.Token);
        using var connection = new HttpConnection(target, IPAddress.Parse("127.0.0.2"));

        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(Response.Ok("rs1"), await connection.GetAsync(last: false, CancellationToken.None));
            Assert.True(connection.IsUsable);
        }

        await stop.CancelAsync();
        Assert.False(serving.IsCompleted);
        Assert.Equal(Response.Ok("rs1"), await connection.GetAsync(last: false, CancellationToken.None));
        Assert.False(connection.IsUsable);
        await serving;
        using var late = new HttpConnection(target, IPAddress.Loopback);
        Assert.Equal(Response.Fail(ResponseKind.Refused), await late.GetAsync(last: true, CancellationToken.None));
    }

    [Fact]
    public async Task A_last_request_has_the_server_close()
    {
        using var stop = new CancellationTokenSource();
        var listener = LabWeb.Listen(new(IPAddress.Loopback, 0));
        var serving = LabWeb.ServeAsync(listener, "rs1", stop.Token);
        using var connection = new HttpConnection((IPEndPoint)listener.LocalEndPoint!, IPAddress.Loopback);

        Assert.Equal(Response.Ok("rs1"), await connection.GetAsync(last: true, CancellationToken.None));

        Assert.False(connection.IsUsable);
        await stop.CancelAsync();
        await serving;
    }

    [Theory]
    [InlineData("", ResponseKind.Reset)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nrs1", ResponseKind.Reset)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nrs1", ResponseKind.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", ResponseKind.Malformed)]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n", ResponseKind.Malformed)]
    internal async Task An_answer_that_is_none_or_not_whole_is_a_failure(string answer, ResponseKind kind)
    {
        using var listener = LabWeb.Listen(new(IPAddress.Loopback, 0));
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptAsync();
            await client.ReceiveAsync(new byte[1024]);
            await client.SendAsync(Encoding.ASCII.GetBytes(answer));
            client.Shutdown(SocketShutdown.Send);
        });
        using var connection = new HttpConnection((IPEndPoint)listener.LocalEndPoint!, IPAddress.Loopback);

        Assert.Equal(Response.Fail(kind), await connection.GetAsync(last: false, CancellationToken.None));
        Assert.False(connection.IsUsable);
        await serving;
    }

    [Fact]
    public async Task A_datagram_comes_back_with_the_server_s_name()
    {
        using var stop = new CancellationTokenSource();
        var socket = LabEcho.Bind(new(IPAddress.Loopback, 0));
        var target = (IPEndPoint)socket.LocalEndPoint!;
        var serving = LabEcho.ServeAsync(socket, "rs1", stop.Token);
        using var user = new EchoSocket(target, IPAddress.Parse("127.0.0.2"));

        for (var n = 0; n < 3; n++) Assert.Equal(Response.Ok("rs1"), await user.EchoAsync(CancellationToken.None));

        await stop.CancelAsync();
        await serving;
        Assert.Equal(Response.Fail(ResponseKind.Refused), await user.EchoAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_user_who_waits_when_the_run_is_stopped_gives_up()
    {
        using var stop = new CancellationTokenSource();
        using var silent = LabEcho.Bind(new(IPAddress.Loopback, 0));
        using var user = new EchoSocket((IPEndPoint)silent.LocalEndPoint!, IPAddress.Loopback);

        var waiting = user.EchoAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void The_pool_gives_what_waited_longest_and_forgets_what_cannot_be_used()
    {
        var opened = 0;
        var broken = new HashSet<MemoryStream>();
        var pool = new ConnectionPool<MemoryStream>(_ => new(++opened), stream => !broken.Contains(stream));
        var (one, two, three) = (pool.Take(0), pool.Take(1), pool.Take(2));
        broken.Add(one);
        foreach (var stream in new[] { one, two, three }) pool.Return(stream);

        Assert.Same(two, pool.Take(3));
        Assert.Same(three, pool.Take(4));
        Assert.Equal(3, opened);
        Assert.NotSame(one, pool.Take(5));
        Assert.False(one.CanRead);
    }
}
