using System.Globalization;
using Director.LoadTest.Analysis;
using Spectre.Console;

namespace Director.LoadTest.Reports;

/// <summary>The report for a terminal, or as a text file.</summary>
internal static class TextReport
{
    /// <summary>Columns of a text file.</summary>
    public const int Width = 140;

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, RunRecord run, IReadOnlyList<Verdict> verdicts)
    {
        console.WriteLine($"{run.Plan.Name}: {run.Plan.About}");
        console.WriteLine(string.Join(", ", run.Circumstances.Select(pair => $"{pair.What} {pair.How}")));
        foreach (var happening in run.Happened)
            console.WriteLine(Text($"{(happening.At - run.Begun).TotalSeconds,6:0.00} s  {happening.What.Told}"));
        console.Write(Steps(run));
        console.Write(Verdicts(verdicts));
        if (!run.Complete) console.WriteLine("The run was stopped: these are the figures up to then.");
    }

    private static Table Steps(RunRecord run)
    {
        var table = new Table().RoundedBorder()
            .AddColumns("scenario", "step", "per s", "ok", "failed", "p50", "p90", "p99", "p99.9", "max, ms");
        foreach (var column in table.Columns.Skip(2)) column.RightAligned();
        foreach (var step in StepSummary.Of(run))
        {
            var failed = string.Join(", ", step.Failed
                .OrderBy(pair => pair.Key)
                .Select(pair => Text($"{pair.Value:N0} {Outcomes.Told(pair.Key)}")));
            table.AddRow(
                new Text(step.Step.Length == 0 ? step.Scenario : ""),
                new Text(step.Step.Length == 0 ? "(all)" : step.Step),
                new Text(Text($"{step.PerSecond:0.0}")),
                new Text(Text($"{step.Ok:N0}")),
                failed.Length == 0 ? new Text("0") : new Markup($"[red]{Markup.Escape(failed)}[/]"),
                Milliseconds(step.Latency.Percentile(50)),
                Milliseconds(step.Latency.Percentile(90)),
                Milliseconds(step.Latency.Percentile(99)),
                Milliseconds(step.Latency.Percentile(99.9)),
                Milliseconds(step.Latency.Max));
        }

        return table;
    }

    private static Table Verdicts(IReadOnlyList<Verdict> verdicts)
    {
        var table = new Table().RoundedBorder().AddColumns("threshold", "seen", "");
        foreach (var verdict in verdicts)
        {
            var colour = verdict.Held switch { true => "green", false => "bold red", null => "yellow" };
            table.AddRow(new Text(verdict.Threshold), new Text(verdict.Seen), new Markup($"[{colour}]{verdict.Told}[/]"));
        }

        return table;
    }

    private static Text Milliseconds(TimeSpan span) => new(Text($"{span.TotalMilliseconds:0.00}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
