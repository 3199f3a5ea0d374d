using System.Globalization;
using System.Text.Json;
using Director.Lab;
using Director.Perf.Stress;
using Spectre.Console;

namespace Director.Perf.Reload;

/// <summary>
/// A director with many services and their checks, through which packets flow, whose file is changed in one place and reloaded, again and
/// again.
/// </summary>
internal static class ReloadRun
{
    private const int AllGood = 0, SomethingFailed = 1, CannotRun = 2, Cancelled = 130;

    /// <summary>Reloads before the program is compiled as it stays.</summary>
    private const int WarmUps = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly string[] LateCounters =
    [
        "advertsLateUpTo10ms", "advertsLateUpTo50ms", "advertsLateUpTo100ms", "advertsLateUpTo500ms", "advertsLateUpTo1s",
        "advertsLateBeyond1s", "ticksSkipped",
    ];

    /// <summary>Plays it, tells what came out and returns the exit code.</summary>
    public static async Task<int> RunAsync(ReloadOptions options, CancellationToken stop)
    {
        await Task.Yield();
        var missing = !Environment.IsPrivilegedProcess ? "making network namespaces needs root: sudo ./dev reload"
            : File.Exists(options.Director) ? null : $"there is no {options.Director}: ./dev build makes it";
        if (missing is not null)
        {
            await Console.Error.WriteLineAsync($"reload: {missing}");
            return CannotRun;
        }

        try
        {
            var result = await PlayAsync(options, stop);
            Write(AnsiConsole.Console, result);
            return result.Held ? AllGood : SomethingFailed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("cancelled; the network is removed");
            return Cancelled;
        }
        catch (Exception error) when (error is PerfException or LabException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"reload: {error.Message}");
            return SomethingFailed;
        }
    }

    /// <summary>Plays it.</summary>
    public static async Task<ReloadResult> PlayAsync(ReloadOptions options, CancellationToken stop)
    {
        var file = new ReloadFile(options);
        using var net = new ReloadNet(file);
        var weight = 1;
        await File.WriteAllTextAsync(net.ConfigFile, file.Write(weight), stop);
        var director = net.Start(Path.GetFullPath(options.Director));
        using var question = new StateQuestion(net.RunDirectory);
        var checks = options.Services * ReloadFile.ServersPerService;
        await ReadyAsync(question, checks, director.Lines, stop);

        await using var echo = new EchoStream(net.Client(), options.PacketsPerSecond);
        await echo.BeginAsync(Patience, stop);
        for (var warmUp = 0; warmUp < WarmUps; warmUp++) (await ReloadAsync()).Dispose();

        using var before = await question.WholeAsync(stop);
        var answers = new List<JsonElement>();
        var (refused, forgotten) = (0, 0);
        for (var reload = 0; reload < options.Reloads; reload++)
        {
            await Task.Delay(options.Pause, stop);
            using var answer = await ReloadAsync();
            if (!answer.RootElement.GetProperty("applied").GetBoolean() || answer.RootElement.GetProperty("plan").GetArrayLength() != 1)
                refused++;
            answers.Add(answer.RootElement.GetProperty("status").GetProperty("last").Clone());
            using var status = await question.WholeAsync(stop);
            forgotten += checks - Checked(status);
        }

        var (sent, lost) = await echo.EndAsync();
        using var after = await question.WholeAsync(stop);
        return new(
            [.. answers.Select(last => last.GetProperty("seconds").GetDouble())],
            Stages(answers),
            refused,
            checks,
            forgotten,
            sent,
            lost,
            Grown("advertisementsSent"),
            LateCounters.Sum(Grown),
            Grown("becomeMaster") + Grown("releaseMaster"));

        async Task<JsonDocument> ReloadAsync()
        {
            weight = 3 - weight;
            await File.WriteAllTextAsync(net.ConfigFile, file.Write(weight), stop);
            return await question.ReloadAsync(stop);
        }

        long Grown(string counter) => Counter(after, counter) - Counter(before, counter);
    }

    private static long Counter(JsonDocument status, string name) =>
        status.RootElement.GetProperty("vrrp")[0].GetProperty("counters").TryGetProperty(name, out var counter) ? counter.GetInt64() : 0;

    private static Dictionary<string, double> Stages(List<JsonElement> reloads) => reloads
        .SelectMany(last => last.GetProperty("stages").EnumerateObject()).GroupBy(stage => stage.Name)
        .ToDictionary(stage => stage.Key, stage => stage.Select(one => one.Value.GetDouble()).Order().ElementAt(stage.Count() / 2));

    /// <summary>Checks that know of an attempt.</summary>
    private static int Checked(JsonDocument status) => status.RootElement.GetProperty("services").EnumerateArray()
        .SelectMany(service => service.GetProperty("servers").EnumerateArray())
        .Count(server => server.GetProperty("lastCheckSecondsAgo").ValueKind == JsonValueKind.Number);

    private static async Task ReadyAsync(StateQuestion question, int checks, IReadOnlyList<string> lines, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        while (true)
        {
            try
            {
                using var status = await question.WholeAsync(patience.Token);
                var isMaster = status.RootElement.GetProperty("vrrp")[0].GetProperty("state").GetString() == "MASTER";
                if (isMaster && Checked(status) == checks) return;
            }
            catch (HttpRequestException)
            {
                // It has not started yet.
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                throw new PerfException($"the director is not ready:\n{string.Join('\n', lines)}");
            }

            await Task.Delay(TimeSpan.FromSeconds(0.5), stop);
        }
    }

    private static void Write(IAnsiConsole console, ReloadResult result)
    {
        var table = new Table().RoundedBorder().HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        Row("reloads, ms: median", Milliseconds(result.Median * 1000));
        Row("fastest", Milliseconds(result.Seconds.Min() * 1000));
        Row("slowest", Milliseconds(result.Seconds.Max() * 1000));
        foreach (var (stage, took) in result.Stages) Row($"  {stage}, median", Milliseconds(took));
        Row("refused", $"{result.Refused}");
        Row("checks that run", $"{result.Checks}");
        Row("checks begun anew", $"{result.Forgotten}");
        Row("packets sent", $"{result.Sent}");
        Row("packets lost", $"{result.Lost}");
        Row("adverts", $"{result.Adverts}");
        Row("adverts later than 5 ms", $"{result.Late}");
        Row("changes of state", $"{result.Masterships}");
        console.Write(table);
        console.WriteLine(result.Held
            ? string.Create(CultureInfo.InvariantCulture, $"held: within {ReloadResult.BoundSeconds * 1000:0} ms, and nobody was disturbed")
            : "NOT HELD");

        void Row(string what, string value) => table.AddRow(what, value);
    }

    private static string Milliseconds(double milliseconds) => milliseconds.ToString("0.0", CultureInfo.InvariantCulture);
}
