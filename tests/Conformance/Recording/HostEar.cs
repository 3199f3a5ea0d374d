using System.Net.Sockets;
using Director.Lab.Namespaces;
using Director.Tests.Support;

namespace Director.Tests.Conformance.Recording;

/// <summary>
/// Hears what the director's own stack is given: a raw socket gets a copy of each packet of its protocol that local delivery takes, that is
/// behind IPVS (Linux net/ipv4/ip_input.c <c>ip_protocol_deliver_rcu</c>).
/// </summary>
internal sealed class HostEar : IDisposable
{
    /// <summary>Twice at bytes 4 and 5 of an ICMP message: an echo request of the recorder's own.</summary>
    public const byte BarrierMark = 0xbe;

    private readonly Socket[] _sockets;
    private readonly byte[] _buffer = new byte[65536];

    public HostEar(NetworkNamespace director) => _sockets = NamespaceThread.Run<Socket[]>(director, () =>
    [
        Open(AddressFamily.InterNetwork, ProtocolType.Tcp),
        Open(AddressFamily.InterNetwork, ProtocolType.Udp),
        Open(AddressFamily.InterNetwork, ProtocolType.Icmp),
        Open(AddressFamily.InterNetworkV6, ProtocolType.Tcp),
        Open(AddressFamily.InterNetworkV6, ProtocolType.Udp),
        Open(AddressFamily.InterNetworkV6, ProtocolType.IcmpV6),
    ]);

    /// <summary>Whether anything but barriers was heard since the last call.</summary>
    public bool Heard()
    {
        var heard = false;
        foreach (var socket in _sockets)
        {
            while (socket.Available > 0)
            {
                var length = socket.Receive(_buffer);
                heard |= !IsNoise(socket, _buffer.AsSpan(0, length));
            }
        }

        return heard;
    }

    public void Dispose()
    {
        foreach (var socket in _sockets) socket.Dispose();
    }

    private static Socket Open(AddressFamily family, ProtocolType protocol) => new(family, SocketType.Raw, protocol) { Blocking = false };

    private static bool IsNoise(Socket socket, ReadOnlySpan<byte> packet) => socket.ProtocolType switch
    {
        ProtocolType.Icmp => packet.Length >= 28 && packet[24] == BarrierMark && packet[25] == BarrierMark,
        // Neighbour and multicast listener discovery.
        ProtocolType.IcmpV6 => packet.Length > 0 && packet[0] >= 130,
        _ => false,
    };
}
