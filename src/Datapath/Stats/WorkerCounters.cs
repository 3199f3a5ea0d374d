using System.Runtime.CompilerServices;
using Director.Datapath.Ports;

namespace Director.Datapath.Stats;

/// <summary>One worker's counters: it alone writes them, without interlocked operations; anyone may read them.</summary>
public sealed class WorkerCounters
{
    /// <summary>Longs of padding on both sides, so that no other thread's data shares a pair of cache lines with these.</summary>
    private const int Padding = 16;

    private static readonly int Names = Enum.GetValues<WorkerCounter>().Length;
    private static readonly int Reasons = Enum.GetValues<DropReason>().Length;

    private readonly long[] _values = new long[Padding + Names + Reasons + Padding];

    /// <summary>The value of a counter.</summary>
    public long this[WorkerCounter counter] => Volatile.Read(ref _values[Padding + (int)counter]);

    /// <summary>Frames dropped for a reason.</summary>
    public long this[DropReason reason] => Volatile.Read(ref _values[Padding + Names + (int)reason]);

    /// <summary>Frames dropped for any reason.</summary>
    public long Dropped
    {
        get
        {
            long sum = 0;
            for (var reason = 0; reason < Reasons; reason++) sum += this[(DropReason)reason];
            return sum;
        }
    }

    /// <summary>Counts one more, or <paramref name="by"/> more. The worker's own thread only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(WorkerCounter counter, long by = 1) => _values[Padding + (int)counter] += by;

    /// <summary>Counts a drop. The worker's own thread only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(DropReason reason) => _values[Padding + Names + (int)reason]++;
}
