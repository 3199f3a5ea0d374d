using Director.Lab;
using Director.Perf.Routers.Peers;
using Spectre.Console;

namespace Director.Perf.Failover;

/// <summary>One run: cell after cell, ours and keepalived's by turns, told as it goes.</summary>
internal static class FailoverRun
{
    private const int AllGood = 0, SomethingFailed = 1, CannotRun = 2, Cancelled = 130;

    /// <summary>Measures what <paramref name="options"/> ask for and returns the exit code.</summary>
    public static async Task<int> RunAsync(FailoverOptions options, CancellationToken stop)
    {
        // What cancels us waits only for a command that has returned once.
        await Task.Yield();
        var missing = !Environment.IsPrivilegedProcess ? "making network namespaces needs root: sudo ./dev failover"
            : KeepalivedPeer.Missing ?? (File.Exists(options.Director) ? null : $"there is no {options.Director}: ./dev build makes it");
        if (missing is not null)
        {
            await Console.Error.WriteLineAsync($"failover: {missing}");
            return CannotRun;
        }

        var results = new List<FailoverResult>();
        try
        {
            var program = Path.GetFullPath(options.Director);
            foreach (var interval in options.Intervals)
            {
                foreach (var end in options.Ends) results.AddRange(await PlayAsync(new(interval, end), options.Rounds, program, stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("cancelled; the networks are removed");
            return Cancelled;
        }
        catch (Exception error) when (error is PerfException or LabException)
        {
            await Console.Error.WriteLineAsync($"failover: {error.Message}");
            return SomethingFailed;
        }

        FailoverReport.Write(AnsiConsole.Console, results);
        if (options.Json is { } file) await File.WriteAllTextAsync(file, FailoverReport.Json(results, options), stop);
        return FailoverReport.Exceeded(results).Count == 0 ? AllGood : SomethingFailed;
    }

    private static async Task<FailoverResult[]> PlayAsync(FailoverCell cell, int rounds, string director, CancellationToken stop)
    {
        using var ours = await FailoverPair.StartAsync(
            cell, (machine, directory) => new DirectorPeer(machine, directory, director), stop);
        using var theirs = await FailoverPair.StartAsync(cell, (machine, directory) => new KeepalivedPeer(machine, directory), stop);
        FailoverResult[] results = [new(cell, "director"), new(cell, "keepalived")];
        for (var round = 0; round < rounds; round++)
        {
            // Both end at the same parts of an interval, which are spread evenly: what a crash costs depends on it.
            var phase = (round + 0.5) / rounds;
            results[0].Add(await ours.PlayAsync(phase, stop));
            results[1].Add(await theirs.PlayAsync(phase, stop));
            FailoverReport.Tell(cell, round + 1, rounds, results);
        }

        return results;
    }
}
