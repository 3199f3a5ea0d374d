using Director.Linux;
using Director.Perf.Engines;
using Director.Perf.Measurement;
using Director.Perf.Report;
using Director.Perf.Traffic;
using Spectre.Console;

namespace Director.Perf;

/// <summary>One run: cell after cell, told as it goes.</summary>
internal static class PerfRun
{
    private const double NewConnections = 260_000; // a second: more than the 250,000 beside which no established one may lose a frame
    private const double MixedRate = NewConnections * 4 / 3; // as Load.Mixed says
    private const int Measured = 0, SomethingFailed = 1, CannotRun = 2, Cancelled = 130;

    /// <summary>Measures what <paramref name="options"/> ask for and returns the exit code.</summary>
    public static async Task<int> RunAsync(PerfOptions options, CancellationToken stop)
    {
        // What cancels us waits only for a command that has returned once.
        await Task.Yield();
        if (!Environment.IsPrivilegedProcess) return Refuse("making network namespaces needs root: sudo ./dev perf");
        if (options.Ipvs != ReferenceMachine.IsThis)
            return Refuse(options.Ipvs ? "instructions are counted in the reference machine: ./dev perf --ipvs boots it"
                : "the reference machine counts instructions: --ipvs");
        if (!options.Ipvs && Environment.ProcessorCount < 2)
            return Refuse("generator and forwarder need a processor each: this machine has one");
        IReadOnlyList<Cell> cells;
        try
        {
            cells = PerfPlan.Cells(options);
            // With the generator: what measures shall not take a processor from what is measured.
            ThreadPinning.PinProcess([0]);
        }
        catch (Exception error) when (error is PerfException or LinuxException)
        {
            return Refuse(error.Message);
        }

        var results = new List<CellResult>();
        LatencyFigures? stalls = null;
        try
        {
            using var progress = ProgressLine.Start(cells.Count, options.Ipvs);
            foreach (var cell in cells)
            {
                stop.ThrowIfCancellationRequested();
                results.Add(Measure(cell, options, results, step => progress.Tell(cell, results.Count, step), stop));
                progress.Done(results);
            }

            if (cells.Any(cell => cell.Timed))
                stalls = ProcessorStalls.Measure(ProcessEngine.Processor, options.Windows, options.WindowLength, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("cancelled; the network is removed");
            return Cancelled;
        }

        ResultTable.Write(AnsiConsole.Console, results, stalls, options);
        if (options.Json is { } file) await File.WriteAllTextAsync(file, JsonReport.Of(results, stalls, options), stop);
        if (options.Svg is { } chart) await File.WriteAllTextAsync(chart, RateChart.Of(results), stop);
        return results.Exists(result => result.Failed) ? SomethingFailed : Measured;
    }

    private static CellResult Measure(
        Cell cell, PerfOptions options, List<CellResult> results, Action<string> tell, CancellationToken stop)
    {
        var rate = cell.Timed ? options.Rate ?? Ratios.HalfOfReference(results) : cell.Load == Load.Mixed ? MixedRate : 0;
        return rate is { } perSecond
            ? CellRun.Measure(cell, options, perSecond, tell, stop)
            : new(cell, [], "at half of kernel forwarding's rate, which was not measured: give --rate", Skipped: true);
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine($"perf: {why}");
        return CannotRun;
    }
}
