using Director.Net;
using Director.Net.Wire;
using Director.Perf;
using Director.Perf.Engines;
using Director.Perf.Measurement;
using Director.Perf.Topology;
using Director.Perf.Traffic;
using Director.Tests.Lab;
using Director.Tests.Linux.Xdp;
using Director.Tests.Support;

namespace Director.Tests.Perf;

/// <summary>The harness on the real kernel: what it counts is what arrives, and what arrives is what was sent. Never how fast.</summary>
[Collection("kernel")]
public sealed class CellTests
{
    private const int Flows = 500;
    private const double Pace = 50_000; // at which nothing is lost

    private static readonly PerfOptions Options = new()
    {
        Director = DirectorProgram.Command[0], Windows = 1, WindowLength = TimeSpan.FromSeconds(0.2),
    };

    [KernelTheory]
    [InlineData("kernel")]
    [InlineData("userspace")]
    public void Every_frame_arrives_whole_with_a_hop_less_and_is_counted_once(string engine)
    {
        var cell = Cell(engine);
        using var net = new PerfNet();
        using var sink = new Sink(net, cell.Engine.Sink, timed: false);
        using var pass = cell.Engine.TakesLiveFrames ? null : PassProgram.Attach(net);
        using var running = cell.Engine.Start(net, Options, cell);
        using var wire = Wire.Open(net.Sink); // hears frames before the sink ends them
        foreach (var (load, flags) in new[] { (Load.New, TcpFlags.Syn), (Load.Established, TcpFlags.Ack) })
        {
            var template = FrameTemplate.Create(FrameTemplate.SmallestBytes, load, PerfNet.ClientMac, PerfNet.InMac, PerfNet.Service);
            using var generators = new Generators(1, cell.Range,
                (flows, cpu) => new(net.Clients, PerfNet.Far, new(template, flows), null, stamped: load == Load.Established, cpu));
            var before = sink.Frames;
            generators.SendRound(Pace);

            var frames = wire.Collect(Flows, frame => frame[12] == 8 && frame[13] == 0);
            Assert.Equal(Flows, frames.Count);
            var expected = Enumerable.Range(0, Flows).Select(FlowNumber.ClientOf);
            Assert.Equal(expected.Order(), frames.Select(frame => ClientOf(frame, flags)).Order());
            Assert.Equal((Flows, Flows), (generators.Sent, sink.Frames - before));
        }

        Assert.Null(running.Trouble);
    }

    [KernelTheory]
    [InlineData("drop")]
    [InlineData("kernel")]
    [InlineData("xdp")]
    [InlineData("userspace")]
    public void A_cell_is_measured(string engine)
    {
        var steps = new List<string>();
        var result = CellRun.Measure(Cell(engine), Options, rate: 0, steps.Add, CancellationToken.None);

        Assert.True(result.Measured, result.Why);
        var window = Assert.Single(result.Windows);
        Assert.InRange(window.Delivered, 1, window.Offered * 1.5);
        Assert.Equal(Environment.ProcessorCount, window.Cpu.Length);
        Assert.Contains("opening connections", steps);
    }

    [KernelFact]
    public void A_timed_cell_knows_how_long_frames_took()
    {
        var result = CellRun.Measure(Cell("xdp") with { Timed = true }, Options, Pace, _ => { }, CancellationToken.None);

        Assert.True(result.Measured, result.Why);
        Assert.NotNull(result.Latency);
        Assert.InRange(result.Latency.Frames, 1, long.MaxValue);
        Assert.InRange(result.Latency.Median, 0.001, result.Latency.Longest);
    }

    [KernelFact]
    public void New_connections_come_beside_established_ones_and_both_are_counted()
    {
        var result = CellRun.Measure(Cell("userspace") with { Load = Load.Mixed }, Options, Pace, _ => { }, CancellationToken.None);

        Assert.True(result.Measured, result.Why);
        Assert.InRange(result.Connections, result.Delivered / 2, result.Delivered);
        Assert.NotNull(result.Kept);
        Assert.InRange(result.Kept.Sent, 1, (long)(Pace * 60));
        Assert.InRange(result.Kept.Lost, 0, result.Kept.Sent - 1);
        Assert.NotNull(result.Collections);
    }

    [KernelTheory]
    [InlineData(Load.Established, "500 of 500 frames that open connections did not arrive")]
    [InlineData(Load.New, "none arrived in 1 of 1 windows")]
    internal void An_engine_that_delivers_nothing_has_failed_and_is_said_why(Load load, string why)
    {
        var nothing = new EngineKind("nothing", "nothing", SinkKind.Buffers, false, _ => null, (_, _, _) => new Nothing());
        var cell = Cell("kernel") with { Engine = nothing, Load = load };
        var result = CellRun.Measure(cell, Options, rate: 0, _ => { }, CancellationToken.None);

        Assert.True(result.Failed);
        Assert.Contains(why, result.Why);
    }

    [KernelFact]
    public void A_director_that_does_not_start_is_said_to_have_ended_with_what_it_said()
    {
        var options = Options with { Director = "/bin/false" };
        var result = CellRun.Measure(Cell("userspace"), options, rate: 0, _ => { }, CancellationToken.None);

        Assert.True(result.Failed);
        Assert.Contains("the director ended with 1", result.Why);
    }

    [Fact]
    public void An_engine_that_is_not_here_is_skipped()
    {
        var result = CellRun.Measure(Cell("yardstick"), Options, rate: 0, _ => { }, CancellationToken.None);
        Assert.True(result.Skipped);
        Assert.Contains("--yardstick", result.Why);
    }

    private static Cell Cell(string engine) =>
        new(EngineCatalog.All.Single(kind => kind.Name == engine), Load.Established, Flows, FrameTemplate.SmallestBytes, 1);

    // Checks a frame on the way; returns whose it is.
    private static Endpoint ClientOf(byte[] frame, TcpFlags flags)
    {
        Assert.True(EthernetHeader.TryRead(frame, out var ethernet));
        Assert.Equal((PerfNet.ServerMac, PerfNet.OutMac), (ethernet.Destination, ethernet.Source));
        Assert.True(Ipv4Header.TryRead(ethernet.Payload, out var ip));
        Assert.True(ip.IsChecksumValid);
        Assert.Equal(63, ip.TimeToLive);
        Assert.Equal(PerfNet.Service.Address, ip.Destination);
        Assert.True(TcpHeader.TryRead(ip.Payload, out var tcp));
        Assert.Equal((PerfNet.Service.Port, flags), (tcp.DestinationPort, tcp.Flags));
        var pseudoHeader = Checksum.PseudoHeaderV4(ip.Source.V4, ip.Destination.V4, IpProtocol.Tcp, ip.Payload.Length);
        Assert.Equal(0, Checksum.Finish(Checksum.Add(ip.Payload, pseudoHeader)));
        return new(ip.Source, tcp.SourcePort);
    }

    private sealed class Nothing : IEngine
    {
        public string? Trouble => null;

        public void Dispose()
        {
        }
    }
}
