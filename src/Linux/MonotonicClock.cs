using Director.Linux.Abi;
using Director.Net;

namespace Director.Linux;

/// <summary>
/// The kernel's monotonic clock (<c>CLOCK_MONOTONIC</c>, clock_gettime(2)). All processes of the machine see the same one.
/// </summary>
public sealed class MonotonicClock : IMonoClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private MonotonicClock()
    {
    }

    /// <summary>The clock. There is only one.</summary>
    public static MonotonicClock Instance { get; } = new();

    /// <inheritdoc/>
    public unsafe MonoTime Now
    {
        get
        {
            Libc.Timespec time;
            // Cannot fail: the clock exists on every kernel and the pointer is good (clock_gettime(2), ERRORS).
            _ = Libc.ClockGetTime(Libc.CLOCK_MONOTONIC, &time);
            return new(time.Seconds * NanosecondsPerSecond + time.Nanoseconds);
        }
    }
}
