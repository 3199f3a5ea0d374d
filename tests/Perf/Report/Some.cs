using Director.Perf.Engines;
using Director.Perf.Measurement;
using Director.Perf.Traffic;

namespace Director.Tests.Perf.Report;

/// <summary>Results as a run has them.</summary>
internal static class Some
{
    /// <summary>An engine that delivered so many million frames a second in each window.</summary>
    public static CellResult Result(string engine, params double[] millions) => new(
        Cell(engine), [.. millions.Select(rate => new Window(4e6, rate * 1e6, [1.0, 0.5]))]);

    /// <summary>An engine that came to nothing.</summary>
    public static CellResult Failure(string engine, string why) => new(Cell(engine), [], why);

    private static Cell Cell(string engine) =>
        new(EngineCatalog.All.Single(kind => kind.Name == engine), Load.Established, 1_000, FrameTemplate.SmallestBytes, 1);
}
