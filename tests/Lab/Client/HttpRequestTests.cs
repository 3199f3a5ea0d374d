using System.Net;
using System.Net.Sockets;
using System.Text;
using Director.Lab.Client;
using Director.Lab.Web;

namespace Director.Tests.Lab.Client;

public sealed class HttpRequestTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_lab_s_web_server_says_its_name()
    {
        using var stop = new CancellationTokenSource();
        var listener = LabWeb.Listen(new(IPAddress.Loopback, 0));
        var target = (IPEndPoint)listener.LocalEndPoint!;
        var serving = LabWeb.ServeAsync(listener, "rs1", stop.Token);

        var results = new List<RequestResult>();
        IPAddress[] sources = [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")];
        await LoadClient.RunAsync(sources, target, 3, 1, results.Add, CancellationToken.None);
        await stop.CancelAsync();
        await serving;
        var afterwards = await HttpRequest.RunAsync(0, IPAddress.Loopback, target, Patience);

        Assert.All(results, result => Assert.Equal((RequestOutcome.Answered, "rs1"), (result.Outcome, result.Server)));
        Assert.Equal([0, 1, 2, 3, 4, 5], results.Select(result => result.Sequence));
        Assert.Equal(["127.0.0.2", "127.0.0.3", "127.0.0.2"], results.Take(3).Select(result => result.Source));
        Assert.All(results, result => Assert.True(result.Ended > result.Started));
        Assert.Equal(RequestOutcome.Refused, afterwards.Outcome);
        Assert.True(afterwards.TurnedAway);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX-Lab-Server: rs2\r\n\r\n", RequestOutcome.Answered, "rs2")]
    [InlineData("HTTP/1.1 200 OK\r\nx-lab-server:rs2\r\n\r\nbody", RequestOutcome.Answered, "rs2")]
    [InlineData("HTTP/1.1 500 No\r\nX-Lab-Server: rs2\r\n\r\n", RequestOutcome.Malformed, "")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nX-Lab-Server: rs2", RequestOutcome.Malformed, "")]
    [InlineData("SSH-2.0-somebody\r\n", RequestOutcome.Malformed, "")]
    [InlineData("", RequestOutcome.Malformed, "")]
    internal async Task Whatever_answers_gives_an_outcome(string answer, RequestOutcome outcome, string server)
    {
        using var listener = LabWeb.Listen(new(IPAddress.Loopback, 0));
        var asking = HttpRequest.RunAsync(5, IPAddress.Loopback, (IPEndPoint)listener.LocalEndPoint!, Patience);
        using (var connection = await listener.AcceptAsync())
        {
            await HttpText.ReadHeadAsync(connection, 4096, CancellationToken.None);
            await connection.SendAsync(Encoding.ASCII.GetBytes(answer));
        }

        var result = await asking;

        Assert.Equal((outcome, server, 5), (result.Outcome, result.Server, result.Sequence));
    }

    [Fact]
    public async Task A_reset_and_a_silence_are_told_apart()
    {
        using var listener = LabWeb.Listen(new(IPAddress.Loopback, 0));
        var target = (IPEndPoint)listener.LocalEndPoint!;
        var reset = HttpRequest.RunAsync(0, IPAddress.Loopback, target, Patience);
        using (var connection = await listener.AcceptAsync())
        {
            await HttpText.ReadHeadAsync(connection, 4096, CancellationToken.None);
            connection.LingerState = new LingerOption(enable: true, seconds: 0); // close by RST
        }

        var silence = HttpRequest.RunAsync(0, IPAddress.Loopback, target, TimeSpan.FromMilliseconds(50));

        Assert.Equal(RequestOutcome.Reset, (await reset).Outcome);
        Assert.Equal(RequestOutcome.TimedOut, (await silence).Outcome);
    }
}
