using Director.Perf.Measurement;
using Director.Perf.Topology;

namespace Director.Perf.Engines;

/// <summary>Something that forwards packets of a service to its servers: how it is called, and what it needs to be measured.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Title">As tables have it.</param>
/// <param name="Sink">What ends its frames the cheapest way.</param>
/// <param name="TakesLiveFrames">Whether its device has an XDP program of its own; else it gets one that passes everything.</param>
/// <param name="Missing">Why it cannot run here; null if it can.</param>
/// <param name="Start">Starts it in a network, ready to forward; disposing of it ends it.</param>
internal sealed record EngineKind(
    string Name,
    string Title,
    SinkKind Sink,
    bool TakesLiveFrames,
    Func<PerfOptions, string?> Missing,
    Func<PerfNet, PerfOptions, Cell, IEngine> Start)
{
    /// <summary>Whether it is the director, which charts set apart from what it is compared with.</summary>
    public bool IsDirector { get; init; }

    /// <summary>How long it runs at least before it is measured.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether it serves one queue of its devices only.</summary>
    public bool OneQueue { get; init; }
}
