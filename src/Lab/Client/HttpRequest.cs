using System.Net;
using System.Net.Sockets;
using System.Text;
using Director.Lab.Web;

namespace Director.Lab.Client;

/// <summary>One GET from a fresh socket: connect, ask, read the answer's head, leave.</summary>
internal static class HttpProbe
{
    private const int AnswerLimit = 4096;

    /// <summary>Asks <paramref name="target"/> from <paramref name="source"/>; never throws for what the network does.</summary>
    public static async Task<ProbeResult> RunAsync(int sequence, IPAddress source, IPEndPoint target, TimeSpan timeout)
    {
        var started = LabClock.Shared.Now;
        var (outcome, server) = await AskAsync(source, target, timeout);
        return new(sequence, started, LabClock.Shared.Now, source.ToString(), outcome, server);
    }

    private static async Task<(ProbeOutcome Outcome, string Server)> AskAsync(IPAddress source, IPEndPoint target, TimeSpan timeout)
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
                ? (ProbeOutcome.Answered, server)
                : (ProbeOutcome.Malformed, "");
        }
        catch (OperationCanceledException)
        {
            return (ProbeOutcome.TimedOut, "");
        }
        catch (SocketException error)
        {
            return (Outcome(error.SocketErrorCode, connected), "");
        }
    }

    private static ProbeOutcome Outcome(SocketError error, bool connected) => error switch
    {
        SocketError.ConnectionRefused => connected ? ProbeOutcome.Reset : ProbeOutcome.Refused,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => ProbeOutcome.Reset,
        SocketError.TimedOut => ProbeOutcome.TimedOut,
        _ => ProbeOutcome.Unreachable,
    };
}
