using Director.Linux;
using Director.Linux.Processes;
using Microsoft.Extensions.Logging;

namespace Director.Notifications;

/// <summary>
/// A named pipe that is told of everything, in order, and the program that reads it, if one is configured: started with the pipe's path as
/// its last argument, and again if it ends. The pipe stays where it is, over reloads and after the end, so that no reader is left behind.
/// </summary>
internal sealed class NotifyFifo : IAsyncDisposable
{
    private readonly NamedPipe _pipe;
    private readonly DeliveryQueue<string> _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    /// <summary>Opens it.</summary>
    /// <exception cref="LinuxException">It cannot be made.</exception>
    public NotifyFifo(string path, Credentials owner, ChildCommand? reader, ChildSpawner spawner, TimeProvider time, ILogger log)
    {
        Path = path;
        _pipe = NamedPipe.Open(path, owner);
        _queue = new($"fifo {path}", NotifyLimits.FifoLines, (line, stop) => WriteAsync(line, time, stop), log);
        _reading = reader is null ? Task.CompletedTask : Task.Run(() => ReadAsync(reader.With(path), spawner, time, log));
    }

    /// <summary>Sees whether one can be opened, and makes it if it is not there.</summary>
    /// <exception cref="LinuxException">It cannot be made.</exception>
    public static void Try(string path, Credentials owner)
    {
        using var pipe = NamedPipe.Open(path, owner);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Writes a line, now or when there is room.</summary>
    public void Write(string line) => _queue.Add(line);

    /// <summary>As it is now.</summary>
    public DeliverySnapshot Snapshot() => _queue.Snapshot();

    /// <summary>Waits until all lines are in the pipe, but no longer than this.</summary>
    public Task DrainAsync(TimeSpan patience) => _queue.DrainAsync(patience);

    /// <summary>Ends its reader and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _pipe.Dispose();
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private async Task<string?> WriteAsync(string line, TimeProvider time, CancellationToken stop)
    {
        while (!_pipe.TryWrite(line)) await Task.Delay(NotifyLimits.FifoRetry, time, stop);
        return null;
    }

    private async Task ReadAsync(ChildCommand reader, ChildSpawner spawner, TimeProvider time, ILogger log)
    {
        var wait = TimeSpan.FromSeconds(1);
        while (!_stop.IsCancellationRequested)
        {
            var outcome = await ChildRun.RunAsync(spawner, reader, Timeout.InfiniteTimeSpan, time, _stop.Token);
            if (_stop.IsCancellationRequested) return;
            log.LogWarning(
                "the reader of {Path}, {Reader}: {Outcome}; it is started again in {Wait} s", Path, reader, outcome, wait.TotalSeconds);
            try
            {
                await Task.Delay(wait, time, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            wait = wait * 2 < NotifyLimits.ReaderBackOff ? wait * 2 : NotifyLimits.ReaderBackOff;
        }
    }
}
