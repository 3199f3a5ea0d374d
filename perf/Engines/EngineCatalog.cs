using Director.Lab.Namespaces;
using Director.Perf.Topology;

namespace Director.Perf.Engines;

/// <summary>The engines there are, in the order in which they are run and shown: a new one is a line here.</summary>
internal static class EngineCatalog
{
    /// <summary>What all others are compared with.</summary>
    public const string Reference = "kernel";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EngineKind> All { get; } =
    [
        new(Reference, "kernel forwarding", SinkKind.Buffers, false, Always, KernelEngine.Forward),
        new("nftables", "nftables DSR", SinkKind.Buffers, false, Nft, KernelEngine.Nftables),
        new("yardstick", "AF_XDP yardstick (C)", SinkKind.Buffers, true, Yardstick.Missing, Yardstick.Start),
        new("userspace", "director, AF_XDP", SinkKind.Buffers, true, DirectorEngine.Missing,
            (net, options, cell) => DirectorEngine.Start(net, options, cell, "Datapath:Mode=xdp")) { HasWorkers = true },
        new("packet", "director, AF_PACKET", SinkKind.Buffers, false, DirectorEngine.Missing,
            (net, options, cell) => DirectorEngine.Start(net, options, cell, "Datapath:Mode=packet")) { HasWorkers = true },
    ];

    private static string? Always(PerfOptions options) => null;

    private static string? Nft(PerfOptions options) =>
        Tool.TryRun("sh", "-c", "command -v nft").ExitCode == 0 ? null : "nft is not here (apt-get install nftables)";
}
