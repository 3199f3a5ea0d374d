using Director.Perf.Engines;
using Director.Perf.Measurement;

namespace Director.Perf.Report;

/// <summary>
/// Instructions that frames take in the reference machine, whose one processor is never idle meanwhile: what a second has of them by the
/// frames that were delivered in it.
/// </summary>
internal static class Instructions
{
    /// <summary>Those of a frame from generator to sink, both included.</summary>
    public static double PerFrame(CellResult result) => ReferenceMachine.Speed / result.Delivered;

    /// <summary>
    /// Those of the engine: less what the same frame takes that is dropped where it comes in. Null if either was not measured.
    /// </summary>
    public static double? AboveDrop(CellResult result, IReadOnlyList<CellResult> all) =>
        result.Measured && Same(EngineCatalog.Drop, result, all) is { } drop ? PerFrame(result) - PerFrame(drop) : null;

    /// <summary>The same as a multiple of what IPVS takes. Null if either was not measured.</summary>
    public static double? ToIpvs(CellResult result, IReadOnlyList<CellResult> all) =>
        Same(EngineCatalog.Ipvs, result, all) is { } ipvs ? AboveDrop(result, all) / AboveDrop(ipvs, all) : null;

    private static CellResult? Same(string engine, CellResult result, IReadOnlyList<CellResult> all) => all.FirstOrDefault(
        other => other.Measured && other.Cell.Engine.Name == engine && other.Cell with { Engine = result.Cell.Engine } == result.Cell);
}
