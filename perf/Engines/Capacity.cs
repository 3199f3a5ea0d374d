using System.Numerics;
using Director.Perf.Measurement;
using Director.Perf.Traffic;

namespace Director.Perf.Engines;

/// <summary>
/// Connections that an engine has room for: twice as many as there are, as one that has no room for a connection does less for it.
/// </summary>
internal static class Capacity
{
    private const int Least = 1 << 16;
    private const int ForNew = 1 << 24;
    private const int MostInKernel = 1 << 22;

    /// <summary>How many, for a cell.</summary>
    public static int For(Cell cell) => cell.Load != Load.Established ? ForNew : Math.Max(Least, 2 * cell.Flows);

    /// <summary>How many in a table that the kernel makes whole at once: a power of two, and for new connections not all.</summary>
    public static int InKernel(Cell cell) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(MostInKernel, For(cell)));
}
