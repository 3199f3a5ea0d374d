using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Director.Lab.Client;

namespace Director.Lab.Web;

/// <summary>
/// A small web server: every GET is answered with the server's name, in a header (<see cref="ServerHeader"/>) and as the body; a client
/// that does not ask otherwise keeps its connection. It stands in for a real server; killing the process closes its port, starting it
/// again opens it.
/// </summary>
internal static class LabWeb
{
    /// <summary>The header that names the server.</summary>
    public const string ServerHeader = "X-Lab-Server";

    /// <summary>How the line begins that tells whoever started the server that its port is open.</summary>
    public const string Listening = "listening on";

    private const int RequestLimit = 8192;
    private const int Backlog = 512;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(60);

    /// <summary>How long a server that leaves waits for the last requests on its connections.</summary>
    public static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(5);

    /// <summary>Listens on <paramref name="endpoint"/> in the namespace of the calling thread; on <c>[::]</c> for IPv4 too.</summary>
    public static Socket Listen(IPEndPoint endpoint)
    {
        var listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (endpoint.AddressFamily == AddressFamily.InterNetworkV6) listener.DualMode = true;
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(endpoint);
        listener.Listen(Backlog);
        return listener;
    }

    /// <summary>
    /// Answers until cancelled. Then the port is closed, and the server leaves as one that drains: each connection gets one more answer,
    /// which says that it is the last; what stays silent for <see cref="DrainPatience"/> is left.
    /// </summary>
    public static async Task ServeAsync(Socket listener, string name, CancellationToken stop)
    {
        using var closing = listener;
        var served = new ConcurrentDictionary<Task, bool>();
        try
        {
            for (var connections = 1L; ; connections++)
            {
                var client = await listener.AcceptAsync(stop);
                var serving = AnswerAsync(client, name, connections, stop);
                served[serving] = true;
                _ = serving.ContinueWith(ended => served.TryRemove(ended, out _), CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            listener.Dispose();
            await Task.WhenAny(Task.WhenAll(served.Keys), Task.Delay(DrainPatience, CancellationToken.None));
        }
    }

    private static async Task AnswerAsync(Socket client, string name, long number, CancellationToken stop)
    {
        using var closing = client;
        client.NoDelay = true;
        var buffer = new byte[RequestLimit];
        try
        {
            for (bool last = false, first = true; !last; first = false)
            {
                using var patience = new CancellationTokenSource(first ? RequestTimeout : IdleTimeout);
                var request = await HttpText.ReadHeadAsync(client, buffer, patience.Token);
                if (request.Length == 0) return; // a TCP check connects and leaves
                last = stop.IsCancellationRequested || !KeepsAlive(request);
                await client.SendAsync(Encoding.ASCII.GetBytes(Answer(request, name, number, last)), patience.Token);
            }

            client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // The client went away or said nothing: its connection is closed, the next one is served.
        }
    }

    private static string Answer(string request, string name, long number, bool last)
    {
        var connection = last ? "Connection: close\r\n" : "";
        return request.StartsWith("GET ", StringComparison.Ordinal)
            ? $"HTTP/1.1 200 OK\r\n{ServerHeader}: {name}\r\nX-Lab-Connections: {number}\r\n" +
              $"Content-Type: text/plain\r\nContent-Length: {name.Length + 1}\r\n{connection}\r\n{name}\n"
            : $"HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nContent-Length: 0\r\n{connection}\r\n";
    }

    // Without a word about it, HTTP/1.1 keeps the connection (RFC 9112 §9.3). What has a body is not read on.
    private static bool KeepsAlive(string request) =>
        request.StartsWith("GET ", StringComparison.Ordinal)
        && request.AsSpan(0, request.IndexOf('\r') is var end && end >= 0 ? end : 0).EndsWith(" HTTP/1.1", StringComparison.Ordinal)
        && !"close".Equals(HttpText.Header(request, "Connection"), StringComparison.OrdinalIgnoreCase);
}
