using System.Net;
using System.Net.Sockets;
using System.Text;
using Director.Lab.Client;

namespace Director.Lab.Web;

/// <summary>
/// A small web server: every GET is answered with the server's name, in a header (<see cref="ServerHeader"/>) and as the body, and the
/// connection is closed. It stands in for a real server; killing the process closes its port, starting it again opens it.
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

    /// <summary>Answers until cancelled; then the port is closed.</summary>
    public static async Task ServeAsync(Socket listener, string name, CancellationToken stop)
    {
        using var closing = listener;
        var connections = 0L;
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(stop);
                _ = AnswerAsync(client, name, ++connections);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server was told to stop.
        }
    }

    private static async Task AnswerAsync(Socket client, string name, long number)
    {
        using var closing = client;
        using var patience = new CancellationTokenSource(RequestTimeout);
        try
        {
            var request = await HttpText.ReadHeadAsync(client, RequestLimit, patience.Token);
            if (request.Length == 0) return; // a TCP check connects and leaves
            var answer = request.StartsWith("GET ", StringComparison.Ordinal)
                ? $"HTTP/1.1 200 OK\r\n{ServerHeader}: {name}\r\nX-Lab-Connections: {number}\r\n" +
                  $"Content-Type: text/plain\r\nContent-Length: {name.Length + 1}\r\nConnection: close\r\n\r\n{name}\n"
                : "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            await client.SendAsync(Encoding.ASCII.GetBytes(answer), patience.Token);
            client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // The client went away or said nothing: its connection is closed, the next one is served.
        }
    }
}
