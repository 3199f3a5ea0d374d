using System.Text.Json;
using BenchmarkDotNet.Reports;

namespace Director.Bench.Comparison;

/// <summary>The medians of a run, on one machine, to hold a later run there against.</summary>
/// <param name="Machine">Its name.</param>
/// <param name="Processor">Its processor, as the kernel names it.</param>
/// <param name="Taken">When the run ended, UTC.</param>
/// <param name="Medians">Nanoseconds per operation, by benchmark and parameters.</param>
internal sealed record Baseline(string Machine, string Processor, DateTimeOffset Taken, IReadOnlyDictionary<string, double> Medians)
{
    private const string ProcessorsFile = "/proc/cpuinfo";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Where it is unless it is said: outside of what is committed.</summary>
    public static string DefaultPath => Path.Combine("artifacts", $"bench-{Environment.MachineName}.json");

    /// <summary>What these summaries say.</summary>
    public static Baseline Of(IEnumerable<Summary> summaries) => new(
        Environment.MachineName,
        ProcessorName(),
        DateTimeOffset.UtcNow,
        summaries.SelectMany(summary => summary.Reports)
            .Where(report => report.ResultStatistics is not null)
            .ToDictionary(NameOf, report => report.ResultStatistics!.Median));

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is another's.</exception>
    public static Baseline Read(string path) =>
        JsonSerializer.Deserialize<Baseline>(File.ReadAllText(path)) is { Medians: not null } read
            ? read
            : throw new JsonException("it has no medians");

    /// <summary>Writes it, over what was there.</summary>
    public void Write(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory) Directory.CreateDirectory(directory);
        File.WriteAllText(path, JsonSerializer.Serialize(this, Json));
    }

    private static string NameOf(BenchmarkReport report)
    {
        var (descriptor, parameters) = (report.BenchmarkCase.Descriptor, report.BenchmarkCase.Parameters.Items);
        var name = $"{descriptor.Type.Name}: {descriptor.WorkloadMethodDisplayInfo.Trim('\'')}";
        return string.Join(", ", parameters.Select(item => $"{item.Value} {item.Name.ToLowerInvariant()}").Prepend(name));
    }

    private static string ProcessorName()
    {
        var line = File.Exists(ProcessorsFile)
            ? File.ReadLines(ProcessorsFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "unknown";
    }
}
