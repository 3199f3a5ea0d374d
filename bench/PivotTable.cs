using System.Globalization;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;

namespace Director.Bench;

/// <summary>
/// Tables for docs/datapath.md, median nanoseconds per operation: words (method, scheduler) go down and the last number (flows, servers)
/// across; each value of the numbers before it has a table of its own.
/// </summary>
internal sealed class PivotTable : ExporterBase
{
    /// <summary>The only one.</summary>
    public static PivotTable Default { get; } = new();

    /// <inheritdoc/>
    protected override string FileExtension => "md";

    /// <inheritdoc/>
    protected override string FileNameSuffix => "-pivot";

    /// <inheritdoc/>
    public override void ExportToLog(Summary summary, ILogger logger)
    {
        var measured = summary.Reports.Where(report => report.ResultStatistics is not null).ToList();
        foreach (var table in measured.GroupBy(report => string.Join(", ", Numbers(report).SkipLast(1))))
        {
            var columns = table.Select(Across).Distinct().ToList();
            logger.WriteLine($"| {table.Key} | {string.Join(" | ", columns)} |");
            logger.WriteLine($"|---|{string.Concat(columns.Select(_ => "--:|"))}");
            var isOneMethod = table.Select(report => report.BenchmarkCase.Descriptor).Distinct().Count() == 1;
            foreach (var row in table.GroupBy(report => string.Join(", ", Words(report).Skip(isOneMethod ? 1 : 0))))
            {
                var cells = row.ToDictionary(Across, Nanoseconds);
                logger.WriteLine($"| {row.Key} | {string.Join(" | ", columns.Select(column => cells.GetValueOrDefault(column, "–")))} |");
            }

            logger.WriteLine();
        }

        if (measured.Count > 0) logger.WriteLine($"Allocated: at most {measured.Max(Allocated)} bytes per operation.");
    }

    private static string Across(BenchmarkReport report) => Numbers(report).LastOrDefault("ns");

    private static IEnumerable<string> Numbers(BenchmarkReport report) =>
        report.BenchmarkCase.Parameters.Items.Where(parameter => parameter.Value is int)
            .Select(parameter => string.Create(CultureInfo.InvariantCulture, $"{parameter.Value:N0} {parameter.Name.ToLowerInvariant()}"));

    private static IEnumerable<string> Words(BenchmarkReport report) =>
        report.BenchmarkCase.Parameters.Items.Select(parameter => parameter.Value).OfType<string>()
            .Prepend(report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''));

    private static string Nanoseconds(BenchmarkReport report)
    {
        var median = report.ResultStatistics!.Median;
        return median.ToString(median < 10 ? "F1" : "F0", CultureInfo.InvariantCulture);
    }

    private static long Allocated(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
}
