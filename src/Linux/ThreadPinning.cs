using System.Numerics;
using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Tmds.Linux;

namespace Director.Linux;

/// <summary>Which processors a thread may run on (sched_setaffinity(2)).</summary>
public static class ThreadPinning
{
    /// <summary>One more than the highest number of a processor.</summary>
    public const int MaxProcessors = 1024;

    private const int BitsPerWord = 64;

    /// <summary>
    /// Binds the calling thread to one processor. Threads that it starts inherit this, so workers are started by a thread that is free.
    /// </summary>
    /// <param name="processor">Number of the processor, one that the process may use.</param>
    /// <exception cref="LinuxException">There is no such processor, or the process may not use it.</exception>
    public static void PinCurrentThread(int processor) => Pin(0, [processor]);

    /// <summary>Binds all threads that the process has now, and those that they start, to some processors.</summary>
    /// <param name="processors">Numbers of the processors, of which the process may use one at least.</param>
    /// <exception cref="LinuxException">There are no such processors, or the process may not use them.</exception>
    public static void PinProcess(IReadOnlyCollection<int> processors) => ProcessThreads.ForEach(thread => Pin(thread, processors));

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

    private static unsafe void Pin(int thread, IEnumerable<int> processors)
    {
        var mask = stackalloc ulong[MaxProcessors / BitsPerWord];
        foreach (var processor in processors)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(processor);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(processor, MaxProcessors);
            mask[processor / BitsPerWord] |= 1UL << (processor % BitsPerWord);
        }

        if (LibC.sched_setaffinity(thread, MaxProcessors / 8, (cpu_set_t*)mask) == 0) return;
        // A thread that has just ended needs no place.
        if (Marshal.GetLastPInvokeError() == Errno.ESRCH) return;
        throw LinuxException.FromLastError("sched_setaffinity", $"processor {string.Join(',', processors)}",
            "choose one that the service may use (AllowedCPUs, cpuset, taskset)");
    }
}
