using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Director.Lab.Web;

/// <summary>UDP echo: every datagram comes back with the server's name behind it.</summary>
internal static class LabEcho
{
    private const int DatagramLimit = 2048;

    /// <summary>
    /// Binds to <paramref name="endpoint"/> in the namespace of the calling thread. With direct routing that is the VIP: an answer comes
    /// from the address that the socket is bound to.
    /// </summary>
    public static Socket Bind(IPEndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(endpoint);
        return socket;
    }

    /// <summary>Answers until cancelled; then the port is closed.</summary>
    public static async Task ServeAsync(Socket socket, string name, CancellationToken stop)
    {
        using var closing = socket;
        var buffer = new byte[DatagramLimit + name.Length];
        var sender = new SocketAddress(socket.AddressFamily);
        try
        {
            while (true)
            {
                var length = await socket.ReceiveFromAsync(buffer.AsMemory(0, DatagramLimit), SocketFlags.None, sender, stop);
                Encoding.ASCII.GetBytes(name, buffer.AsSpan(length));
                await socket.SendToAsync(buffer.AsMemory(0, length + name.Length), SocketFlags.None, sender, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server was told to stop.
        }
    }
}
