using Director.Linux;
using Director.Linux.Bpf;
using Director.Linux.Netlink;
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
    private readonly IDisposable? _link;
    private readonly ulong[] _parts = new ulong[Processors.Possible];

    /// <summary>Puts the program on the servers' device, or on the engine's.</summary>
    /// <param name="net">The network.</param>
    /// <param name="kind">Where, and how.</param>
    /// <param name="timed">Whether it reads stamps.</param>
    public Sink(PerfNet net, SinkKind kind, bool timed)
    {
        using var undo = new Undo();
        _frames = undo.Add(BpfMap<uint, ulong>.Create(BpfMapType.PerCpuArray, "perf_frames", 2));
        if (timed) _latencies = undo.Add(BpfMap<uint, ulong>.Create(BpfMapType.PerCpuArray, "perf_latency", LatencyBuckets.Count));
        var (where, link, mac) = kind == SinkKind.Entry
            ? (net.Engine, PerfNet.In, PerfNet.InMac) : (net.Sink, PerfNet.Far, PerfNet.ServerMac);
        var code = SinkProgram.Assemble(kind, mac, _frames.Descriptor, _latencies?.Descriptor ?? 0);
        _program = undo.Add(BpfProgram.Load(SinkProgram.Name, code,
            kind == SinkKind.Buffers ? BpfProgramType.Classifier : BpfProgramType.Xdp));
        _link = NamespaceThread.Run(where, () => Attach(XdpDevice.Open(link), kind));
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
        _link?.Dispose();
        _program.Dispose();
        _latencies?.Dispose();
        _frames.Dispose();
    }

    // Null: a kernel before 6.6 holds it by the device's name, and it goes with the namespace.
    private IDisposable? Attach(XdpDevice device, SinkKind kind)
    {
        if (kind != SinkKind.Buffers) return XdpLink.Create(device, _program, XdpMode.Native);
        if (TcxLink.TryCreate(device, _program) is { } link) return link;
        using var routes = new RouteSocket();
        routes.SetIngressFilter(device.Index, _program.Descriptor, SinkProgram.Name);
        return null;
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
