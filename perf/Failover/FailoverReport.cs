using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Director.Perf.Failover;

/// <summary>The figures: as they come, as a table for people, as JSON for programs.</summary>
internal static class FailoverReport
{
    private static readonly JsonSerializerOptions Style = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>A round of both programs is over.</summary>
    public static void Tell(FailoverCell cell, int round, int rounds, IReadOnlyList<FailoverResult> results)
    {
        var drawn = !Console.IsErrorRedirected;
        var figures = string.Join(", ", results.Select(result => FormattableString.Invariant($"{result.Program} {result.Gap:0.0} ms")));
        var line = FormattableString.Invariant($"{Title(cell)}  {round}/{rounds}  {figures}");
        if (drawn) Console.Error.Write($"\r\x1b[2K{line}{(round == rounds ? "\n" : "")}");
        else if (round == rounds) Console.Error.WriteLine(line);
    }

    /// <summary>What is not as it should be, in sentences.</summary>
    public static IReadOnlyList<string> Exceeded(IReadOnlyList<FailoverResult> results) =>
    [
        .. from ours in results.Where(result => result.Program == "director")
           let theirs = results.Single(result => result.Program != ours.Program && result.Cell == ours.Cell)
           from what in Bounds.Exceeded(ours, theirs)
           select $"{Title(ours.Cell)}: {what}",
    ];

    /// <summary>Writes the table.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<FailoverResult> results)
    {
        // No borders between columns: eight of them fit into a terminal of 80.
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns(new TableColumn("adverts each").NoWrap(), new TableColumn("program").NoWrap());
        foreach (var column in new[] { "due", "gap", "longest", "ARP", "client", "longest" })
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap().PadLeft(0));
        foreach (var result in results)
        {
            table.AddRow(
                result.Program == "director" ? Title(result.Cell) : "", result.Program, Milliseconds(result.Cell.Due.TotalMilliseconds),
                Milliseconds(result.Gap), Milliseconds(result.LongestGap), Milliseconds(result.Announced),
                Milliseconds(result.Outage), Milliseconds(result.LongestOutage));
        }

        console.Write(table);
        console.WriteLine($"Milliseconds, medians of {results[0].Rounds.Count}. gap: from the last advert to the successor's first;");
        console.WriteLine("ARP: from there to its gratuitous ARP; client: between answers of the address.");
        var exceeded = Exceeded(results);
        foreach (var what in exceeded) console.WriteLine($"NOT HELD  {what}");
        if (exceeded.Count == 0)
            console.WriteLine("held: the director's medians are at most keepalived's + 2 ms");
    }

    /// <summary>The figures with every round.</summary>
    public static string Json(IReadOnlyList<FailoverResult> results, FailoverOptions options) => JsonSerializer.Serialize(
        new
        {
            Machine = new { Kernel = Environment.OSVersion.VersionString, Processors = Environment.ProcessorCount },
            options.Rounds,
            Cells = results.Select(result => new
            {
                IntervalSeconds = result.Cell.Interval.TotalSeconds,
                End = result.Cell.End.ToString().ToLowerInvariant(),
                result.Program,
                DueMilliseconds = result.Cell.Due.TotalMilliseconds,
                GapMilliseconds = result.Gap,
                OutageMilliseconds = result.Outage,
                Rounds = result.Rounds.Select(round => new
                {
                    GapMilliseconds = round.AdvertGap.TotalMilliseconds,
                    AnnouncedMilliseconds = round.Announced.TotalMilliseconds,
                    OutageMilliseconds = round.Outage.TotalMilliseconds,
                }),
            }),
            NotHeld = Exceeded(results),
        },
        Style);

    private static string Title(FailoverCell cell) => FormattableString.Invariant(
        $"{cell.Interval.TotalSeconds:0.##} s, {(cell.End == MasterEnd.Crash ? "crash" : "planned")}");

    private static string Milliseconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
