using System.Globalization;
using System.Net.Sockets;

namespace Director.Checks.Probes;

/// <summary>
/// Completes a TCP handshake within the timeout and closes at once, with a FIN (keepalived check/check_tcp.c).
/// </summary>
/// <param name="settings">What is tried.</param>
/// <param name="time">The clock of the timeout.</param>
public sealed class TcpProbe(TcpProbeSettings settings, TimeProvider time) : IProbe
{
    private readonly ConnectionSettings _connection = settings.Connection;

    /// <inheritdoc/>
    public async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        using var socket = ProbeSocket.TryOpen(_connection, SocketType.Stream, ProtocolType.Tcp, out var problem);
        return socket is null ? problem : await ConnectAsync(socket, cancellation).ConfigureAwait(false);
    }

    private async Task<ProbeResult> ConnectAsync(Socket socket, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_connection.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            await socket.ConnectAsync(ProbeSocket.Target(_connection), either.Token).ConfigureAwait(false);
            return ProbeResult.Success;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var seconds = _connection.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return ProbeResult.Failure($"no answer within {seconds} s");
        }
        catch (SocketException error)
        {
            return ProbeSocket.ResultOf(error);
        }
    }
}
