using System.Net.Sockets;

namespace Director.Lab.Scenarios;

/// <summary>
/// Asks a director for its status over the Unix socket in its run directory, which is reachable from any network namespace.
/// </summary>
internal sealed class StatusClient : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(1);
    private readonly HttpClient _client;

    /// <summary>A client of the director with this run directory.</summary>
    public StatusClient(string runDirectory)
    {
        var socketPath = Path.Combine(runDirectory, "admin.sock");
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.Zero, // the director may be another one each time
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), stop);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        _client = new HttpClient(handler) { BaseAddress = new Uri("http://director/"), Timeout = RequestTimeout };
    }

    /// <summary>The status now; null if the director does not answer.</summary>
    public async Task<DirectorStatus?> ReadAsync(CancellationToken stop)
    {
        try
        {
            return DirectorStatus.Parse(await _client.GetStringAsync(new Uri("status", UriKind.Relative), stop));
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
