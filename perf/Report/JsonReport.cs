using System.Text.Json;
using Director.Perf.Measurement;

namespace Director.Perf.Report;

/// <summary>The figures for programs: one object, frames a second and shares, every window kept.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Style = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes it.</summary>
    public static string Of(IReadOnlyList<CellResult> results, LatencyFigures? stalls, PerfOptions options) => JsonSerializer.Serialize(
        new
        {
            Machine = new
            {
                Kernel = Environment.OSVersion.VersionString,
                Processors = Environment.ProcessorCount,
            },
            Stalls = stalls,
            WindowSeconds = options.WindowLength.TotalSeconds,
            Cells = results.Select(result => new
            {
                Engine = result.Cell.Engine.Name,
                Load = result.Cell.Load.ToString().ToLowerInvariant(),
                result.Cell.Flows,
                result.Cell.Bytes,
                result.Cell.Workers,
                Delivered = result.Measured ? result.Delivered : (double?)null,
                Offered = result.Measured ? result.Offered : (double?)null,
                Loss = result.Measured ? result.Loss : (double?)null,
                Instructions = options.Ipvs ? Instructions.AboveDrop(result, results) : null,
                OfIpvs = options.Ipvs ? Instructions.ToIpvs(result, results) : null,
                OfKernel = Ratios.ToReference(result, results),
                Cpu = result.Measured ? result.Cpu : null,
                result.Cell.Timed,
                Microseconds = result.Latency,
                Connections = result.Measured ? result.Connections : (double?)null,
                result.Kept,
                result.Collections,
                result.Losses,
                result.Windows,
                result.Why,
                result.Skipped,
            }),
        },
        Style);
}
