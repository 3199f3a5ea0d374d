using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Director.LoadScenarios;
using Director.LoadTest.Analysis;
using Director.LoadTest.Reports;
using Director.Tests.LoadTest.Analysis;
using Spectre.Console;

namespace Director.Tests.LoadTest.Reports;

public sealed class ReportTests
{
    private static readonly RunRecord Run = Runs.Run(
        "100+5 300+5 500! 1100+20", [new Threshold.Errors("s", 0), new Threshold.Latency("s", 99, TimeSpan.FromSeconds(1))],
        (1500, LabAction.DirectorStops)) with
        {
            Circumstances = [("datapath", "xdp <native>")],
        };

    private static readonly IReadOnlyList<Verdict> Verdicts = Judge.Decide(Run);

    [Fact]
    public void Csv_has_a_row_for_every_second_of_every_step()
    {
        var output = new StringWriter();

        CsvReport.Write(output, Run);

        Assert.Equal(
            "scenario,step,second,ok,failed,p50_ms,p99_ms,max_ms,events\r\n" +
            "s,,0,2,1,5.000,5.000,5.000,\r\n" +
            "s,,1,1,0,20.000,20.000,20.000,d1 stops (SIGTERM)\r\n", Regex.Replace(output.ToString(), @"(\d+\.0)\d\d", "${1}00"));
    }

    [Fact]
    public void Text_tells_what_happened_the_figures_and_the_verdicts()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = TextReport.Width;

        TextReport.Write(console, Run with { Complete = false }, Verdicts);

        var text = output.ToString();
        Assert.Contains("  1.50 s  d1 stops (SIGTERM)", text, StringComparison.Ordinal);
        Assert.Contains("1 reset", text, StringComparison.Ordinal);
        Assert.Matches(@"s: no error +│ 1 of 4 failed \(1 reset\) +│ FAILED", text);
        Assert.Matches("s: p99 at most 1000 ms .*held", text);
        Assert.Contains("stopped", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_needs_no_other_file_and_its_charts_are_well_formed()
    {
        var output = new StringWriter();

        HtmlReport.Write(output, Run, Verdicts);

        var html = output.ToString();
        Assert.Contains("xdp &lt;native&gt;", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"bad\">FAILED</td>", html, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=|url\\(|@import|NaN|∞", html);
        var charts = Regex.Matches(html, "<svg.*?</svg>", RegexOptions.Singleline).Select(match => XElement.Parse(match.Value)).ToList();
        Assert.Equal(2, charts.Count);
        Assert.All(charts, chart => Assert.Contains("d1 stops (SIGTERM)", chart.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Json_has_figures_and_verdicts()
    {
        using var document = JsonDocument.Parse(JsonReport.Of(Run, Verdicts));

        var root = document.RootElement;
        Assert.Equal("test", root.GetProperty("plan").GetString());
        Assert.Equal(1500, root.GetProperty("events")[0].GetProperty("atMs").GetDouble());
        var step = Assert.Single(root.GetProperty("steps").EnumerateArray());
        Assert.Equal((3, 1), (step.GetProperty("ok").GetInt32(), step.GetProperty("failed").GetProperty("reset").GetInt32()));
        Assert.Equal([false, true], root.GetProperty("thresholds").EnumerateArray().Select(each => each.GetProperty("held").GetBoolean()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_chart_of_nothing_is_still_a_chart(bool logarithmic)
    {
        var svg = new SvgChart("nothing", 0, logarithmic).With("none", "first", []).WithMark(0, "a & b").Draw();

        Assert.Contains("a & b", XElement.Parse(svg).Value, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_in_which_nobody_came_can_be_reported()
    {
        var empty = Run with { Measurements = [], Complete = false };

        HtmlReport.Write(new StringWriter(), empty, Judge.Decide(empty));
        CsvReport.Write(new StringWriter(), empty);
        Assert.NotEmpty(JsonReport.Of(empty, Judge.Decide(empty)));
    }
}
