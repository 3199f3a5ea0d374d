using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Director.Bench;
using Perfolizer.Horology;

// In this process, so that nothing is built on the side, and short: two hundred cases, of which those with millions of connections take
// longer to set up than to measure. The frames of a call outweigh the call, so that its own cost needs no measuring.
var job = Job.Default
    .WithToolchain(InProcessEmitToolchain.Instance)
    .WithLaunchCount(1)
    .WithWarmupCount(4)
    .WithIterationCount(9)
    .WithIterationTime(TimeInterval.FromMilliseconds(100))
    .WithEvaluateOverhead(false);
var config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddColumn(StatisticColumn.Min, StatisticColumn.Median)
    .HideColumns(Column.Error, Column.StdDev, Column.RatioSD, Column.AllocRatio)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddExporter(MarkdownExporter.GitHub, PivotTable.Default)
    .AddLogger(ConsoleLogger.Default)
    .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results"));

foreach (var summary in BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config))
{
    Console.WriteLine();
    PivotTable.Default.ExportToLog(summary, ConsoleLogger.Default);
}
