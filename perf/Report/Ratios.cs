using Director.Perf.Engines;
using Director.Perf.Measurement;
using Director.Perf.Traffic;

namespace Director.Perf.Report;

/// <summary>How results of one run stand to each other.</summary>
internal static class Ratios
{
    /// <summary>Half of what kernel forwarding delivered, at which engines are timed; null if it was not measured.</summary>
    public static double? HalfOfReference(IReadOnlyList<CellResult> all) =>
        all.FirstOrDefault(result => IsReference(result)
            && result is { Measured: true, Cell: { Timed: false, Load: Load.Established, Workers: 1 } })?.Delivered / 2;

    /// <summary>
    /// What an engine delivered as a multiple of what kernel forwarding did with the same traffic, or with the nearest to it that it was
    /// given: the kernel keeps no flows. Null if either was not measured.
    /// </summary>
    public static double? ToReference(CellResult result, IReadOnlyList<CellResult> all)
    {
        if (!result.Measured || result.Cell.Timed || result.Cell.Load == Load.Mixed) return null;
        var reference = all.Where(other => other is { Measured: true, Cell.Timed: false } && IsReference(other)
                && other.Cell.Bytes == result.Cell.Bytes)
            .OrderBy(other => other.Cell.Workers != result.Cell.Workers)
            .ThenBy(other => other.Cell.Load != result.Cell.Load)
            .ThenBy(other => other.Cell.Flows != result.Cell.Flows)
            .FirstOrDefault();
        return result.Delivered / reference?.Delivered;
    }

    private static bool IsReference(CellResult result) => result.Cell.Engine.Name == EngineCatalog.Reference;
}
