using Director.Perf.Engines;
using Director.Perf.Traffic;

namespace Director.Perf.Measurement;

/// <summary>Which cells are measured, in order.</summary>
internal static class PerfPlan
{
    private const int Few = 1_000, Many = 100_000, Most = 1_000_000;
    private const int Small = FrameTemplate.SmallestBytes, Large = 1_400;

    /// <summary>Engines that keep connections: for them it matters how many.</summary>
    private static readonly string[] Stateful = ["xdp", "userspace", "offload"];

    /// <summary>Engines for which all packets are the same.</summary>
    private static readonly string[] Stateless = [EngineCatalog.Reference, "nftables", "yardstick"];

    /// <summary>Engines whose new connections the short form looks at.</summary>
    private static readonly string[] Scheduling = ["xdp", "userspace"];

    /// <summary>The cells that <paramref name="options"/> ask for.</summary>
    /// <exception cref="PerfException">An engine's name is none.</exception>
    public static IReadOnlyList<Cell> Cells(PerfOptions options)
    {
        foreach (var name in options.Engines)
        {
            if (EngineCatalog.All.Any(engine => engine.Name == name)) continue;
            throw new PerfException($"there is no engine '{name}': {string.Join(", ", EngineCatalog.All.Select(engine => engine.Name))}");
        }

        var engines = EngineCatalog.All.Where(engine => IsChosen(engine, options)).ToList();
        var chosen = options.Flows.Count + options.Loads.Count + options.Bytes.Count + options.Workers.Count > 0;
        return
        [
            .. chosen ? Product(options, engines) : options.Ipvs ? Counted(engines) : options.Full ? Full(engines) : Short(engines),
            .. options.Full || options.Latency ? Timed(engines) : [],
        ];
    }

    private static IEnumerable<Cell> Short(List<EngineKind> engines) =>
    [
        .. engines.Select(engine => new Cell(engine, Load.Established, Few, Small, 1)),
        .. Among(engines, Stateful).Select(engine => new Cell(engine, Load.Established, Most, Small, 1)),
        .. Among(engines, Scheduling).Select(engine => new Cell(engine, Load.New, 0, Small, 1)),
    ];

    private static IEnumerable<Cell> Counted(List<EngineKind> engines) =>
    [
        .. engines.Select(engine => new Cell(engine, Load.Established, Few, Small, 1)),
        .. engines.Where(engine => !Stateless.Contains(engine.Name)).Select(engine => new Cell(engine, Load.New, 0, Small, 1)),
    ];

    private static IEnumerable<Cell> Full(List<EngineKind> engines) =>
    [
        .. new[] { Few, Many, Most }.SelectMany(flows => engines.Select(engine => new Cell(engine, Load.Established, flows, Small, 1))),
        .. engines.Select(engine => new Cell(engine, Load.Established, Few, Large, 1)),
        .. engines.Select(engine => new Cell(engine, Load.New, 0, Small, 1)),
        .. Among(engines, Stateful).Select(engine => new Cell(engine, Load.Mixed, Few, Small, 1)),
        .. engines.Where(engine => !engine.OneQueue).Select(engine => new Cell(engine, Load.Established, Few, Small, 2)),
    ];

    private static IEnumerable<Cell> Timed(List<EngineKind> engines) =>
        engines.Select(engine => new Cell(engine, Load.Established, Few, Small, 1) { Timed = true });

    private static IEnumerable<Cell> Product(PerfOptions options, List<EngineKind> engines) =>
        from workers in Or(options.Workers, 1)
        from bytes in Or(options.Bytes, Small)
        from load in Or(options.Loads, Load.Established)
        from flows in load == Load.New ? [0] : Or(options.Flows, Few)
        from engine in engines
        where workers == 1 || !engine.OneQueue
        select new Cell(engine, load, flows, bytes, workers);

    // Instructions are told as more than the one and a share of the other; frames a second that nobody forwards only to who asks.
    private static bool IsChosen(EngineKind engine, PerfOptions options) =>
        options.Ipvs && engine.Name is EngineCatalog.Drop or EngineCatalog.Ipvs
        || (options.Engines.Count == 0 ? options.Ipvs || engine.Name != EngineCatalog.Drop : options.Engines.Contains(engine.Name));

    private static IEnumerable<EngineKind> Among(List<EngineKind> engines, string[] names) =>
        engines.Where(engine => names.Contains(engine.Name));

    private static IReadOnlyList<T> Or<T>(IReadOnlyList<T> given, T otherwise) => given.Count > 0 ? given : [otherwise];
}
