using System.Diagnostics;
using Director.Lab;
using Director.Linux;
using Director.Perf.Engines;
using Director.Perf.Topology;
using Director.Perf.Traffic;

namespace Director.Perf.Measurement;

/// <summary>Measures a cell: a network and an engine of its own, the connections opened, a warm-up, then the windows.</summary>
internal sealed class CellRun
{
    private const double OpeningRate = 250_000;
    private const double SlowestOpening = 62_500;
    private const double MuchLost = 0.01;
    private const int MostRounds = 5;
    private const double Growth = 1.03;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Arrival = TimeSpan.FromMilliseconds(500);

    private readonly Cell _cell;
    private readonly PerfOptions _options;
    private readonly Action<string> _tell;
    private readonly CancellationToken _stop;
    private readonly PerfNet _net;
    private readonly Sink _sink;

    private CellRun(Cell cell, PerfOptions options, PerfNet net, Sink sink, Action<string> tell, CancellationToken stop) =>
        (_cell, _options, _net, _sink, _tell, _stop) = (cell, options, net, sink, tell, stop);

    /// <summary>Measures <paramref name="cell"/>; what goes wrong is its result.</summary>
    /// <param name="cell">What to measure.</param>
    /// <param name="options">How long, and where programs are.</param>
    /// <param name="rate">Frames a second; 0 for as many as can be.</param>
    /// <param name="tell">Is told each step.</param>
    /// <param name="stop">Ends it early.</param>
    public static CellResult Measure(Cell cell, PerfOptions options, double rate, Action<string> tell, CancellationToken stop)
    {
        if (cell.Engine.Missing(options) is { } missing) return new(cell, [], missing, Skipped: true);
        try
        {
            using var net = new PerfNet(cell.Workers);
            using var sink = new Sink(net, cell.Engine.Sink, cell.Timed);
            using var pass = cell.Engine.TakesLiveFrames ? null : PassProgram.Attach(net);
            tell("starting");
            using var engine = cell.Engine.Start(net, options, cell);
            return new CellRun(cell, options, net, sink, tell, stop).Run(engine, rate);
        }
        catch (Exception error) when (error is PerfException or LabException or LinuxException)
        {
            return new(cell, [], error.Message);
        }
    }

    private CellResult Run(IEngine engine, double rate)
    {
        if (_cell.Load == Load.Established) OpenConnections();
        using var generators = GeneratorsOf(_cell.Load, _cell.Bytes);
        generators.Start(rate);
        WarmUp();
        var before = _cell.Timed ? _sink.Latencies() : [];
        var windows = Windows(generators);
        var latency = _cell.Timed ? LatencyFigures.Of(_sink.Latencies().Zip(before, (after, earlier) => after - earlier)) : null;
        generators.Stop();
        if (engine.Trouble is { } trouble) return new(_cell, [], trouble);
        var silent = windows.Count(window => window.Delivered == 0);
        if (silent == 0) return new(_cell, windows) { Latency = latency };
        return new(_cell, [], generators.Sent == 0 ? "the generator sent nothing"
            : FormattableString.Invariant($"of {generators.Sent} frames none arrived in {silent} of {windows.Count} windows"));
    }

    private Generators GeneratorsOf(Load load, int bytes)
    {
        var template = FrameTemplate.Create(bytes, load, PerfNet.ClientMac, PerfNet.InMac, PerfNet.Service);
        return new(_cell.Workers, _cell.Range,
            (flows, cpu) => new(_net.Clients, PerfNet.Far, template, flows, stamped: load == Load.Established, cpu));
    }

    // A SYN and an ACK for each. What a round loses the next one mends, of which it loses as little: rounds follow until less than one
    // connection is likely to be left out. Where much is lost the pace is too fast.
    private void OpenConnections()
    {
        foreach (var load in new[] { Load.New, Load.Established })
        {
            _tell(load == Load.New ? "opening connections" : "completing connections");
            using var generators = GeneratorsOf(load, FrameTemplate.SmallestBytes);
            var (rate, leftOut) = (OpeningRate, (double)_cell.Flows);
            for (var round = 1; leftOut >= 1; round++)
            {
                var before = _sink.Frames;
                using (_stop.Register(generators.Abort)) generators.SendRound(rate);
                _stop.ThrowIfCancellationRequested();
                var lost = Math.Max(0, before + _cell.Flows - Await(before + _cell.Flows));
                leftOut *= (double)lost / _cell.Flows;
                if (lost > _cell.Flows * MuchLost) rate = Math.Max(rate / 2, SlowestOpening);
                if (round == MostRounds && leftOut >= 1)
                    throw new PerfException($"{lost} of {_cell.Flows} frames that open connections did not arrive");
            }
        }
    }

    // Until it gets no faster: caches and flow tables fill, and the runtime compiles what is hot once more.
    private void WarmUp()
    {
        _tell("warming up");
        Wait(_cell.Engine.WarmUp);
        for (var (last, looks) = (0.0, LongestWarmUp / Look); looks > 0; looks--)
        {
            var before = _sink.Frames;
            Wait(Look);
            var arrived = _sink.Frames - before;
            if (arrived <= last * Growth) return;
            last = arrived;
        }
    }

    // What is still on its way arrives within a moment.
    private long Await(long expected)
    {
        var frames = _sink.Frames;
        for (var begun = Stopwatch.GetTimestamp(); frames < expected && Stopwatch.GetElapsedTime(begun) < Arrival; frames = _sink.Frames)
            Thread.Sleep(1);
        return frames;
    }

    private List<Window> Windows(Generators generators)
    {
        var windows = new List<Window>();
        var (begun, sent, frames, cpu) = State();
        while (windows.Count < _options.Windows)
        {
            Wait(_options.WindowLength);
            var (now, sentNow, framesNow, cpuNow) = State();
            var seconds = (now - begun) / (double)Stopwatch.Frequency;
            windows.Add(new((sentNow - sent) / seconds, (framesNow - frames) / seconds, cpuNow.SharesSince(cpu)));
            _tell(FormattableString.Invariant($"window {windows.Count} of {_options.Windows}: {windows[^1].Delivered / 1e6:0.000} Mpps"));
            (begun, sent, frames, cpu) = (now, sentNow, framesNow, cpuNow);
        }

        return windows;

        (long, long, long, CpuTimes) State()
        {
            var processors = CpuTimes.Now();
            return (Stopwatch.GetTimestamp(), generators.Sent, _sink.Frames, processors);
        }
    }

    private void Wait(TimeSpan time)
    {
        if (_stop.WaitHandle.WaitOne(time)) throw new OperationCanceledException(_stop);
    }
}
