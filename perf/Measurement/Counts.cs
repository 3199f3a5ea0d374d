using System.Diagnostics;

namespace Director.Perf.Measurement;

/// <summary>Everything that is counted in a cell, at one moment.</summary>
/// <param name="Time">When, by <see cref="Stopwatch"/>.</param>
/// <param name="Sent">Frames of the generators.</param>
/// <param name="Segments">Frames of connections that have arrived.</param>
/// <param name="Syns">Frames that begin one and have arrived.</param>
/// <param name="Cpu">What the processors have done.</param>
/// <param name="Latencies">How many frames took how long, by <see cref="LatencyBuckets"/>; null if that is not measured.</param>
internal sealed record Counts(long Time, long Sent, long Segments, long Syns, CpuTimes Cpu, long[]? Latencies)
{
    /// <summary>What was seen from <paramref name="before"/> to this.</summary>
    public Window Since(Counts before)
    {
        var seconds = (Time - before.Time) / (double)Stopwatch.Frequency;
        var connections = (Syns - before.Syns) / seconds;
        var delivered = (Segments - before.Segments) / seconds + connections;
        return new((Sent - before.Sent) / seconds, delivered, Cpu.SharesSince(before.Cpu))
        {
            Connections = connections,
            Latency = Latencies is null ? null : LatencyFigures.Of(Latencies.Zip(before.Latencies!, (now, earlier) => now - earlier)),
        };
    }
}
