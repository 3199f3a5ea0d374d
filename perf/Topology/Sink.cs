using Director.Linux;
using Director.Linux.Bpf;
using Director.Linux.PacketMmap;
using Director.Linux.Xdp;
using Director.Perf.Measurement;

namespace Director.Perf.Topology;

/// <summary>Where frames end, and are counted. Safe from any thread.</summary>
internal sealed class Sink : IDisposable
{
    private readonly BpfMap<uint, ulong> _frames;
    private readonly BpfMap<uint, ulong>? _latencies;
    private readonly BpfProgram _program;
    private readonly IDisposable _link;
    private readonly ulong[] _parts = new ulong[Processors.Possible];

    /// <summary>Puts the program on the servers' device.</summary>
    /// <param name="net">The network.</param>
    /// <param name="kind">Where on the device.</param>
    /// <param name="timed">Whether it reads stamps.</param>
    public Sink(PerfNet net, SinkKind kind, bool timed)
    {
        using var undo = new Undo();
        _frames = undo.Add(BpfMap<uint, ulong>.Create(BpfMapType.PerCpuArray, "perf_frames", 2));
        if (timed) _latencies = undo.Add(BpfMap<uint, ulong>.Create(BpfMapType.PerCpuArray, "perf_latency", LatencyBuckets.Count));
        var code = SinkProgram.Assemble(kind, PerfNet.ServerMac, _frames.Descriptor, _latencies?.Descriptor ?? 0);
        _program = undo.Add(BpfProgram.Load(SinkProgram.Name, code,
            kind == SinkKind.Frames ? BpfProgramType.Xdp : BpfProgramType.Classifier));
        _link = NamespaceThread.Run<IDisposable>(net.Sink, () =>
        {
            var device = XdpDevice.Open(PerfNet.Far);
            return kind == SinkKind.Frames ? XdpLink.Create(device, _program, XdpMode.Native)
                : TcxLink.TryCreate(device, _program)
                ?? throw new PerfException("counting socket buffers needs tcx, which came with Linux 6.6");
        });
        undo.Keep();
    }

    /// <summary>Frames that have arrived.</summary>
    public long Frames => Segments + Syns;

    /// <summary>Of these, those of connections.</summary>
    public long Segments => Sum(_frames, 0);

    /// <summary>Of these, those that begin one.</summary>
    public long Syns => Sum(_frames, 1);

    /// <summary>How many took how long, by <see cref="LatencyBuckets"/>; only of a timed one.</summary>
    public long[] Latencies() =>
        [.. Enumerable.Range(0, LatencyBuckets.Count).Select(bucket => Sum(_latencies!, (uint)bucket))];

    /// <inheritdoc/>
    public void Dispose()
    {
        _link.Dispose();
        _program.Dispose();
        _latencies?.Dispose();
        _frames.Dispose();
    }

    private long Sum(BpfMap<uint, ulong> map, uint key)
    {
        lock (_parts)
        {
            map.GetPerCpu(key, _parts);
            var sum = 0ul;
            foreach (var part in _parts) sum += part;
            return (long)sum;
        }
    }
}
