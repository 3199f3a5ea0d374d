using System.Diagnostics;
using Director.Lab;
using Director.Linux;
using Director.Perf.Topology;
using Director.Perf.Traffic;

namespace Director.Perf.Measurement;

/// <summary>Measures a cell: a network and an engine of its own, the connections opened, a warm-up, then the windows.</summary>
internal static class CellRun
{
    private const double OpeningRate = 250_000;
    private const double SlowestOpening = 30_000;
    private static readonly TimeSpan Arrival = TimeSpan.FromMilliseconds(500);

    /// <summary>Measures <paramref name="cell"/>; what goes wrong is its result.</summary>
    public static CellResult Measure(Cell cell, PerfOptions options, Action<string> tell, CancellationToken stop)
    {
        if (cell.Engine.Missing(options) is { } missing) return new(cell, [], missing, Skipped: true);
        try
        {
            using var net = new PerfNet(cell.Workers);
            using var sink = new Sink(net, cell.Engine.Sink, timed: false);
            tell("starting");
            using var pass = cell.Engine.TakesLiveFrames ? null : PassProgram.Attach(net);
            using var engine = cell.Engine.Start(net, options, cell);
            if (cell.Load == Load.Established) OpenConnections(net, sink, cell, tell, stop);
            using var generator = GeneratorFor(net, cell, cell.Load);
            generator.Start();
            var windows = Windows(generator, sink, options, tell, stop);
            generator.Stop();
            return engine.Trouble is { } trouble ? new(cell, [], trouble)
                : windows.Exists(window => window.Delivered == 0) ? new(cell, [], Silence(windows, generator))
                : new(cell, windows);
        }
        catch (Exception error) when (error is PerfException or LabException or LinuxException)
        {
            return new(cell, [], error.Message);
        }
    }

    private static string Silence(List<Window> windows, Generator generator) => generator.Sent == 0
        ? "the generator sent nothing"
        : $"{generator.Sent} frames were sent, and none arrived in {windows.Count(window => window.Delivered == 0)} "
            + $"of {windows.Count} windows";

    private static Generator GeneratorFor(PerfNet net, Cell cell, Load load)
    {
        var template = FrameTemplate.Create(cell.Bytes, load, PerfNet.ClientMac, PerfNet.InMac, PerfNet.Service);
        var flows = cell.Load == Load.New ? FlowNumber.Most : cell.Flows;
        return new(net.Clients, PerfNet.Far, template, flows, stamped: load == Load.Established);
    }

    // A SYN and an ACK for each, slowly enough that every one arrives; if not, once more at half the pace.
    private static void OpenConnections(PerfNet net, Sink sink, Cell cell, Action<string> tell, CancellationToken stop)
    {
        foreach (var load in new[] { Load.New, Load.Established })
        {
            using var generator = GeneratorFor(net, cell with { Bytes = FrameTemplate.SmallestBytes }, load);
            for (var rate = OpeningRate; ; rate /= 2)
            {
                stop.ThrowIfCancellationRequested();
                tell(load == Load.New ? "opening connections" : "completing connections");
                var before = sink.Frames;
                generator.Send(cell.Flows, rate);
                var arrived = Await(sink, before + cell.Flows) - before;
                if (arrived >= cell.Flows) break;
                if (rate < SlowestOpening)
                    throw new PerfException($"{cell.Flows - arrived} of {cell.Flows} frames that open connections did not arrive");
            }
        }
    }

    // What is still on its way arrives within a moment.
    private static long Await(Sink sink, long expected)
    {
        var frames = sink.Frames;
        for (var begun = Stopwatch.GetTimestamp(); frames < expected && Stopwatch.GetElapsedTime(begun) < Arrival; frames = sink.Frames)
            Thread.Sleep(1);
        return frames;
    }

    private static List<Window> Windows(Generator generator, Sink sink, PerfOptions options, Action<string> tell, CancellationToken stop)
    {
        var windows = new List<Window>();
        tell("warming up");
        Wait(options.WarmUp, stop);
        var (begun, sent, frames, cpu) = Look();
        while (windows.Count < options.Windows)
        {
            Wait(options.WindowLength, stop);
            var (now, sentNow, framesNow, cpuNow) = Look();
            var seconds = (now - begun) / (double)Stopwatch.Frequency;
            windows.Add(new((sentNow - sent) / seconds, (framesNow - frames) / seconds, cpuNow.SharesSince(cpu)));
            tell(FormattableString.Invariant($"window {windows.Count} of {options.Windows}: {windows[^1].Delivered / 1e6:0.000} Mpps"));
            (begun, sent, frames, cpu) = (now, sentNow, framesNow, cpuNow);
        }

        return windows;

        (long, long, long, CpuTimes) Look()
        {
            var processors = CpuTimes.Now();
            return (Stopwatch.GetTimestamp(), generator.Sent, sink.Frames, processors);
        }
    }

    private static void Wait(TimeSpan time, CancellationToken stop)
    {
        if (stop.WaitHandle.WaitOne(time)) throw new OperationCanceledException(stop);
    }
}
