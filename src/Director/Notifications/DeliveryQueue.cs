using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Director.Notifications;

/// <summary>
/// Delivers one after the other, in order, off the caller's thread. What finds the queue full, or cannot be delivered, is counted and
/// logged: nothing is lost silently. Safe from any thread.
/// </summary>
/// <typeparam name="T">What is delivered; <see cref="object.ToString"/> names it in the log.</typeparam>
internal sealed class DeliveryQueue<T> : IAsyncDisposable
    where T : notnull
{
    private readonly Channel<T> _channel;
    private readonly CancellationTokenSource _stop = new();
    private readonly string _name;
    private readonly Func<T, CancellationToken, Task<string?>> _deliver;
    private readonly ILogger _log;
    private readonly Task _worker;
    private long _pending;
    private long _delivered;
    private long _failed;
    private long _dropped;
    private volatile string? _lastProblem;

    /// <summary>An empty queue.</summary>
    /// <param name="name">For the log.</param>
    /// <param name="capacity">How many may wait.</param>
    /// <param name="deliver">Delivers one; returns why it could not, or null. Cancelled at the end.</param>
    /// <param name="log">Where to say what went wrong.</param>
    public DeliveryQueue(string name, int capacity, Func<T, CancellationToken, Task<string?>> deliver, ILogger log)
    {
        (_name, _deliver, _log) = (name, deliver, log);
        _channel = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _worker = Task.Run(WorkAsync);
    }

    /// <summary>Whether nothing waits or is under way.</summary>
    public bool IsIdle => Interlocked.Read(ref _pending) == 0;

    /// <summary>Takes one more, or counts it as dropped.</summary>
    public void Add(T item)
    {
        Interlocked.Increment(ref _pending);
        if (_channel.Writer.TryWrite(item)) return;
        Interlocked.Decrement(ref _pending);
        Interlocked.Increment(ref _dropped);
        _log.LogError("{Name}: too many wait, so this is dropped: {Item}", _name, item.ToString()!.Trim());
    }

    /// <summary>As it is now.</summary>
    public DeliverySnapshot Snapshot() => new(_name, Interlocked.Read(ref _pending), Interlocked.Read(ref _delivered),
        Interlocked.Read(ref _failed), Interlocked.Read(ref _dropped), _lastProblem);

    /// <summary>Takes no more and waits until all is delivered, but no longer than <paramref name="patience"/>.</summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        _channel.Writer.TryComplete();
        await Task.WhenAny(_worker, Task.Delay(patience));
    }

    /// <summary>Ends what is under way; what still waits is told of.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Writer.TryComplete();
        await _stop.CancelAsync();
        await _worker;
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        await foreach (var item in _channel.Reader.ReadAllAsync())
        {
            var problem = _stop.IsCancellationRequested ? "the director ends" : await TryDeliverAsync(item);
            if (problem is null)
            {
                Interlocked.Increment(ref _delivered);
            }
            else
            {
                _lastProblem = problem;
                Interlocked.Increment(ref _failed);
                _log.LogWarning("{Name}: {Item}: {Problem}", _name, item.ToString()!.Trim(), problem);
            }

            Interlocked.Decrement(ref _pending);
        }
    }

    private async Task<string?> TryDeliverAsync(T item)
    {
        try
        {
            return await _deliver(item, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            return "the director ends";
        }
        catch (Exception exception)
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }
}
