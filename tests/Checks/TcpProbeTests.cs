using System.Net;
using System.Net.Sockets;
using Director.Checks.Probes;
using Director.Net;
using Microsoft.Extensions.Time.Testing;

namespace Director.Tests.Checks;

public sealed class TcpProbeTests
{
    private static readonly IpAddress128 Loopback = IpAddress128.Parse("127.0.0.1");
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_listener_is_a_success_and_sees_an_orderly_end(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        var accepting = listener.AcceptSocketAsync();
        Assert.Equal(ProbeResult.Success, await Run(new(new(IpAddress128.Parse(address), Port(listener.Server)), Long)));
        using var accepted = await accepting;
        // A reset would throw here; a FIN reads as the end.
        Assert.Equal(0, await accepted.ReceiveAsync(new byte[1]));
    }

    [Fact]
    public async Task A_closed_port_is_a_failure()
    {
        // Bound without listening: the port is nobody else's and refuses.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var result = await Run(new(new(Loopback, Port(socket)), Long));
        Assert.Equal(ProbeResult.Failure("Connection refused"), result);
    }

    [Fact]
    public async Task Silence_is_a_failure_when_the_time_is_up()
    {
        // A full backlog leaves the next SYN without an answer.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!);
        var time = new FakeTimeProvider();
        var running = new TcpProbe(new(new(new(Loopback, Port(listener)), TimeSpan.FromSeconds(3))), time).RunAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(running.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(ProbeResult.Failure("no answer within 3 s"), await running.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_source_address_that_is_not_ours_is_a_local_problem()
    {
        var result = await Run(new(new(Loopback, 1), Long) { BindTo = IpAddress128.Parse("192.0.2.1") });
        Assert.Equal(ProbeOutcome.LocalProblem, result.Outcome);
        Assert.StartsWith("TCP socket bind failed", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_address_of_the_other_family_is_a_local_problem() => Assert.Equal(ProbeOutcome.LocalProblem,
        (await Run(new(new(Loopback, 1), Long) { BindTo = IpAddress128.Parse("::1") })).Outcome);

    [Fact]
    public async Task The_source_address_is_the_one_asked_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepting = listener.AcceptSocketAsync();
        var port = FreePort();
        var settings = new ConnectionSettings(new(Loopback, Port(listener.Server)), Long)
        {
            BindTo = IpAddress128.Parse("127.0.0.77"), BindPort = port,
        };
        Assert.Equal(ProbeResult.Success, await Run(settings));
        using var accepted = await accepting;
        Assert.Equal(new IPEndPoint(IPAddress.Parse("127.0.0.77"), port), accepted.RemoteEndPoint);
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_a_local_problem()
    {
        var result = await Run(new(new(Loopback, 1), Long) { BindInterface = "nosuchdevice" });
        Assert.Equal(ProbeOutcome.LocalProblem, result.Outcome);
    }

    [Fact]
    public async Task A_probe_that_is_no_longer_wanted_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new TcpProbe(new(new(new(Loopback, 1), Long)), TimeProvider.System).RunAsync(cancel.Token));
    }

    private static ushort FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.77"), 0));
        return Port(socket);
    }

    private static Task<ProbeResult> Run(ConnectionSettings settings) =>
        new TcpProbe(new(settings), TimeProvider.System).RunAsync(CancellationToken.None);

    private static ushort Port(Socket socket) => (ushort)((IPEndPoint)socket.LocalEndPoint!).Port;
}
