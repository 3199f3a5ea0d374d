using System.Globalization;
using System.Text.Json;
using Director.Datapath.Scheduling;

namespace Director.Bench.Schedulers;

/// <summary>
/// <c>bench schedulers</c>: how evenly each scheduler spreads connections over servers, and whom a change of the pool moves. The same
/// seed gives the same figures.
/// </summary>
internal static class FairnessTable
{
    private const int DefaultSeed = 1;

    /// <summary>Connections that a server may have where the scheduler takes weights for such a number.</summary>
    private const int ConnectionsPerWeight = 200;

    private static readonly int[] Equal = [1, 1, 1, 1, 1, 1, 1, 1];
    private static readonly int[] Unequal = [1, 2, 3, 4, 1, 2, 3, 4];
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Plays all of it and prints the table; returns the exit code.</summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var (traces, seed, asJson) = (new List<Trace>(), DefaultSeed, false);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--json":
                    asJson = true;
                    break;
                case "--seed" when i + 1 < arguments.Count && int.TryParse(arguments[i + 1], out seed):
                    i++;
                    break;
                case "--trace" when i + 1 < arguments.Count:
                    try
                    {
                        traces.Add(Trace.Read(arguments[++i]));
                        break;
                    }
                    catch (Exception problem) when (problem is FormatException or IOException or UnauthorizedAccessException)
                    {
                        Console.Error.WriteLine($"bench schedulers: {problem.Message}");
                        return 1;
                    }

                default:
                    Console.Error.WriteLine("usage: bench schedulers [--trace FILE]... [--seed N] [--json]");
                    return 2;
            }
        }

        traces = [.. Trace.Synthetic(seed), .. traces];
        var rows = SchedulerCatalog.Names.Select(name => RowOf(name, traces)).ToList();
        if (asJson) Console.WriteLine(JsonSerializer.Serialize(new { seed, servers = Equal.Length, schedulers = rows }, Json));
        else Print(rows, traces);
        return 0;
    }

    /// <summary>One scheduler over all traces.</summary>
    internal static SchedulerRow RowOf(string scheduler, IReadOnlyList<Trace> traces)
    {
        var factor = scheduler is "ovf" or "lblc" or "lblcr" ? ConnectionsPerWeight : 1;
        int[] equal = [.. Equal.Select(weight => weight * factor)], unequal = [.. Unequal.Select(weight => weight * factor)];
        return new(
            scheduler,
            traces.ToDictionary(trace => trace.Name, trace => SchedulerRun.Play(scheduler, equal, trace, PoolChange.None)),
            traces.ToDictionary(trace => trace.Name, trace => SchedulerRun.Play(scheduler, unequal, trace, PoolChange.None)),
            SchedulerRun.Play(scheduler, equal, traces[0], PoolChange.Leaves).Moved,
            SchedulerRun.Play(scheduler, equal, traces[0], PoolChange.Comes).Moved);
    }

    private static void Print(List<SchedulerRow> rows, List<Trace> traces)
    {
        Console.WriteLine("Fullest server over the mean, each for its weight, over time (and at worst); eight servers.");
        PrintLoads(rows, traces, "equal weights", row => row.Equal);
        PrintLoads(rows, traces, "weights 1 to 4", row => row.Unequal);
        Console.WriteLine("\nReturning clients that are given another server, though theirs is there.\n");
        Console.WriteLine("| | no change | a server leaves | a server comes |\n|---|--:|--:|--:|");
        foreach (var row in rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| `{row.Scheduler}` | {row.Equal[traces[0].Name].Moved:P1} | {row.MovedAsOneLeaves:P1} | {row.MovedAsOneComes:P1} |"));
        }
    }

    private static void PrintLoads(
        List<SchedulerRow> rows, List<Trace> traces, string title, Func<SchedulerRow, IReadOnlyDictionary<string, SchedulerResult>> results)
    {
        Console.WriteLine($"\n| {title} | {string.Join(" | ", traces.Select(trace => trace.Name))} |");
        Console.WriteLine($"|---|{string.Concat(traces.Select(_ => "--:|"))}");
        foreach (var row in rows)
        {
            var cells = traces.Select(trace => Cell(results(row)[trace.Name]));
            Console.WriteLine($"| `{row.Scheduler}` | {string.Join(" | ", cells)} |");
        }
    }

    private static string Cell(SchedulerResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{result.Load:F2} ({result.Worst:F2}){(result.Refused > 0 ? $", {result.Refused:P0} refused" : "")}");
}
