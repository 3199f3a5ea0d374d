using System.Buffers;
using System.Net.Sockets;

namespace Director.Checks.Probes;

/// <summary>Sends one datagram and waits until one that came says something. What ICMP tells of it is a failure at once.</summary>
internal static class DatagramExchange
{
    // Linux include/uapi/linux/in.h and in6.h.
    private const int SolIp = 0, IpRecvErr = 11, SolIpv6 = 41, Ipv6RecvErr = 25;

    /// <summary>Runs it; the socket is connected, so that nobody else's datagrams come.</summary>
    /// <param name="connection">With whom.</param>
    /// <param name="type">Kind of the socket.</param>
    /// <param name="protocol">Protocol of the socket.</param>
    /// <param name="time">The clock of the timeout.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="answerBytes">Bytes of an answer that matter, the rest is cut off.</param>
    /// <param name="verdict">What an answer says.</param>
    /// <param name="silence">What it means that there was none; null is a failure.</param>
    /// <param name="cancellation">The attempt is no longer wanted.</param>
    public static async Task<ProbeResult> RunAsync(
        ConnectionSettings connection, SocketType type, ProtocolType protocol, TimeProvider time, ReadOnlyMemory<byte> request,
        int answerBytes, DatagramVerdict verdict, ProbeResult? silence, CancellationToken cancellation)
    {
        using var socket = ProbeSocket.TryOpen(connection, type, protocol, out var problem);
        return socket is null
            ? problem
            : await RunAsync(socket, connection, time, request, answerBytes, verdict, silence, cancellation).ConfigureAwait(false);
    }

    /// <summary>The same by a socket that is there.</summary>
    public static async Task<ProbeResult> RunAsync(
        Socket socket, ConnectionSettings connection, TimeProvider time, ReadOnlyMemory<byte> request, int answerBytes,
        DatagramVerdict verdict, ProbeResult? silence, CancellationToken cancellation)
    {
        using var deadline = new ProbeDeadline(connection.Timeout, 1, time, cancellation);
        var buffer = ArrayPool<byte>.Shared.Rent(answerBytes);
        try
        {
            // Without this only a closed port is told of, not a host that cannot be reached.
            if (connection.Target.Address.IsV4) socket.SetRawSocketOption(SolIp, IpRecvErr, BitConverter.GetBytes(1));
            else socket.SetRawSocketOption(SolIpv6, Ipv6RecvErr, BitConverter.GetBytes(1));
            await socket.ConnectAsync(ProbeSocket.Target(connection), deadline.Token).ConfigureAwait(false);
            await socket.SendAsync(request, deadline.Token).ConfigureAwait(false);
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer.AsMemory(0, answerBytes), deadline.Token).ConfigureAwait(false);
                if (verdict(buffer.AsSpan(0, length)) is { } result) return result;
            }
        }
        catch (OperationCanceledException) when (deadline.IsTimeUp)
        {
            return silence ?? ProbeResult.Failure(deadline.Reason);
        }
        catch (SocketException error)
        {
            return ProbeSocket.ResultOf(error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
