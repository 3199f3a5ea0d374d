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
internal sealed class DirectorEngine : IEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ProcessEngine _process;
    private readonly StatusClient _client;

    private DirectorEngine(ProcessEngine process, string runDirectory) => (_process, _client) = (process, new(runDirectory));

    /// <inheritdoc/>
    public string? Trouble => _process.Trouble;

    /// <inheritdoc/>
    public long? Collections => Status()?.Collections;

    /// <inheritdoc/>
    public string? Losses => Status()?.Counters is { } counters && counters.Where(IsLoss).ToList() is { Count: > 0 } losses
        ? string.Join(", ", losses.Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Key} {loss.Value}")))
        : null;

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
        // Where instructions are counted, those of a worker that looks for frames in vain would count as work.
        var all = (options.Ipvs ? settings.Append(Setting("Datapath:SpinsBeforeSleep", 0)) : settings)
            .Append(Setting("Datapath:Workers", cell.Workers)).Append(Setting("Datapath:Connections", Capacity.For(cell)))
            .Append(Setting("Datapath:OffloadFlows", Capacity.InKernel(cell))).Append($"Datapath:Processors={Processors(cell)}");
        var process = new ProcessEngine(net, "the director", Range(0, Environment.ProcessorCount - 1), [
            options.Director, "run", "-f", file, "--run-dir", runDirectory, .. all.SelectMany(set => new[] { "--set", set })]);
        var engine = new DirectorEngine(process, runDirectory);
        try
        {
            engine.WaitUntilReady();
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _process.Dispose();
    }

    // docs/af_xdp.md and docs/packet_mode.md, on counters.
    private static bool IsLoss(KeyValuePair<string, long> counter) => counter.Value > 0
        && (counter.Key is "kernel.rxRingFull" or "kernel.rxDropped" or "kernel.ringFull" or "xdp.unserved"
                or "socket.transmitFull" or "socket.transmitRefused"
            || counter.Key.StartsWith("drop.", StringComparison.Ordinal));

    private DirectorStatus? Status() => _client.ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

    private void WaitUntilReady()
    {
        for (var begun = TimeProvider.System.GetTimestamp(); ; Thread.Sleep(50))
        {
            var status = Status();
            if (status is { TakesVip: true } && status.Pool.Count == PerfNet.Servers && status.Pool.All(server => server.InPool)) return;
            if (Trouble is { } trouble) throw new PerfException(trouble);
            if (TimeProvider.System.GetElapsedTime(begun) < Patience) continue;
            throw new PerfException($"the director was not ready after {Patience.TotalSeconds} s ({status}): "
                + string.Join(" / ", _process.LastLines));
        }
    }

    private static string Setting(string key, int value) => string.Create(CultureInfo.InvariantCulture, $"{key}={value}");

    // One worker leaves the generator's processor alone.
    private static string Processors(Cell cell) => Range(cell.Workers == 1 ? ProcessEngine.Processor : 0, ProcessEngine.Processor);

    private static string Range(int first, int last) => string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");

    private static string Configuration()
    {
        var text = new StringBuilder();
        text.AppendLine($"virtual_server {PerfNet.Service.Address} {PerfNet.Service.Port} {{");
        text.AppendLine("  lb_algo wlc").AppendLine("  lb_kind DR").AppendLine("  protocol TCP");
        foreach (var server in PerfNet.ServerAddresses) text.AppendLine($"  real_server {server} {PerfNet.Service.Port} {{ weight 1\n  }}");
        return text.AppendLine("}").ToString();
    }
}
