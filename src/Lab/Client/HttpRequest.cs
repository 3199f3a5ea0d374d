using System.Net;
using System.Net.Sockets;
using System.Text;
using Director.Lab.Web;

namespace Director.Lab.Client;

/// <summary>One GET from a fresh socket: connect, ask, read the answer's head, leave.</summary>
internal static class HttpRequest
{
    private const int AnswerLimit = 4096;

    /// <summary>Asks <paramref name="target"/> from <paramref name="source"/>; never throws for what the network does.</summary>
    public static async Task<RequestResult> RunAsync(int sequence, IPAddress source, IPEndPoint target, TimeSpan timeout)
    {
        var started = LabClock.Shared.Now;
        var (outcome, server) = await AskAsync(source, target, timeout);
        return new(sequence, started, LabClock.Shared.Now, source.ToString(), outcome, server);
    }

    private static async Task<(RequestOutcome Outcome, string Server)> AskAsync(IPAddress source, IPEndPoint target, TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout);
        using var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connected = false;
        try
        {
            socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(target, patience.Token);
            connected = true;
            var request = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {target}\r\nConnection: close\r\n\r\n");
            await socket.SendAsync(request, patience.Token);
            var head = await HttpText.ReadHeadAsync(socket, AnswerLimit, patience.Token);
            return HttpText.HeaderOfSuccess(head, LabWeb.ServerHeader) is { Length: > 0 } server
                ? (RequestOutcome.Answered, server)
                : (RequestOutcome.Malformed, "");
        }
        catch (OperationCanceledException)
        {
            return (RequestOutcome.TimedOut, "");
        }
        catch (SocketException error)
        {
            return (Outcome(error.SocketErrorCode, connected), "");
        }
    }

    private static RequestOutcome Outcome(SocketError error, bool connected) => error switch
    {
        SocketError.ConnectionRefused => connected ? RequestOutcome.Reset : RequestOutcome.Refused,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => RequestOutcome.Reset,
        SocketError.TimedOut => RequestOutcome.TimedOut,
        _ => RequestOutcome.Unreachable,
    };
}
