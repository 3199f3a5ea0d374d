using System.Text.Json;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Director.Bench.Comparison;
using Perfolizer.Horology;

namespace Director.Bench;

/// <summary>BenchmarkDotNet's part: runs what is asked for, prints tables, and writes a baseline or compares with one.</summary>
internal static class Benchmarks
{
    private const string WriteOption = "--baseline", CompareOption = "--compare";

    /// <summary>Runs it; returns the exit code.</summary>
    public static int Run(string[] args)
    {
        var left = args.ToList();
        var (writeTo, compareWith) = (TakeFile(left, WriteOption), TakeFile(left, CompareOption));
        Baseline? before = null;
        try
        {
            if (compareWith is not null) before = Baseline.Read(compareWith);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            Console.Error.WriteLine($"bench: {compareWith} is no baseline: {problem.Message} ({WriteOption} writes one)");
            return 1;
        }

        if (left.Count == 0) left.AddRange(["--filter", "*"]);
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Benchmarks).Assembly).Run([.. left], Config()).ToList();
        foreach (var summary in summaries)
        {
            Console.WriteLine();
            PivotTable.Default.ExportToLog(summary, ConsoleLogger.Default);
        }

        var now = Baseline.Of(summaries);
        if (writeTo is not null && now.Medians.Count > 0)
        {
            now.Write(writeTo);
            Console.WriteLine($"\nbaseline of {now.Medians.Count} benchmarks: {writeTo}");
        }

        if (before is not null) Console.WriteLine("\n" + string.Join('\n', ComparisonTable.Lines(before, now)));
        return summaries.Count > 0 && summaries.TrueForAll(summary => !summary.HasCriticalValidationErrors) ? 0 : 1;
    }

    /// <summary>
    /// In this process, so that nothing is built on the side, and short: two hundred cases, of which those with millions of connections
    /// take longer to set up than to measure. The frames of a call outweigh the call, so that its own cost needs no measuring.
    /// </summary>
    private static ManualConfig Config() => ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithLaunchCount(1)
            .WithWarmupCount(4)
            .WithIterationCount(9)
            .WithIterationTime(TimeInterval.FromMilliseconds(100))
            .WithEvaluateOverhead(false))
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddColumn(StatisticColumn.Min, StatisticColumn.Median)
        .HideColumns(Column.Error, Column.StdDev, Column.RatioSD, Column.AllocRatio)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddExporter(MarkdownExporter.GitHub, PivotTable.Default)
        .AddLogger(ConsoleLogger.Default)
        .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results"));

    /// <summary>Takes an option out, and its file if one is given; null without the option.</summary>
    private static string? TakeFile(List<string> args, string option)
    {
        var at = args.IndexOf(option);
        if (at < 0) return null;
        args.RemoveAt(at);
        if (at == args.Count || args[at].StartsWith('-')) return Baseline.DefaultPath;
        var file = args[at];
        args.RemoveAt(at);
        return file;
    }
}
