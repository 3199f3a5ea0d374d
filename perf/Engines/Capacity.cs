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

    /// <summary>How many, for a cell.</summary>
    public static int For(Cell cell) => cell.Load == Load.New ? ForNew : Math.Max(Least, 2 * cell.Flows);
}
