using System.Globalization;
using Director.Perf.Engines;
using Director.Perf.Measurement;
using Director.Perf.Traffic;
using Spectre.Console;

namespace Director.Perf.Report;

/// <summary>The tables for people: how many frames, a block for each kind of traffic and an engine a row; and how long they take.</summary>
internal static class ResultTable
{
    private const int PipedWidth = 140;

    /// <summary>Writes them.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<CellResult> results, LatencyFigures? stalls, PerfOptions options)
    {
        if (Console.IsOutputRedirected) console.Profile.Width = PipedWidth;
        if (results.Any(IsRate)) console.Write(options.Ipvs ? InstructionTable.Of([.. results.Where(IsRate)]) : Rates(results));
        if (results.Any(IsMixed)) console.Write(Mixed(results));
        if (results.Any(result => result.Cell.Timed)) console.Write(Latencies(results, stalls));
        foreach (var result in results.Where(result => result.Kept?.Lost > 0))
            console.WriteLine($"lost: {ProgressLine.Describe(result.Cell)}: {result.Losses ?? "the engine does not say where"}");
        foreach (var result in results.Where(result => !result.Measured))
            console.WriteLine($"{(result.Skipped ? "skipped" : "FAILED")}: {ProgressLine.Describe(result.Cell)}: {result.Why}");
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Medians of {options.Windows} windows of {options.WindowLength.TotalSeconds:0.##} s; docs/perf.md says what they mean."));
    }

    private static Table Rates(IReadOnlyList<CellResult> results)
    {
        var table = Framed("traffic", "engine");
        foreach (var column in new[] { "Mpps", "of kernel", "offered", "lost", "CPU 0, 1 …", "spread" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var block in results.Where(IsRate).GroupBy(result => result.Cell with { Engine = EngineCatalog.All[0] }))
        {
            if (table.Rows.Count > 0) table.AddEmptyRow();
            var traffic = string.Create(CultureInfo.InvariantCulture, $"{ProgressLine.LoadOf(block.Key)}, {block.Key.Bytes} B")
                + (block.Key.Workers > 1 ? $", {block.Key.Workers} queues" : "");
            foreach (var result in block)
            {
                var ratio = Ratios.ToReference(result, results);
                table.AddRow([new Text(traffic), new Text(result.Cell.Engine.Title), .. Figures(result, ratio)]);
                traffic = "";
            }
        }

        return table;
    }

    private static IEnumerable<Text> Figures(CellResult result, double? ratio)
    {
        if (!result.Measured) return Nothing(result, 5);
        return
        [
            Number($"{result.Delivered / 1e6:0.000}"),
            ratio is { } times ? Number($"{times:0.00}") : new(""),
            Number($"{result.Offered / 1e6:0.00}"),
            Number($"{result.Loss * 100:0} %"),
            Processors(result),
            Number($"{result.Spread * 100:0} %"),
        ];
    }

    private static Table Mixed(IReadOnlyList<CellResult> results)
    {
        var table = Framed("both at once", "engine");
        foreach (var column in new[] { "new, M/s", "lost", "segments sent", "lost", "collections", "CPU 0, 1 …" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var result in results.Where(IsMixed))
            table.AddRow([new Text(ProgressLine.LoadOf(result.Cell)), new Text(result.Cell.Engine.Title), .. OfBoth(result)]);
        return table;
    }

    private static IEnumerable<Text> OfBoth(CellResult result) => result.Kept is not { } kept ? Nothing(result, 5) :
    [
        Number($"{result.Connections / 1e6:0.000}"),
        Number($"{result.Loss * 100:0.00} %"),
        Number($"{kept.Sent}"),
        Number($"{kept.Lost}"),
        Number($"{result.Collections}"),
        Processors(result),
    ];

    private static Table Latencies(IReadOnlyList<CellResult> results, LatencyFigures? stalls)
    {
        var table = Framed("µs on the way", "engine");
        foreach (var column in new[] { "Mpps", "p50", "p99", "p99.9", "longest", "lost", "collections", "CPU 0, 1 …" })
            table.AddColumn(new TableColumn(column).RightAligned());
        var traffic = "1 k established, 64 B";
        foreach (var result in results.Where(result => result.Cell.Timed))
        {
            table.AddRow([new Text(traffic), new Text(result.Cell.Engine.Title), .. Times(result)]);
            traffic = "";
        }

        if (stalls is null) return table;
        table.AddEmptyRow();
        table.AddRow([new Text("none: processor 1 itself"), new Text("a thread that reads the clock"), new Text(""), .. Times(stalls)]);
        return table;
    }

    private static IEnumerable<Text> Times(CellResult result)
    {
        if (result.Latency is not { } latency) return Nothing(result, 7);
        return
        [
            Number($"{result.Delivered / 1e6:0.000}"),
            .. Times(latency),
            Number($"{result.Loss * 100:0.00} %"),
            Number($"{result.Collections}"),
            Processors(result),
        ];
    }

    private static IEnumerable<Text> Times(LatencyFigures latency) =>
    [
        Number($"{latency.Median:0.0}"),
        Number($"{latency.P99:0.0}"),
        Number($"{latency.P999:0.0}"),
        Number($"{latency.Longest:0}"),
    ];

    private static bool IsMixed(CellResult result) => result.Cell.Load == Load.Mixed;

    private static bool IsRate(CellResult result) => !result.Cell.Timed && !IsMixed(result);

    private static IEnumerable<Text> Nothing(CellResult result, int others) =>
        [new(result.Skipped ? "skipped" : "FAILED"), .. Enumerable.Repeat(new Text(""), others)];

    private static Text Processors(CellResult result) =>
        new(string.Join(' ', result.Cpu.Select(share => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0}"))) + " %");

    private static Table Framed(params string[] columns) => new Table().RoundedBorder().AddColumns(columns);

    private static Text Number(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));
}
