using Director.Linux.Abi;
using Tmds.Linux;

namespace Director.Linux;

/// <summary>Waits for descriptors (poll(2)).</summary>
public static unsafe class Waiting
{
    /// <summary>Until one of the two can be read from, or the time is over; −1 is no descriptor.</summary>
    public static void ForReading(int first, int second, TimeSpan timeout)
    {
        var polled = stackalloc pollfd[]
        {
            new() { fd = first, events = LibC.POLLIN },
            new() { fd = second, events = LibC.POLLIN },
        };
        _ = Libc.Poll(polled, 2, (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 0, int.MaxValue));
    }
}
