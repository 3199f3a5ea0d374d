using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Director.LoadScenarios.Clients;

/// <summary>
/// One UDP socket of a user. A datagram begins with its number and comes back with the server's name behind it; an answer to an earlier
/// one that was given up is passed over. For one at a time.
/// </summary>
internal sealed class EchoSocket : IDisposable
{
    private const int PayloadLength = 64;
    private readonly Socket _socket;
    private readonly byte[] _payload = new byte[PayloadLength];
    private readonly byte[] _answer = new byte[2 * PayloadLength];
    private long _number;

    /// <summary>A socket from <paramref name="source"/> to <paramref name="target"/>.</summary>
    public EchoSocket(IPEndPoint target, IPAddress source)
    {
        _socket = new(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(source, 0));
        _socket.Connect(target);
    }

    /// <summary>Sends a datagram and waits for it, with as much patience as a user has.</summary>
    public async Task<Response> EchoAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(LoadLimits.EchoPatience);
        BinaryPrimitives.WriteInt64BigEndian(_payload, ++_number);
        try
        {
            await _socket.SendAsync(_payload, patience.Token);
            while (true)
            {
                var length = await _socket.ReceiveAsync(_answer, patience.Token);
                var answer = _answer.AsSpan(0, length);
                if (answer.StartsWith(_payload)) return Response.Ok(Encoding.ASCII.GetString(answer[PayloadLength..]));
                if (length < PayloadLength || BinaryPrimitives.ReadInt64BigEndian(answer) >= _number)
                    return Response.Fail(ResponseKind.Malformed);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Response.Fail(ResponseKind.TimedOut);
        }
        catch (SocketException error)
        {
            return Response.Fail(SocketFailure.Kind(error.SocketErrorCode, connected: false));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
