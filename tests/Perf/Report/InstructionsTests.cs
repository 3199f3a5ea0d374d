using System.Text.Json;
using Director.Perf.Measurement;
using Director.Perf.Report;
using Director.Perf.Traffic;
using Spectre.Console;

namespace Director.Tests.Perf.Report;

public sealed class InstructionsTests
{
    // 500, 10,500 and 5,500 instructions from generator to sink.
    private static readonly CellResult[] Results =
    [
        Some.Result("drop", 2), Some.Result("ipvs", 1 / 10.5), Some.Result("userspace", 1 / 5.5),
        Some.Failure("packet", "3 of 9 frames were lost"),
    ];

    [Fact]
    public void Instructions_are_those_above_the_drop_and_ratios_are_to_what_IPVS_has_above_it()
    {
        Assert.Equal(5_500, Instructions.PerFrame(Results[2]), 3);
        Assert.Equal([0, 10_000, 5_000, null], Results.Select(result => Rounded(Instructions.AboveDrop(result, Results))));
        Assert.Equal([0, 1, 0.5, null], Results.Select(result => Rounded(Instructions.ToIpvs(result, Results))));
    }

    [Fact]
    public void Without_the_drop_or_IPVS_of_the_same_traffic_there_is_no_figure()
    {
        var other = Results[2] with { Cell = Results[2].Cell with { Load = Load.New, Flows = 0 } };
        Assert.Null(Instructions.AboveDrop(other, [.. Results, other]));
        Assert.Null(Instructions.ToIpvs(Results[2], [Results[0], Results[2]]));
    }

    [Fact]
    public void The_table_has_an_engine_a_row_and_kinds_of_traffic_side_by_side()
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 140;
        var connecting = Results[..2].Select(result => result with { Cell = result.Cell with { Load = Load.New, Flows = 0 } });
        ResultTable.Write(console, [.. Results, .. connecting], stalls: null, new() { Ipvs = true });

        Assert.Equal(
            [
                ["XDP drop", "(500)", "", "(500)", ""],
                ["IPVS DR wlc", "10,000", "1.00", "10,000", "1.00"],
                ["director, AF_XDP", "5,000", "0.50", "", ""],
                ["director, AF_PACKET", "FAILED", "", "", ""],
            ],
            text.ToString().Split('\n').Where(line => line.StartsWith('│')).Skip(1)
                .Select(line => line.Trim('│', '\r').Split('│').Select(field => field.Trim())));
        Assert.Contains("FAILED: director, AF_PACKET, 1 k established, 64 bytes: 3 of 9 frames were lost", text.ToString());
    }

    [Fact]
    public void The_JSON_has_instructions_only_where_they_were_counted()
    {
        using var counted = JsonDocument.Parse(JsonReport.Of(Results, null, new() { Ipvs = true }));
        using var timed = JsonDocument.Parse(JsonReport.Of(Results, null, new()));
        Assert.Equal(5_000, counted.RootElement.GetProperty("cells")[2].GetProperty("instructions").GetDouble(), 3);
        Assert.Equal(0.5, counted.RootElement.GetProperty("cells")[2].GetProperty("ofIpvs").GetDouble(), 6);
        Assert.Equal(JsonValueKind.Null, timed.RootElement.GetProperty("cells")[2].GetProperty("instructions").ValueKind);
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 6) : null;
}
