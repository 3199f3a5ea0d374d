using Director.Lab;
using Director.Lab.Narration;
using Director.LoadScenarios;
using Director.LoadScenarios.Generation;
using Director.LoadScenarios.Plans;
using Director.LoadTest.Analysis;
using Director.LoadTest.Lab;
using Director.LoadTest.Progress;
using Director.LoadTest.Reports;
using Spectre.Console;

namespace Director.LoadTest;

/// <summary>Plays a plan and says whether its thresholds held.</summary>
internal static class LoadCommand
{
    /// <summary>Exit code: every threshold held.</summary>
    public const int Held = 0;

    /// <summary>Exit code: a threshold failed, or could not be judged.</summary>
    public const int Failed = 1;

    /// <summary>Exit code: it could not be run.</summary>
    public const int CannotRun = 2;

    /// <summary>Exit code: stopped by Ctrl-C, as a shell reports it.</summary>
    public const int Stopped = 130;

    private const int LogLines = 15;

    /// <summary>
    /// Plays, cleans up, reports, and returns the exit code; stopping it ends the run early and still reports what there is.
    /// </summary>
    public static async Task<int> RunAsync(LoadOptions options, CancellationToken stop)
    {
        try
        {
            var plan = Plan(options);
            if (!Environment.IsPrivilegedProcess) return Refuse(options, "making network namespaces needs root: sudo ./dev load");
            return await PlayAsync(options, plan, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await options.Story.WriteLineAsync("Stopped before anybody came; the lab is removed.");
            return Stopped;
        }
        catch (Exception error) when (error is LabException or ArgumentOutOfRangeException or TimeoutException or IOException)
        {
            return Refuse(options, error is ArgumentOutOfRangeException ? error.Message.Split(" (Parameter")[0] : error.Message);
        }
    }

    private static LoadPlan Plan(LoadOptions options)
    {
        var plans = LoadPlans.All();
        var plan = plans.FirstOrDefault(plan => plan.Name == options.Plan)
            ?? throw new LabException($"there is no plan '{options.Plan}': {string.Join(", ", plans.Select(plan => plan.Name))}");
        return plan.Scaled(options.Duration, options.Users);
    }

    private static async Task<int> PlayAsync(LoadOptions options, LoadPlan plan, CancellationToken stop)
    {
        using var lab = new LoadLab(LabOptions(options, plan));
        RunRecord run;
        var console = Reporter(options.Output, options.Interactive);
        try
        {
            run = options.Interactive && !options.Json
                ? await console.Live(new Text("the network is ready")).AutoClear(true).StartAsync(display =>
                    PlayAsync(options, plan, lab, new LiveProgress(console, display, TimeProvider.System), stop))
                : await PlayAsync(options, plan, lab, new PlainProgress(options.Story, TimeProvider.System), stop);
        }
        catch (LabException)
        {
            TellLastWords(options, lab);
            throw;
        }

        var verdicts = Judge.Decide(run);
        if (options.ReportDirectory is { } directory) await WriteReportsAsync(directory, run, verdicts, options);
        if (options.Json) await options.Output.WriteLineAsync(JsonReport.Of(run, verdicts));
        else TextReport.Write(console, run, verdicts);
        if (stop.IsCancellationRequested) return Stopped;
        if (verdicts.All(verdict => verdict.Held == true)) return Held;
        TellLastWords(options, lab);
        return Failed;
    }

    private static async Task<RunRecord> PlayAsync(
        LoadOptions options, LoadPlan plan, LoadLab lab, IProgressView view, CancellationToken stop)
    {
        var order = new GeneratorOrder(plan.Name, lab.Target, options.Duration, options.Users);
        var run = await new LoadRun(plan, lab, view).PlayAsync([.. options.Generator, .. order.Words], stop);
        return run with { Circumstances = [("engine", options.Engine), .. run.Circumstances] };
    }

    private static LabOptions LabOptions(LoadOptions options, LoadPlan plan) => new()
    {
        Self = options.Director,
        Output = options.Story,
        Interactive = false,
        DirectorCommand =
        [
            .. options.Director, "run", "-f", "{file}", "--run-dir", "{run-dir}",
            .. plan.Settings.Concat(options.Settings).SelectMany(setting => new[] { "--set", setting }),
        ],
    };

    private static async Task WriteReportsAsync(
        string directory, RunRecord run, IReadOnlyList<Verdict> verdicts, LoadOptions options)
    {
        Directory.CreateDirectory(directory);
        await using (var html = File.CreateText(Path.Combine(directory, "report.html"))) HtmlReport.Write(html, run, verdicts);
        await using (var csv = File.CreateText(Path.Combine(directory, "report.csv"))) CsvReport.Write(csv, run);
        await using (var text = File.CreateText(Path.Combine(directory, "report.txt")))
            TextReport.Write(Reporter(text, interactive: false), run, verdicts);
        await options.Story.WriteLineAsync($"reports: {Path.GetFullPath(directory)}/report.html, .csv, .txt");
    }

    private static IAnsiConsole Reporter(TextWriter output, bool interactive) =>
        StoryConsole.Create(output, interactive, TextReport.Width);

    private static void TellLastWords(LoadOptions options, LoadLab lab)
    {
        foreach (var (role, lines) in lab.LastWords(LogLines))
        {
            options.Story.WriteLine($"The last lines of {role}:");
            foreach (var line in lines) options.Story.WriteLine("    " + line);
        }
    }

    private static int Refuse(LoadOptions options, string why)
    {
        options.Story.WriteLine($"loadtest: {why}");
        return CannotRun;
    }
}
