using System.Globalization;
using Director.Perf.Measurement;
using Director.Perf.Topology;

namespace Director.Perf.Engines;

/// <summary>
/// A forwarder by AF_XDP that is given from outside, as <c>PROGRAM IN OUT SPIN</c>: it is to send every frame of device IN out of device
/// OUT, from <see cref="PerfNet.OutMac"/> to <see cref="PerfNet.ServerMac"/>, spinning if SPIN is 1 and not if it is 0, until SIGTERM.
/// </summary>
internal static class Yardstick
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Why it cannot run.</summary>
    public static string? Missing(PerfOptions options) =>
        options.Yardstick is null ? "no yardstick: give a built AF_XDP forwarder by --yardstick PATH"
        : !File.Exists(options.Yardstick) ? $"there is no {options.Yardstick}"
        : null;

    /// <summary>Starts it and waits for its XDP program.</summary>
    public static IEngine Start(PerfNet net, PerfOptions options, Cell cell)
    {
        // libxdp otherwise puts its own dispatcher in between.
        var engine = new ProcessEngine(net, "the yardstick", ProcessEngine.Processor.ToString(CultureInfo.InvariantCulture),
            "env", "LIBXDP_SKIP_DISPATCHER=1", Path.GetFullPath(options.Yardstick!), PerfNet.In, PerfNet.Out,
            options.Ipvs ? "0" : "1");
        for (var begun = TimeProvider.System.GetTimestamp(); !HasProgram(net); Thread.Sleep(20))
        {
            if (engine.Trouble is null && TimeProvider.System.GetElapsedTime(begun) < Patience) continue;
            var trouble = engine.Trouble ?? "the yardstick put no XDP program on its device";
            engine.Dispose();
            throw new PerfException(trouble);
        }

        return engine;
    }

    private static bool HasProgram(PerfNet net) =>
        net.Engine.Ip("-d", "link", "show", "dev", PerfNet.In).Contains("prog/xdp", StringComparison.Ordinal);
}
