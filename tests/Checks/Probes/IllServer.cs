using System.Net;
using System.Net.Sockets;
using Director.Checks.Probes;
using Director.Net;

namespace Director.Tests.Checks.Probes;

/// <summary>A TCP server on a port of its own of this host that treats each client as it is told, until it is disposed.</summary>
internal sealed class IllServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private int _open;

    /// <summary>Listens; <paramref name="treat"/> has each client's socket, which is closed behind it.</summary>
    public IllServer(Func<Socket, CancellationToken, Task> treat)
    {
        _listener.Start();
        _ = AcceptAsync(treat);
    }

    /// <summary>Clients that have not been closed yet.</summary>
    public int Open => Volatile.Read(ref _open);

    public ConnectionSettings Connection(TimeSpan timeout) =>
        new(new(IpAddress128.Parse("127.0.0.1"), (ushort)((IPEndPoint)_listener.LocalEndpoint).Port), timeout);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, CancellationToken, Task> treat)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _open);
                _ = TreatAsync(client, treat);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task TreatAsync(Socket client, Func<Socket, CancellationToken, Task> treat)
    {
        try
        {
            using (client) await treat(client, _stop.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The probe went away, or the end.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
