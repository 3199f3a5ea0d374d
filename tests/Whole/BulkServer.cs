using System.Net;
using System.Net.Sockets;
using System.Text;
using Director.Lab.Namespaces;
using Director.Tests.Support;

namespace Director.Tests.Whole;

/// <summary>
/// A real server that answers every HTTP request with the same megabyte, and echoes datagrams. Its HTTP port can be closed and opened
/// again.
/// </summary>
internal sealed class BulkServer : IDisposable
{
    private readonly NetworkNamespace _where;
    private readonly ushort _httpPort;
    private readonly Socket _echo;
    private Socket _listener;
    private int _answered;

    /// <summary>Listens on both ports of a machine.</summary>
    public BulkServer(NetworkNamespace where, ushort httpPort, ushort echoPort)
    {
        (_where, _httpPort) = (where, httpPort);
        _listener = Listen();
        _echo = NamespaceThread.Run(where, () =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Any, echoPort));
            return socket;
        });
        Start(Echo);
    }

    /// <summary>What it answers.</summary>
    public static byte[] Content { get; } = MakeContent();

    /// <summary>Requests that it has answered; a health check asks nothing.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Opens the HTTP port again.</summary>
    public void Open() => _listener = Listen();

    /// <summary>Closes the HTTP port.</summary>
    public void Close() => _listener.Dispose();

    public void Dispose()
    {
        _listener.Dispose();
        _echo.Dispose();
    }

    private Socket Listen()
    {
        var listener = NamespaceThread.Run(_where, () =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.Any, _httpPort));
            socket.Listen();
            return socket;
        });
        Start(() =>
        {
            while (true)
            {
                var connection = listener.Accept();
                Start(() => Answer(connection));
            }
        });
        return listener;
    }

    private void Answer(Socket connection)
    {
        using var closing = connection;
        if (connection.Receive(new byte[4096]) == 0) return;
        Interlocked.Increment(ref _answered);
        Send(connection, Encoding.ASCII.GetBytes($"HTTP/1.0 200 OK\r\nContent-Length: {Content.Length}\r\n\r\n"));
        Send(connection, Content);
        connection.Shutdown(SocketShutdown.Send);
        while (connection.Receive(new byte[4096]) > 0)
        {
            // Until the client has closed too: a close before would be a reset.
        }
    }

    private void Echo()
    {
        var buffer = new byte[2048];
        while (true)
        {
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            var length = _echo.ReceiveFrom(buffer, ref from);
            _echo.SendTo(buffer.AsSpan(0, length), from);
        }
    }

    private static void Send(Socket connection, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[connection.Send(bytes)..];
    }

    private static byte[] MakeContent()
    {
        var content = new byte[1 << 20];
        new Random(1).NextBytes(content);
        return content;
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
