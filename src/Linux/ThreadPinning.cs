using System.Numerics;
using Tmds.Linux;

namespace Director.Linux;

/// <summary>Which processors a thread may run on (sched_setaffinity(2)).</summary>
public static class ThreadPinning
{
    private const int MaxProcessors = 1024;
    private const int BitsPerWord = 64;

    /// <summary>
    /// Binds the calling thread to one processor. Threads that it starts inherit this, so workers are started by a thread that is free.
    /// </summary>
    /// <param name="processor">Number of the processor, one of <see cref="Allowed"/>.</param>
    /// <exception cref="LinuxException">There is no such processor, or the process may not use it.</exception>
    public static unsafe void PinCurrentThread(int processor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(processor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(processor, MaxProcessors);
        var mask = stackalloc ulong[MaxProcessors / BitsPerWord];
        mask[processor / BitsPerWord] = 1UL << (processor % BitsPerWord);
        if (LibC.sched_setaffinity(0, MaxProcessors / 8, (cpu_set_t*)mask) != 0)
        {
            throw LinuxException.FromLastError("sched_setaffinity", $"processor {processor}",
                "choose one that the service may use (AllowedCPUs, cpuset, taskset)");
        }
    }

    /// <summary>The processors that the calling thread may run on, ascending.</summary>
    /// <exception cref="LinuxException">The kernel knows more than 1024 processors.</exception>
    public static unsafe IReadOnlyList<int> Allowed()
    {
        var mask = stackalloc ulong[MaxProcessors / BitsPerWord];
        if (LibC.sched_getaffinity(0, MaxProcessors / 8, (cpu_set_t*)mask) < 0)
            throw LinuxException.FromLastError("sched_getaffinity", "this thread");
        var processors = new List<int>();
        for (var word = 0; word < MaxProcessors / BitsPerWord; word++)
        {
            for (var bits = mask[word]; bits != 0; bits &= bits - 1)
                processors.Add(word * BitsPerWord + BitOperations.TrailingZeroCount(bits));
        }

        return processors;
    }
}
