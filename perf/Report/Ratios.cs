using Director.Perf.Engines;
using Director.Perf.Measurement;

namespace Director.Perf.Report;

/// <summary>How results of one run stand to each other.</summary>
internal static class Ratios
{
    /// <summary>
    /// What an engine delivered as a multiple of what kernel forwarding did with the same traffic, or with the nearest to it that it was
    /// given: the kernel keeps no flows. Null if either was not measured.
    /// </summary>
    public static double? ToReference(CellResult result, IReadOnlyList<CellResult> all)
    {
        var reference = all.Where(other => other.Measured && other.Cell.Engine.Name == EngineCatalog.Reference
                && other.Cell.Bytes == result.Cell.Bytes)
            .OrderBy(other => other.Cell.Workers != result.Cell.Workers)
            .ThenBy(other => other.Cell.Load != result.Cell.Load)
            .ThenBy(other => other.Cell.Flows != result.Cell.Flows)
            .FirstOrDefault();
        return result.Measured && reference is not null ? result.Delivered / reference.Delivered : null;
    }
}
