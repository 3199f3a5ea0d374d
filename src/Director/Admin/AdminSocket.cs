using System.Net.Sockets;
using System.Text.Json;

namespace Director.Admin;

/// <summary>The admin API as a client sees it: HTTP over the Unix socket in the run directory.</summary>
internal sealed class AdminSocket : IDisposable
{
    private readonly HttpClient _client;

    /// <summary>A client for the director whose run directory is given; connects at the first request.</summary>
    public AdminSocket(string runDirectory)
    {
        var path = PathIn(runDirectory);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        _client = new HttpClient(handler) { BaseAddress = new Uri("http://director/"), Timeout = TimeSpan.FromSeconds(5) };
    }

    /// <summary>Where the socket is.</summary>
    public static string PathIn(string runDirectory) => Path.Combine(runDirectory, "admin.sock");

    /// <summary>The director's state. Throws <see cref="HttpRequestException"/> if nobody answers.</summary>
    public async Task<StatusDocument> StatusAsync(CancellationToken cancellation)
    {
        await using var stream = await _client.GetStreamAsync(new Uri("status", UriKind.Relative), cancellation);
        return await JsonSerializer.DeserializeAsync(stream, StatusJson.Default.StatusDocument, cancellation)
            ?? throw new HttpRequestException("the director answered with nothing");
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
