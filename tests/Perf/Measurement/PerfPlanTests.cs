using Director.Perf;
using Director.Perf.Engines;
using Director.Perf.Measurement;
using Director.Perf.Traffic;

namespace Director.Tests.Perf.Measurement;

public sealed class PerfPlanTests
{
    private static readonly IEnumerable<EngineKind> Forwarding = EngineCatalog.All.Where(engine => engine.Name != EngineCatalog.Drop);

    [Fact]
    public void The_short_form_is_about_a_dozen_cells_with_every_engine_and_none_twice()
    {
        var cells = PerfPlan.Cells(new());
        Assert.InRange(cells.Count, 8, 14);
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.Equal(Forwarding, cells.Select(cell => cell.Engine).Distinct());
        Assert.Contains(cells, cell => cell.Load == Load.New);
        Assert.DoesNotContain(cells, cell => cell.Timed);
    }

    [Fact]
    public void Everything_has_three_numbers_of_flows_both_loads_both_sizes_two_workers_and_times()
    {
        var cells = PerfPlan.Cells(new() { Full = true });
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.Equal([1_000, 100_000, 1_000_000], cells.Where(cell => cell.Load == Load.Established).Select(cell => cell.Flows).Distinct());
        Assert.Contains(cells, cell => cell.Load == Load.New);
        Assert.Contains(cells, cell => cell.Load == Load.Mixed);
        Assert.Equal([64, 1400], cells.Select(cell => cell.Bytes).Distinct());
        Assert.Equal([1, 2], cells.Select(cell => cell.Workers).Distinct());
        Assert.Equal(Forwarding, cells.Where(cell => cell.Timed).Select(cell => cell.Engine));
    }

    [Fact]
    public void What_is_asked_for_is_measured_and_nothing_else()
    {
        var cells = PerfPlan.Cells(new()
        {
            Engines = ["userspace", "kernel"], Flows = [1_000, 5_000], Loads = [Load.Established, Load.New],
        });
        Assert.Equal(
            ["kernel Established 1000", "userspace Established 1000", "kernel Established 5000", "userspace Established 5000",
                "kernel New 0", "userspace New 0"],
            cells.Select(cell => FormattableString.Invariant($"{cell.Engine.Name} {cell.Load} {cell.Flows}")));
    }

    [Fact]
    public void Instructions_are_counted_of_every_engine_and_of_those_that_keep_connections_with_new_ones_too()
    {
        var cells = PerfPlan.Cells(new() { Ipvs = true });
        Assert.Equal(EngineCatalog.All, cells.Where(cell => cell.Load == Load.Established).Select(cell => cell.Engine));
        Assert.Equal(["drop", "ipvs", "xdp", "userspace", "offload", "packet"],
            cells.Where(cell => cell.Load == Load.New).Select(cell => cell.Engine.Name));
    }

    [Fact]
    public void Whatever_is_counted_what_it_is_compared_with_is_too() =>
        Assert.Equal(["drop New", "ipvs New", "packet New"],
            PerfPlan.Cells(new() { Ipvs = true, Engines = ["packet"], Loads = [Load.New] })
                .Select(cell => $"{cell.Engine.Name} {cell.Load}"));

    [Fact]
    public void Two_queues_are_not_given_to_what_serves_one() =>
        Assert.DoesNotContain(PerfPlan.Cells(new() { Workers = [2] }), cell => cell.Engine.OneQueue);

    [Fact]
    public void An_engine_that_there_is_none_of_is_named() =>
        Assert.Contains("'lvs'", Assert.Throws<PerfException>(() => PerfPlan.Cells(new() { Engines = ["lvs"] })).Message);

    [Theory]
    [InlineData("1k", 1_000, "1 k")]
    [InlineData("1M", 1_000_000, "1 M")]
    [InlineData("250", 250, "250")]
    [InlineData("1500", 1_500, "1500")]
    public void Numbers_of_flows_are_read_and_written(string text, int count, string written)
    {
        Assert.True(Count.TryParse(text, out var read));
        Assert.Equal((count, written), (read, Count.Format(read)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("0")]
    [InlineData("-1k")]
    [InlineData("1.5m")]
    [InlineData("3000000k")]
    public void What_is_no_number_of_flows_is_refused(string text) => Assert.False(Count.TryParse(text, out _));

    [Theory]
    [InlineData("--flows", "x")]
    [InlineData("--bytes", "63")]
    [InlineData("--workers", "3")]
    [InlineData("--loads", "0")]
    [InlineData("--seconds", "0")]
    [InlineData("--windows", "0")]
    [InlineData("--rate", "1")]
    public void What_an_option_does_not_take_is_said(string option, string value) =>
        Assert.Contains(option, Assert.Single(PerfCommand.Create().Parse([option, value]).Errors).Message);
}
