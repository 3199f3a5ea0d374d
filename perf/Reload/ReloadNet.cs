using System.Net;
using System.Net.Sockets;
using Director.Lab.Namespaces;
using Director.Perf.Topology;

namespace Director.Perf.Reload;

/// <summary>
/// A director, a client, and a machine that is every real server, all on one switch. Millions of addresses lead to the last one, which
/// takes every connection and sends back what the echo service gets.
/// </summary>
internal sealed class ReloadNet : IDisposable
{
    private const int Backlog = 4096, Buffer = 8 << 20;

    private readonly NamespaceSet _set = new();
    private readonly NetworkNamespace _servers;
    private readonly NetworkNamespace _client;
    private readonly List<Socket> _sockets = [];
    private NamespaceProcess? _director;

    /// <summary>Makes it.</summary>
    public ReloadNet(ReloadFile file)
    {
        (Machine, _servers, _client) = (_set.Create("dir"), _set.Create("srv"), _set.Create("cli"));
        var bridge = new Bridge(_set.Create("lan"));
        foreach (var (host, address) in new[] { (Machine, "192.0.2.1/24"), (_client, "192.0.2.4/24"), (_servers, "192.0.2.3/24") })
        {
            bridge.Attach(host, "e0");
            host.AddAddress("e0", address);
        }

        // Its VIP is for what it is sent there, and no other machine's neighbour.
        _servers.Sysctl("net.ipv4.conf.all.arp_ignore", "1");
        _servers.Sysctl("net.ipv4.conf.all.arp_announce", "2");
        _servers.AddAddress("lo", ReloadFile.EchoVip + "/32");
        _servers.Ip("route", "add", "local", "10.0.0.0/8", "dev", "lo");
        Machine.Ip("route", "add", "10.0.0.0/8", "via", ReloadFile.EchoServer);
        var batch = Path.Combine(_set.Directory, "vips");
        File.WriteAllLines(batch, file.Vips.Select(vip => $"address add {vip}/32 dev e0"));
        Machine.Ip("-batch", batch);
        Serve();
    }

    /// <summary>Where the director runs.</summary>
    public NetworkNamespace Machine { get; }

    /// <summary>The keepalived.conf.</summary>
    public string ConfigFile => Path.Combine(_set.Directory, "keepalived.conf");

    /// <summary>The director's run directory.</summary>
    public string RunDirectory => Path.Combine(_set.Directory, "run");

    /// <summary>Starts the director.</summary>
    public NamespaceProcess Start(string program) => _director = Machine.Start(
        program, "run", "-f", ConfigFile, "--run-dir", RunDirectory, "--set", "Log:Level=Warning");

    /// <summary>The client's socket, connected to the echo service.</summary>
    public Socket Client() => Keep(NamespaceThread.Run(_client, () =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = Buffer };
        socket.Connect(IPAddress.Parse(ReloadFile.EchoVip), ReloadFile.EchoPort);
        return socket;
    }));

    /// <inheritdoc/>
    public void Dispose()
    {
        _director?.Dispose();
        foreach (var socket in _sockets) socket.Dispose();
        _set.Dispose();
    }

    private void Serve()
    {
        for (var port = ReloadFile.FirstPort; port < ReloadFile.FirstPort + ReloadFile.Ports; port++)
        {
            var number = port;
            var listener = Keep(NamespaceThread.Run(_servers, () =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Any, number));
                socket.Listen(Backlog);
                return socket;
            }));
            _ = UntilClosedAsync(async () => (await listener.AcceptAsync()).Dispose());
        }

        var echo = Keep(NamespaceThread.Run(_servers, () =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = Buffer };
            socket.Bind(new IPEndPoint(IPAddress.Parse(ReloadFile.EchoVip), ReloadFile.EchoPort));
            return socket;
        }));
        var room = new byte[64];
        _ = UntilClosedAsync(async () =>
        {
            var came = await echo.ReceiveFromAsync(room, new IPEndPoint(IPAddress.Any, 0));
            await echo.SendToAsync(room.AsMemory(0, came.ReceivedBytes), came.RemoteEndPoint);
        });
    }

    private Socket Keep(Socket socket)
    {
        _sockets.Add(socket);
        return socket;
    }

    private static async Task UntilClosedAsync(Func<Task> serve)
    {
        while (true)
        {
            try
            {
                await serve();
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException refusal) when (refusal.SocketErrorCode == SocketError.OperationAborted)
            {
                return;
            }
            catch (SocketException)
            {
                // A peer that has gone.
            }
        }
    }
}
