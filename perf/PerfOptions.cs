using Director.Perf.Traffic;

namespace Director.Perf;

/// <summary>What <c>./dev perf</c> was asked to do.</summary>
internal sealed record PerfOptions
{
    /// <summary>Names of engines; empty for all.</summary>
    public IReadOnlyList<string> Engines { get; init; } = [];

    /// <summary>Numbers of flows of established loads; empty for the plan's.</summary>
    public IReadOnlyList<int> Flows { get; init; } = [];

    /// <summary>Loads; empty for the plan's.</summary>
    public IReadOnlyList<Load> Loads { get; init; } = [];

    /// <summary>Sizes of frames; empty for the plan's.</summary>
    public IReadOnlyList<int> Bytes { get; init; } = [];

    /// <summary>Numbers of workers; empty for the plan's.</summary>
    public IReadOnlyList<int> Workers { get; init; } = [];

    /// <summary>Whether everything is measured, not only the dozen cells that say most.</summary>
    public bool Full { get; init; }

    /// <summary>Whether instructions are counted, in the reference machine and against its IPVS, instead of frames a second.</summary>
    public bool Ipvs { get; init; }

    /// <summary>Whether it is measured, too, how long frames take.</summary>
    public bool Latency { get; init; }

    /// <summary>Frames a second at which that is measured; null for half of what kernel forwarding can do.</summary>
    public double? Rate { get; init; }

    /// <summary>How many windows a cell's median is of.</summary>
    public int Windows { get; init; } = 3;

    /// <summary>How long one is.</summary>
    public TimeSpan WindowLength { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The director's program.</summary>
    public string Director { get; init; } = "artifacts/director/director";

    /// <summary>A forwarder by AF_XDP to compare with; null for none.</summary>
    public string? Yardstick { get; init; }

    /// <summary>Where the figures go as JSON; null for nowhere.</summary>
    public string? Json { get; init; }

    /// <summary>Where they go as a chart; null for nowhere.</summary>
    public string? Svg { get; init; }
}
