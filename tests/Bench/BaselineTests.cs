using Director.Bench.Comparison;

namespace Director.Tests.Bench;

public sealed class BaselineTests
{
    private static readonly Baseline Before = new("one", "a processor", DateTimeOffset.UnixEpoch, new Dictionary<string, double>
    {
        ["same"] = 10, ["slower"] = 10, ["faster"] = 10, ["left out"] = 1,
    });

    private static readonly Baseline Now = Before with
    {
        Medians = new Dictionary<string, double> { ["same"] = 10.5, ["slower"] = 20, ["faster"] = 5, ["added"] = 7 },
    };

    [Fact]
    public void Ratios_come_with_the_slowest_first_and_say_what_is_new_or_was_not_run()
    {
        Assert.Equal(
            [
                "| slower | 10 | 20 | 2.00 | slower |",
                "| same | 10 | 10.5 | 1.05 |  |",
                "| faster | 10 | 5 | 0.50 | faster |",
                "| added | – | 7 | – | new |",
                "1 of the baseline were not run.",
                "Geometric mean of the ratios: 1.02.",
            ],
            ComparisonTable.Lines(Before, Now).Select(line => line.Trim('\n')).Where(line => line.Length > 0).Skip(4));
    }

    [Fact]
    public void Another_machine_is_pointed_out()
    {
        const string Warning = "two machines";
        var elsewhere = Now with { Processor = "another" };
        Assert.DoesNotContain(ComparisonTable.Lines(Before, Now), line => line.Contains(Warning, StringComparison.Ordinal));
        Assert.Contains(ComparisonTable.Lines(Before, elsewhere), line => line.Contains(Warning, StringComparison.Ordinal));
    }

    [Fact]
    public void A_baseline_is_read_as_it_was_written()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "baseline.json");
        try
        {
            Before.Write(path);
            var read = Baseline.Read(path);
            Assert.Equal(Before with { Medians = read.Medians }, read);
            Assert.Equal(Before.Medians, read.Medians);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }
}
