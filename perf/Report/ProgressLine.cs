using System.Globalization;
using Director.Perf.Measurement;
using Director.Perf.Traffic;

namespace Director.Perf.Report;

/// <summary>
/// What goes on, on the error stream: in a terminal one line that is written over, with a line left for each cell that is done; into a pipe
/// only those.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const string EraseLine = "\r\x1b[2K";
    private readonly bool _drawn = !Console.IsErrorRedirected;
    private readonly int _cells;
    private readonly bool _counted;
    private readonly long _begun = TimeProvider.System.GetTimestamp();

    private ProgressLine(int cells, bool counted) => (_cells, _counted) = (cells, counted);

    /// <summary>Begins a run of so many cells, of which instructions are counted or frames a second.</summary>
    public static ProgressLine Start(int cells, bool counted) => new(cells, counted);

    /// <summary>What is being done.</summary>
    public void Tell(Cell cell, int done, string step)
    {
        if (_drawn) Console.Error.Write($"{EraseLine}{Clock}  {done + 1}/{_cells}  {Describe(cell)}: {step}");
    }

    /// <summary>The last of <paramref name="results"/> is there.</summary>
    public void Done(IReadOnlyList<CellResult> results)
    {
        var result = results[^1];
        var told = result.Measured
            ? _counted ? FormattableString.Invariant($"{Instructions.PerFrame(result):N0} instructions from generator to sink")
            : FormattableString.Invariant($"{result.Delivered / 1e6:0.000} Mpps")
            : $"{(result.Skipped ? "skipped" : "FAILED")}: {result.Why}";
        Console.Error.WriteLine($"{(_drawn ? EraseLine : "")}{Clock}  {results.Count}/{_cells}  {Describe(result.Cell)}: {told}");
    }

    /// <summary>A cell in words.</summary>
    public static string Describe(Cell cell) => string.Create(CultureInfo.InvariantCulture,
        $"{cell.Engine.Title}, {LoadOf(cell)}, {cell.Bytes} bytes{(cell.Workers > 1 ? $", {cell.Workers} workers" : "")}");

    /// <summary>What the clients of a cell do, in words.</summary>
    public static string LoadOf(Cell cell) => cell.Load switch
    {
        Load.New => "new connections",
        Load.Mixed => $"{Count.Format(cell.Flows)} established, new ones beside",
        _ => $"{Count.Format(cell.Flows)} established",
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_drawn) Console.Error.Write(EraseLine);
    }

    private string Clock =>
        TimeProvider.System.GetElapsedTime(_begun).ToString(@"m\:ss", CultureInfo.InvariantCulture);
}
