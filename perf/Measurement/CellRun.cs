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
    private const double MostIdle = 0.01;
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
        if (_cell.Load != Load.New) OpenConnections();
        using var generators = GeneratorsOf(_cell.Load, _cell.Bytes);
        var (segments, earlier) = (_sink.Segments, _sink.Frames);
        generators.Start(rate);
        WarmUp();
        var collections = engine.Collections;
        var windows = Windows(generators);
        collections = engine.Collections - collections;
        generators.Stop();
        var kept = _cell.Load == Load.Mixed ? KeptOf(generators.SentFirst, segments) : null;
        if (engine.Trouble is { } trouble) return new(_cell, [], trouble);
        var silent = windows.Count(window => window.Delivered == 0);
        var result = new CellResult(_cell, windows) { Kept = kept, Collections = collections, Losses = engine.Losses };
        if (silent == 0 && _options.Ipvs && WhyNotCounted(result, generators.Sent, earlier) is { } why) return new(_cell, [], why);
        if (silent == 0) return result;
        return new(_cell, [], generators.Sent == 0 ? "the generator sent nothing"
            : FormattableString.Invariant($"of {generators.Sent} frames none arrived in {silent} of {windows.Count} windows"));
    }

    private Kept KeptOf(long sent, long before) => new(sent, before + sent - Await(() => _sink.Segments, before + sent));

    // Instructions are told by frames only if all of them went into these frames, and each frame had all of its own.
    private string? WhyNotCounted(CellResult result, long sent, long earlier)
    {
        var lost = sent - (Await(() => _sink.Frames, earlier + sent) - earlier);
        if (lost != 0) return FormattableString.Invariant($"{lost} of {sent} frames were lost");
        var busy = result.Cpu[0];
        return busy > 1 - MostIdle ? null : FormattableString.Invariant($"the processor was busy for {busy:0.000} of the time only");
    }

    private Generators GeneratorsOf(Load load, int bytes)
    {
        var beside = load == Load.Mixed ? new FlowRange(_cell.Flows, FlowNumber.Most - _cell.Flows).Split(_cell.Workers).ToList() : null;
        return new(_cell.Workers, _cell.Range, (flows, cpu) => new(
            _net.Clients, PerfNet.Far, new(TemplateOf(load == Load.New), flows),
            beside is null ? null : new(TemplateOf(true), beside[cpu]), stamped: load == Load.Established, cpu));

        byte[] TemplateOf(bool opens) => FrameTemplate.Create(
            bytes, opens ? Load.New : Load.Established, PerfNet.ClientMac, PerfNet.InMac, PerfNet.Service);
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
                var lost = Math.Max(0, before + _cell.Flows - Await(() => _sink.Frames, before + _cell.Flows));
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
    private static long Await(Func<long> count, long expected)
    {
        var counted = count();
        for (var begun = Stopwatch.GetTimestamp(); counted < expected && Stopwatch.GetElapsedTime(begun) < Arrival; counted = count())
            Thread.Sleep(1);
        return counted;
    }

    private List<Window> Windows(Generators generators)
    {
        var windows = new List<Window>();
        for (var before = State(generators); windows.Count < _options.Windows;)
        {
            Wait(_options.WindowLength);
            var now = State(generators);
            windows.Add(now.Since(before));
            _tell(FormattableString.Invariant($"window {windows.Count} of {_options.Windows}: {windows[^1].Delivered / 1e6:0.000} Mpps"));
            before = now;
        }

        return windows;
    }

    private Counts State(Generators generators)
    {
        var (cpu, latencies) = (CpuTimes.Now(), _cell.Timed ? _sink.Latencies() : null);
        return new(Stopwatch.GetTimestamp(), generators.Sent, _sink.Segments, _sink.Syns, cpu, latencies);
    }

    private void Wait(TimeSpan time)
    {
        if (_stop.WaitHandle.WaitOne(time)) throw new OperationCanceledException(_stop);
    }
}
