using System.Buffers.Binary;
using System.Collections;
using System.Net.Sockets;

namespace Director.Perf.Reload;

/// <summary>Numbered packets to an echo service, so many a second, and which came back.</summary>
internal sealed class EchoStream : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2), Patience = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;
    private readonly int _perSecond;
    private readonly CancellationTokenSource _stop = new();
    private readonly BitArray _came = new(1 << 24);
    private readonly Task _receiving;
    private Task _sending = Task.CompletedTask;
    private bool _answered;
    private bool _ended;
    private int _sent;

    /// <summary>Sends one packet at a time until one comes back, and after that so many a second.</summary>
    public EchoStream(Socket socket, int perSecond)
    {
        (_socket, _perSecond) = (socket, perSecond);
        _receiving = Task.Run(ReceiveAsync);
    }

    /// <summary>Waits until the service answers, and begins.</summary>
    public async Task BeginAsync(TimeSpan patience, CancellationToken stop)
    {
        for (var waited = TimeSpan.Zero; !Volatile.Read(ref _answered); waited += TimeSpan.FromMilliseconds(100))
        {
            if (waited > patience) throw new PerfException("the echo service does not answer through the director");
            Send(_came.Length - 1);
            await Task.Delay(100, stop);
        }

        _sending = Task.Run(SendAsync, CancellationToken.None);
    }

    /// <summary>Ends it; says how many were sent and how many did not come back.</summary>
    public async Task<(long Sent, long Lost)> EndAsync()
    {
        Volatile.Write(ref _ended, true);
        await _sending;
        for (var waited = TimeSpan.Zero; waited < Patience && Came() < _sent; waited += Tick) await Task.Delay(Tick);
        return (_sent, _sent - Came());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _ended, true);
        await _sending;
        await _stop.CancelAsync();
        _socket.Dispose();
        await _receiving;
        _stop.Dispose();
    }

    private int Came()
    {
        lock (_came) return Enumerable.Range(0, _sent).Count(number => _came[number]);
    }

    private void Send(int number)
    {
        Span<byte> packet = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(packet, number);
        try
        {
            _socket.Send(packet);
        }
        catch (SocketException)
        {
            // Someone has answered that nobody is there: this one does not come back, and is counted as such.
        }
    }

    private async Task SendAsync()
    {
        var begun = System.Diagnostics.Stopwatch.StartNew();
        while (!Volatile.Read(ref _ended) && _sent < _came.Length - 1)
        {
            for (var due = (int)(begun.Elapsed.TotalSeconds * _perSecond); _sent < due; _sent++) Send(_sent);
            await Task.Delay(Tick, CancellationToken.None);
        }
    }

    private async Task ReceiveAsync()
    {
        var room = new byte[64];
        while (true)
        {
            try
            {
                var length = await _socket.ReceiveAsync(room);
                if (length < sizeof(int)) continue;
                lock (_came) _came[BinaryPrimitives.ReadInt32BigEndian(room)] = true;
                Volatile.Write(ref _answered, true);
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException)
            {
                // As above.
            }
        }
    }
}
