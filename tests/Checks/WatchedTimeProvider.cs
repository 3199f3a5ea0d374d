using Microsoft.Extensions.Time.Testing;

namespace Director.Tests.Checks;

/// <summary>
/// A clock that the test moves, and that knows how many timers wait on it: moving it while a loop is about to arm its timer would let
/// that timer start late.
/// </summary>
internal sealed class WatchedTimeProvider : FakeTimeProvider
{
    private int _waiting;

    public int WaitingTimers => Volatile.Read(ref _waiting);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _waiting);
        return new WatchedTimer(this, timer);
    }

    private sealed class WatchedTimer(WatchedTimeProvider owner, ITimer timer) : ITimer
    {
        private int _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0) Interlocked.Decrement(ref owner._waiting);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
