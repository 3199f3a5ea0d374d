using System.Globalization;
using Director.Perf.Engines;
using Director.Perf.Measurement;
using Spectre.Console;

namespace Director.Perf.Report;

/// <summary>The table for people: a block for each kind of traffic, an engine a row.</summary>
internal static class ResultTable
{
    private const int PipedWidth = 140;

    /// <summary>Writes it to the terminal.</summary>
    public static void Write(IReadOnlyList<CellResult> results, PerfOptions options)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = PipedWidth;
        var table = new Table().RoundedBorder().AddColumns("traffic", "engine");
        foreach (var column in new[] { "Mpps", "of kernel", "offered", "lost", "CPU 0, 1 …", "spread" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var block in results.GroupBy(result => result.Cell with { Engine = EngineCatalog.All[0] }))
        {
            if (table.Rows.Count > 0) table.AddEmptyRow();
            var traffic = string.Create(CultureInfo.InvariantCulture, $"{Progress.LoadOf(block.Key)}, {block.Key.Bytes} B")
                + (block.Key.Workers > 1 ? $", {block.Key.Workers} queues" : "");
            foreach (var result in block)
            {
                var ratio = Ratios.ToReference(result, results);
                table.AddRow([new Text(traffic), new Text(result.Cell.Engine.Title), .. Figures(result, ratio)]);
                traffic = "";
            }
        }

        AnsiConsole.Write(table);
        foreach (var result in results.Where(result => !result.Measured))
            AnsiConsole.WriteLine($"{(result.Skipped ? "skipped" : "FAILED")}: {Progress.Describe(result.Cell)}: {result.Why}");
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Medians of {options.Windows} windows of {options.WindowLength.TotalSeconds:0.##} s; docs/perf.md says what they mean."));
    }

    private static IEnumerable<Text> Figures(CellResult result, double? ratio)
    {
        if (!result.Measured) return [new(result.Skipped ? "skipped" : "FAILED"), .. Enumerable.Repeat(new Text(""), 5)];
        return
        [
            Number($"{result.Delivered / 1e6:0.000}"),
            ratio is { } times ? Number($"{times:0.00}") : new(""),
            Number($"{result.Offered / 1e6:0.00}"),
            Number($"{result.Loss * 100:0} %"),
            new(string.Join(' ', result.Cpu.Select(share => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0}"))) + " %"),
            Number($"{result.Spread * 100:0} %"),
        ];
    }

    private static Text Number(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));
}
