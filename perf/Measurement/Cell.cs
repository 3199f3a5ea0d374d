using Director.Perf.Engines;
using Director.Perf.Traffic;

namespace Director.Perf.Measurement;

/// <summary>One thing to measure.</summary>
/// <param name="Engine">What forwards.</param>
/// <param name="Load">What the clients do.</param>
/// <param name="Flows">How many connections, were opened before, unless <paramref name="Load"/> is new.</param>
/// <param name="Bytes">Of each frame.</param>
/// <param name="Workers">Queues of each device, generators, and workers of an engine that has such.</param>
internal sealed record Cell(EngineKind Engine, Load Load, int Flows, int Bytes, int Workers)
{
    /// <summary>Whether it is about how long frames take at a rate that all engines can do, not about how many there can be.</summary>
    public bool Timed { get; init; }

    /// <summary>The flows that frames are of.</summary>
    public FlowRange Range => new(0, Load == Load.New ? FlowNumber.Most : Flows);
}
