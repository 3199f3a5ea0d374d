using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Director.Checks.Probes;

/// <summary>
/// Completes a TCP handshake within the timeout and closes at once, with a FIN (keepalived check/check_tcp.c).
/// </summary>
/// <param name="settings">What is tried.</param>
/// <param name="time">The clock of the timeout.</param>
public sealed class TcpProbe(TcpProbeSettings settings, TimeProvider time) : IProbe
{
    /// <inheritdoc/>
    public async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        Socket socket;
        try
        {
            var family = settings.Target.Address.IsV4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
            socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        }
        catch (SocketException error)
        {
            return ProbeResult.LocalProblem($"socket: {error.Message}");
        }

        using (socket)
        {
            try
            {
                Bind(socket);
            }
            catch (SocketException error)
            {
                return ProbeResult.LocalProblem($"TCP socket bind failed: {error.Message}");
            }

            return await ConnectAsync(socket, cancellation).ConfigureAwait(false);
        }
    }

    private void Bind(Socket socket)
    {
        if (settings.BindTo is null && settings.BindPort == 0) return;
        var any = settings.Target.Address.IsV4 ? IPAddress.Any : IPAddress.IPv6Any;
        socket.Bind(new IPEndPoint(settings.BindTo?.ToIPAddress() ?? any, settings.BindPort));
    }

    private async Task<ProbeResult> ConnectAsync(Socket socket, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(settings.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            var target = new IPEndPoint(settings.Target.Address.ToIPAddress(), settings.Target.Port);
            await socket.ConnectAsync(target, either.Token).ConfigureAwait(false);
            return ProbeResult.Success;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var seconds = settings.ConnectTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return ProbeResult.Failure($"no answer within {seconds} s");
        }
        catch (SocketException error)
        {
            return IsLocal(error.SocketErrorCode)
                ? ProbeResult.LocalProblem(error.Message)
                : ProbeResult.Failure(error.Message);
        }
    }

    /// <summary>
    /// Whether the error speaks of this host's resources and not of the server: no descriptor, no memory, no free source port, or a source
    /// address of the wrong family. Everything else, a missing route included, means that the server cannot be reached.
    /// </summary>
    private static bool IsLocal(SocketError error) => error is
        SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.AddressNotAvailable or
        SocketError.AddressAlreadyInUse or SocketError.AddressFamilyNotSupported or SocketError.ProtocolNotSupported;
}
