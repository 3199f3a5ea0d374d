using System.Text.Json;
using System.Xml.Linq;
using Director.Perf.Measurement;
using Director.Perf.Report;
using Spectre.Console;

namespace Director.Tests.Perf.Report;

public sealed class ReportTests
{
    private static readonly CellResult[] Results =
        [Some.Result("kernel", 0.5, 0.9, 0.8), Some.Result("userspace", 1.6, 1.2, 2), Some.Failure("packet", "the director ended with 2")];

    [Fact]
    public void Figures_are_medians_of_the_windows()
    {
        Assert.Equal((0.8e6, 4e6), (Results[0].Delivered, Results[0].Offered));
        Assert.Equal(0.8, Results[0].Loss, 6);
        Assert.Equal(0.5, Results[0].Spread, 6);
        Assert.Equal(1.5, Median.Of([9, 1, 2, 1]));
    }

    [Fact]
    public void Ratios_are_to_kernel_forwarding_with_the_same_traffic()
    {
        Assert.Equal([1.0, 2.0, null], Results.Select(result => Ratios.ToReference(result, Results)));
        Assert.Null(Ratios.ToReference(Results[1], Results[1..]));
        Assert.Equal(0.4e6, Ratios.HalfOfReference(Results));
        Assert.Null(Ratios.HalfOfReference(Results[1..]));
    }

    [Fact]
    public void The_nearest_traffic_is_compared_with_where_the_kernel_has_not_had_the_same()
    {
        var million = Results[1] with { Cell = Results[1].Cell with { Flows = 1_000_000 } };
        var large = Results[1] with { Cell = Results[1].Cell with { Bytes = 1400 } };
        Assert.Equal(2.0, Ratios.ToReference(million, [Results[0], million]));
        Assert.Null(Ratios.ToReference(large, [Results[0], large]));
    }

    [Fact]
    public void The_table_says_what_was_measured_and_why_something_was_not()
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 140;
        ResultTable.Write(console, Results, null, new());

        var row = text.ToString().Split('\n').Single(line => line.Contains("director, AF_XDP", StringComparison.Ordinal));
        Assert.Equal(["", "", "director, AF_XDP", "1.600", "2.00", "4.00", "60 %", "100 50 %", "50 %", ""],
            row.Trim().Split('│').Select(field => field.Trim()));
        Assert.Contains("FAILED: director, AF_PACKET, 1 k established, 64 bytes: the director ended with 2", text.ToString());
    }

    [Fact]
    public void Times_are_medians_of_the_windows_and_the_longest_of_all()
    {
        var windows = new[] { 5.0, 1, 3 }.Select(time => new Window(1, 1, [])
        {
            Latency = new(time, time * 10, time * 100, time * 1000, 7),
        });
        Assert.Equal(new(3, 30, 300, 5000, 21), (Results[0] with { Windows = [.. windows] }).Latency);
        Assert.Null(Results[0].Latency);
    }

    [Fact]
    public void The_JSON_has_every_window_and_nothing_in_place_of_what_was_not_measured()
    {
        using var json = JsonDocument.Parse(JsonReport.Of(Results, null, new()));
        var cells = json.RootElement.GetProperty("cells");
        Assert.Equal(["kernel", "userspace", "packet"], cells.EnumerateArray().Select(cell => cell.GetProperty("engine").GetString()));
        Assert.Equal(2.0, cells[1].GetProperty("ofKernel").GetDouble());
        Assert.Equal([1.6e6, 1.2e6, 2e6],
            cells[1].GetProperty("windows").EnumerateArray().Select(window => window.GetProperty("delivered").GetDouble()));
        Assert.Equal(JsonValueKind.Null, cells[2].GetProperty("delivered").ValueKind);
        Assert.Equal("the director ended with 2", cells[2].GetProperty("why").GetString());
    }

    [Fact]
    public void The_chart_draws_a_bar_for_each_figure_to_one_scale()
    {
        var svg = XDocument.Parse(RateChart.Of(Results)).Root!;
        var bars = svg.Elements(svg.Name.Namespace + "rect").ToList();
        Assert.Equal(["other", "director"], bars.Select(bar => bar.Attribute("class")!.Value));
        Assert.Equal(2, (double)bars[1].Attribute("width")! / (double)bars[0].Attribute("width")!, 2);
        var width = (double)svg.Attribute("width")!;
        Assert.All(bars, bar => Assert.True((double)bar.Attribute("x")! + (double)bar.Attribute("width")! < width));
    }
}
