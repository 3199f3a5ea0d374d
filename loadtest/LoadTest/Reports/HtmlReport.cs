using System.Globalization;
using System.Net;
using System.Reflection;
using Director.LoadTest.Analysis;

namespace Director.LoadTest.Reports;

/// <summary>The report as one HTML file that needs no other: thresholds, figures, and charts over time with what happened.</summary>
internal static class HtmlReport
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, RunRecord run, IReadOnlyList<Verdict> verdicts)
    {
        output.WriteLine("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
        output.WriteLine("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        output.WriteLine($"<title>Load: {Escaped(run.Plan.Name)}</title><style>");
        output.WriteLine(Style());
        output.WriteLine($"</style></head><body><h1>{Escaped(run.Plan.Name)}</h1><p class=\"about\">{Escaped(run.Plan.About)}</p>");
        if (!run.Complete) output.WriteLine("<p class=\"open\">The run was stopped: these are the figures up to then.</p>");
        Verdicts(output, verdicts);
        Steps(output, run);
        Charts(output, run);
        output.WriteLine("<h2>Circumstances</h2><dl>");
        foreach (var (what, how) in run.Circumstances) output.WriteLine($"<dt>{Escaped(what)}</dt><dd>{Escaped(how)}</dd>");
        output.WriteLine("</dl></body></html>");
    }

    private static void Verdicts(TextWriter output, IReadOnlyList<Verdict> verdicts)
    {
        output.WriteLine("<h2>Thresholds</h2><div class=\"scroll\"><table><tr><th>threshold</th><th>seen</th><th></th></tr>");
        foreach (var verdict in verdicts)
        {
            var style = verdict.Held switch { true => "good", false => "bad", null => "open" };
            output.WriteLine(
                $"<tr><td>{Escaped(verdict.Threshold)}</td><td>{Escaped(verdict.Seen)}</td><td class=\"{style}\">{verdict.Told}</td></tr>");
        }

        output.WriteLine("</table></div>");
    }

    private static void Steps(TextWriter output, RunRecord run)
    {
        output.WriteLine("<h2>Figures</h2><p class=\"about\">Latency in milliseconds, of what was answered, from when it was due.</p>");
        output.WriteLine("<div class=\"scroll\"><table><tr><th>scenario</th><th>step</th>");
        foreach (var head in new[] { "per s", "ok", "failed", "p50", "p90", "p99", "p99.9", "max" })
            output.Write($"<th class=\"n\">{head}</th>");
        output.WriteLine("</tr>");
        foreach (var step in StepSummary.Of(run))
        {
            var failed = step.FailedCount == 0 ? "" : " bad";
            output.Write($"<tr><td>{Escaped(step.Scenario)}</td><td>{(step.Step.Length == 0 ? "(all)" : Escaped(step.Step))}</td>");
            output.Write(Text($"<td class=\"n\">{step.PerSecond:0.0}</td><td class=\"n\">{step.Ok:N0}</td>"));
            output.Write(Text($"<td class=\"n{failed}\">{step.FailedCount:N0}</td>"));
            foreach (var percent in new[] { 50, 90, 99, 99.9 }) output.Write(Milliseconds(step.Latency.Percentile(percent)));
            output.WriteLine(Milliseconds(step.Latency.Max) + "</tr>");
        }

        output.WriteLine("</table></div>");
    }

    private static void Charts(TextWriter output, RunRecord run)
    {
        foreach (var scenario in StepSecond.Of(run).Where(row => row.Step.Length == 0).GroupBy(row => row.Scenario))
        {
            var seconds = scenario.OrderBy(row => row.Second).ToList();
            output.WriteLine($"<h2>{Escaped(scenario.Key)}</h2>");
            var rate = new SvgChart("iterations that were due in each second", seconds.Count, logarithmic: false)
                .With("ok", "first", [.. seconds.Select(row => (double)row.Ok)])
                .With("failed", "failed", [.. seconds.Select(row => (double)row.Failed)]);
            var latency = new SvgChart("latency, ms", seconds.Count, logarithmic: true)
                .With("p50", "first", [.. seconds.Select(row => row.P50.TotalMilliseconds)])
                .With("p99", "second", [.. seconds.Select(row => row.P99.TotalMilliseconds)]);
            foreach (var happening in run.Happened)
            {
                var at = (happening.At - run.Begun).TotalSeconds;
                rate.WithMark(at, happening.What.Told);
                latency.WithMark(at, happening.What.Told);
            }

            output.WriteLine(rate.Draw());
            output.WriteLine(latency.Draw());
        }
    }

    private static string Milliseconds(TimeSpan span) => Text($"<td class=\"n\">{span.TotalMilliseconds:0.00}</td>");

    private static string Style()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
