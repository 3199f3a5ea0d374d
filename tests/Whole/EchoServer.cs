using System.Net;
using System.Net.Sockets;
using Director.Lab.Namespaces;
using Director.Tests.Support;

namespace Director.Tests.Whole;

/// <summary>
/// A server on a lab machine whose port can be closed while its connections stay. Each connection has a thread that echoes.
/// </summary>
internal sealed class EchoServer : IDisposable
{
    private readonly NetworkNamespace _where;
    private readonly List<Socket> _connections = [];
    private readonly Lock _gate = new();
    private Socket? _listener;
    private int _accepted;

    /// <summary>Listens on port 80 of <paramref name="where"/>, by IPv4 and IPv6.</summary>
    public EchoServer(NetworkNamespace where)
    {
        _where = where;
        Open();
    }

    /// <summary>Connections on which something was said; those of health checks say nothing.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Opens the port (again).</summary>
    public void Open()
    {
        var listener = NamespaceThread.Run(_where, () =>
        {
            var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, 80));
            socket.Listen();
            return socket;
        });
        _listener = listener;
        Start(() =>
        {
            while (true)
            {
                var connection = listener.Accept();
                lock (_gate) _connections.Add(connection);
                Start(() => Serve(connection));
            }
        });
    }

    /// <summary>Closes the port; connections stay.</summary>
    public void Close() => _listener?.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        lock (_gate)
            foreach (var connection in _connections) connection.Dispose();
    }

    private void Serve(Socket connection)
    {
        var buffer = new byte[256];
        var counted = false;
        int count;
        while ((count = connection.Receive(buffer)) > 0)
        {
            if (!counted) Interlocked.Increment(ref _accepted);
            counted = true;
            connection.Send(buffer.AsSpan(0, count));
        }
    }

    private static void Start(Action loop) => new Thread(() =>
    {
        try
        {
            loop();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed, by us or by the other side.
        }
    })
    { IsBackground = true }.Start();
}
