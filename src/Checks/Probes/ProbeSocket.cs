using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Director.Checks.Probes;

/// <summary>Makes the sockets of probes, bound and marked as the operator wants them.</summary>
public static class ProbeSocket
{
    // Linux include/uapi/asm-generic/socket.h.
    private const int SolSocket = 1, SoBindToDevice = 25, SoMark = 36;

    /// <summary>A socket that is not connected yet; null if this host cannot make it.</summary>
    /// <param name="settings">Where it will be connected and from where.</param>
    /// <param name="type">Stream or datagram.</param>
    /// <param name="protocol">The protocol of that.</param>
    /// <param name="problem">Why there is none.</param>
    public static Socket? TryOpen(ConnectionSettings settings, SocketType type, ProtocolType protocol, out ProbeResult problem)
    {
        var step = "socket";
        Socket? socket = null;
        try
        {
            var isV4 = settings.Target.Address.IsV4;
            socket = new Socket(isV4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6, type, protocol);
            step = $"{protocol.ToString().ToUpperInvariant()} socket bind failed";
            if (settings.FirewallMark != 0) socket.SetRawSocketOption(SolSocket, SoMark, BitConverter.GetBytes(settings.FirewallMark));
            if (settings.BindInterface is { } name) socket.SetRawSocketOption(SolSocket, SoBindToDevice, Encoding.UTF8.GetBytes(name));
            if (settings.BindTo is not null || settings.BindPort != 0)
            {
                // A source port that is asked for is free again only when the last connection from it has been forgotten.
                if (settings.BindPort != 0) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                var any = isV4 ? IPAddress.Any : IPAddress.IPv6Any;
                socket.Bind(new IPEndPoint(settings.BindTo?.ToIPAddress() ?? any, settings.BindPort));
            }

            problem = default;
            return socket;
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            problem = ProbeResult.LocalProblem($"{step}: {error.Message}");
            return null;
        }
    }

    /// <summary>Where it is to be connected.</summary>
    public static IPEndPoint Target(ConnectionSettings settings) => new(settings.Target.Address.ToIPAddress(), settings.Target.Port);

    /// <summary>What an error of connecting, sending or receiving says of the server.</summary>
    public static ProbeResult ResultOf(SocketException error) =>
        IsLocal(error.SocketErrorCode) ? ProbeResult.LocalProblem(error.Message) : ProbeResult.Failure(error.Message);

    /// <summary>
    /// Whether the error speaks of this host's resources and not of the server: no descriptor, no memory, no free source port, or a source
    /// address of the wrong family. Everything else, a missing route included, means that the server cannot be reached.
    /// </summary>
    private static bool IsLocal(SocketError error) => error is
        SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.AddressNotAvailable or
        SocketError.AddressAlreadyInUse or SocketError.AddressFamilyNotSupported or SocketError.ProtocolNotSupported;
}
