using System.Globalization;
using Director.Perf.Engines;
using Director.Perf.Measurement;
using Spectre.Console;

namespace Director.Perf.Report;

/// <summary>The table of instructions for people: an engine a row, each kind of traffic two columns.</summary>
internal static class InstructionTable
{
    /// <summary>Makes it.</summary>
    public static Table Of(IReadOnlyList<CellResult> results)
    {
        var table = new Table().RoundedBorder().AddColumn("instructions a packet, above the drop");
        var traffics = results.Select(result => Traffic(result.Cell)).Distinct().ToList();
        foreach (var traffic in traffics)
        {
            table.AddColumn(new TableColumn(ProgressLine.LoadOf(traffic)).RightAligned());
            table.AddColumn(new TableColumn("of IPVS").RightAligned());
        }

        foreach (var engine in results.GroupBy(result => result.Cell.Engine))
        {
            table.AddRow([new Text(engine.Key.Title),
                .. traffics.SelectMany(traffic => Figures(engine.FirstOrDefault(result => Traffic(result.Cell) == traffic), results))]);
        }

        return table;
    }

    // The drop has nothing above itself: its row is what all others are above.
    private static IEnumerable<Text> Figures(CellResult? result, IReadOnlyList<CellResult> all)
    {
        if (result is null) return [new(""), new("")];
        if (!result.Measured) return [new(result.Skipped ? "skipped" : "FAILED"), new("")];
        if (result.Cell.Engine.Name == EngineCatalog.Drop) return [new(Whole($"({Instructions.PerFrame(result):N0})")), new("")];
        return
        [
            new(Instructions.AboveDrop(result, all) is { } above ? Whole($"{above:N0}") : "no drop"),
            new(Instructions.ToIpvs(result, all) is { } ratio ? Whole($"{ratio:0.00}") : ""),
        ];
    }

    private static Cell Traffic(Cell cell) => cell with { Engine = EngineCatalog.All[0] };

    private static string Whole(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
