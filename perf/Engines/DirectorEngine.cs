using System.Globalization;
using System.Text;
using Director.Lab.Scenarios;
using Director.Perf.Measurement;
using Director.Perf.Topology;

namespace Director.Perf.Engines;

/// <summary>
/// The director, the program that users run, by a keepalived.conf: one service of 64 servers by direct routing and wlc, the VIP an address
/// of the machine's own, so that no election is waited for.
/// </summary>
internal static class DirectorEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Why it cannot run.</summary>
    public static string? Missing(PerfOptions options) =>
        File.Exists(options.Director) ? null : $"there is no {options.Director}: ./dev build makes it";

    /// <summary>Starts it with host settings and waits until it takes the VIP's packets.</summary>
    /// <param name="net">Where.</param>
    /// <param name="options">Where the program is.</param>
    /// <param name="cell">How many flows and workers.</param>
    /// <param name="settings">As <c>--set</c> takes them.</param>
    public static IEngine Start(PerfNet net, PerfOptions options, Cell cell, params IEnumerable<string> settings)
    {
        net.Engine.AddAddress(PerfNet.In, $"{PerfNet.Service.Address}/32");
        var (file, runDirectory) = (Path.Combine(net.Directory, "keepalived.conf"), Path.Combine(net.Directory, "run"));
        System.IO.Directory.CreateDirectory(runDirectory);
        File.WriteAllText(file, Configuration());
        var all = settings.Append(Setting("Datapath:Workers", cell.Workers)).Append(Setting("Datapath:Connections", Capacity.For(cell)))
            .Append(Setting("Datapath:OffloadFlows", Capacity.InKernel(cell)));
        var processors = cell.Workers == 1
            ? ProcessEngine.Processor.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"0-{cell.Workers - 1}");
        var engine = new ProcessEngine(net, "the director", processors, [
            options.Director, "run", "-f", file, "--run-dir", runDirectory, .. all.SelectMany(set => new[] { "--set", set })]);
        try
        {
            WaitUntilReady(engine, runDirectory);
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private static void WaitUntilReady(ProcessEngine engine, string runDirectory)
    {
        using var client = new StatusClient(runDirectory);
        for (var begun = TimeProvider.System.GetTimestamp(); ; Thread.Sleep(50))
        {
            var status = client.ReadAsync(CancellationToken.None).GetAwaiter().GetResult();
            if (status is { TakesVip: true } && status.Pool.Count == PerfNet.Servers && status.Pool.All(server => server.InPool)) return;
            if (engine.Trouble is { } trouble) throw new PerfException(trouble);
            if (TimeProvider.System.GetElapsedTime(begun) < Patience) continue;
            throw new PerfException($"the director was not ready after {Patience.TotalSeconds} s ({status}): "
                + string.Join(" / ", engine.LastLines));
        }
    }

    private static string Setting(string key, int value) => string.Create(CultureInfo.InvariantCulture, $"{key}={value}");

    private static string Configuration()
    {
        var text = new StringBuilder();
        text.AppendLine($"virtual_server {PerfNet.Service.Address} {PerfNet.Service.Port} {{");
        text.AppendLine("  lb_algo wlc").AppendLine("  lb_kind DR").AppendLine("  protocol TCP");
        foreach (var server in PerfNet.ServerAddresses) text.AppendLine($"  real_server {server} {PerfNet.Service.Port} {{ weight 1\n  }}");
        return text.AppendLine("}").ToString();
    }
}
