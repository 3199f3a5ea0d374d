using Director.Lab.Namespaces;
using Director.Perf.Topology;

namespace Director.Perf.Engines;

/// <summary>The engines there are, in the order in which they are run and shown: a new one is a line here.</summary>
internal static class EngineCatalog
{
    /// <summary>What all others are compared with.</summary>
    public const string Reference = "kernel";

    /// <summary>What they are compared with where instructions are counted.</summary>
    public const string Ipvs = "ipvs";

    /// <summary>What is no engine's doing, where instructions are counted.</summary>
    public const string Drop = "drop";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EngineKind> All { get; } =
    [
        new(Drop, "XDP drop", SinkKind.Entry, true, Always, KernelEngine.Drop),
        new(Ipvs, "IPVS DR wlc", SinkKind.Buffers, false, KernelEngine.MissingIpvs, KernelEngine.Ipvs),
        new(Reference, "kernel forwarding", SinkKind.Buffers, false, Always, KernelEngine.Forward),
        new("nftables", "nftables DSR", SinkKind.Buffers, false, Nft, KernelEngine.Nftables),
        new("xdp", "XDP with LRU flows", SinkKind.Frames, true, Always, XdpFlowEngine.Start),
        new("yardstick", "AF_XDP yardstick (C)", SinkKind.Buffers, true, Yardstick.Missing, Yardstick.Start) { OneQueue = true },
        Director("userspace", "director, AF_XDP", SinkKind.Buffers, "Datapath:Mode=xdp", "Datapath:Offload=off"),
        Director("offload", "director, offload", SinkKind.Frames, "Datapath:Mode=xdp", "Datapath:Offload=on"),
        Director("packet", "director, AF_PACKET", SinkKind.Buffers, "Datapath:Mode=packet"),
    ];

    // By AF_PACKET it has no program in front that a veth would give live frames to.
    private static EngineKind Director(string name, string title, SinkKind sink, params string[] settings) => new(
        name, title, sink, !settings.Contains("Datapath:Mode=packet"), DirectorEngine.Missing,
        (net, options, cell) => DirectorEngine.Start(net, options, cell, settings))
    {
        IsDirector = true,
        WarmUp = TimeSpan.FromSeconds(4),
    };

    private static string? Always(PerfOptions options) => null;

    private static string? Nft(PerfOptions options) =>
        Tool.TryRun("sh", "-c", "command -v nft").ExitCode == 0 ? null : "nft is not here (apt-get install nftables)";
}
