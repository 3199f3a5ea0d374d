using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Director.LoadScenarios.Clients;

/// <summary>
/// One connection of a user: made by the first request, and never made again behind the user's back, as client libraries do, so that a
/// connection that the network breaks is seen. For one request at a time.
/// </summary>
/// <param name="target">Whom it asks.</param>
/// <param name="source">From where.</param>
internal sealed class HttpConnection(IPEndPoint target, IPAddress source) : IDisposable
{
    private const int AnswerLimit = 4096;
    private readonly Socket _socket = new(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[AnswerLimit];
    private bool _connected;
    private bool _done;

    /// <summary>Whether another request may follow: neither side has said that this was the last, and none failed.</summary>
    public bool IsUsable => !_done;

    /// <summary>Asks, with as much patience as a user has; connects first, if this is the first request.</summary>
    /// <param name="last">Whether the server is told to close the connection after it.</param>
    /// <param name="stop">The run ends early: then it throws.</param>
    public async Task<Response> GetAsync(bool last, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(LoadLimits.WebPatience);
        var response = await AskAsync(last, patience.Token, stop);
        if (last || !response.IsOk) _done = true;
        return response;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task<Response> AskAsync(bool last, CancellationToken patience, CancellationToken stop)
    {
        try
        {
            if (!_connected)
            {
                _socket.Bind(new IPEndPoint(source, 0));
                await _socket.ConnectAsync(target, patience);
                _connected = true;
            }

            await _socket.SendAsync(Request(last), patience);
            return await AnswerAsync(patience);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Response.Fail(ResponseKind.TimedOut);
        }
        catch (SocketException error)
        {
            return Response.Fail(SocketFailure.Kind(error.SocketErrorCode, _connected));
        }
    }

    private async Task<Response> AnswerAsync(CancellationToken patience)
    {
        var length = 0;
        while (length < _buffer.Length)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience);
            if (read == 0) return Response.Fail(ResponseKind.Reset);
            length += read;
            if (!HttpAnswer.TryRead(_buffer.AsSpan(0, length), out var answer)) continue;
            if (answer.Length == 0 || answer.Length > _buffer.Length || length > answer.Length) break;
            if (length < answer.Length) continue;
            _done |= answer.Closes;
            return Response.Ok(answer.Server);
        }

        return Response.Fail(ResponseKind.Malformed);
    }

    private byte[] Request(bool last) =>
        Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {target}\r\n{(last ? "Connection: close\r\n" : "")}\r\n");
}
