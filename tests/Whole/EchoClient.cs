using System.Net;
using System.Net.Sockets;
using System.Text;
using Director.Lab.Namespaces;
using Director.Lab.Topology;
using Director.Tests.Support;

namespace Director.Tests.Whole;

/// <summary>Connections to the VIP's port 80 from a client's machine, and words over them.</summary>
internal static class EchoClient
{
    private static readonly IPEndPoint Vip = new(IPAddress.Parse("192.168.80.130"), 80);
    private static readonly IPEndPoint VipV6 = new(IPAddress.Parse(LabPlan.VipV6), 80);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Opens a connection.</summary>
    public static Socket Connect(NetworkNamespace client) => Connect(client, Vip);

    /// <summary>Opens one by IPv6.</summary>
    public static Socket ConnectV6(NetworkNamespace client) => Connect(client, VipV6);

    private static Socket Connect(NetworkNamespace client, IPEndPoint vip) => NamespaceThread.Run(client, () =>
    {
        var socket = new Socket(vip.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
        };
        socket.Connect(vip);
        return socket;
    });

    /// <summary>
    /// Opens connections until one is served there. Those that go elsewhere stay open meanwhile: to wlc an open connection counts 257
    /// times a closed one.
    /// </summary>
    public static Socket ConnectUntilServedBy(NetworkNamespace client, EchoServer server)
    {
        var elsewhere = new List<Socket>();
        try
        {
            while (elsewhere.Count < 10)
            {
                var before = server.Accepted;
                var connection = Connect(client);
                Assert.Equal("?", Echo(connection, "?"));
                if (server.Accepted > before) return connection;
                elsewhere.Add(connection);
            }
        }
        finally
        {
            foreach (var connection in elsewhere) connection.Dispose();
        }

        throw new InvalidOperationException("10 connections, and none to that server");
    }

    /// <summary>Says something and returns what comes back.</summary>
    public static string Echo(Socket socket, string text)
    {
        socket.Send(Encoding.ASCII.GetBytes(text));
        return Receive(socket, text.Length);
    }

    /// <summary>Waits for so many characters.</summary>
    public static string Receive(Socket socket, int length)
    {
        var buffer = new byte[length];
        var received = 0;
        while (received < length)
        {
            var count = socket.Receive(buffer.AsSpan(received));
            Assert.NotEqual(0, count);
            received += count;
        }

        return Encoding.ASCII.GetString(buffer);
    }
}
