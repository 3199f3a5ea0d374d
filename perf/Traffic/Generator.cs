using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Linux.Xdp;
using Director.Perf.Topology;

namespace Director.Perf.Traffic;

/// <summary>
/// Sends frames of a range of flows, one after the other, from one processor, by having the kernel run a program on live frames
/// (Linux Documentation/bpf/bpf_prog_run.rst). Safe from any thread; one run at a time.
/// </summary>
internal sealed class Generator : IDisposable
{
    // Each call of the kernel costs some 20 ms before the first frame; what is left of one after a stop takes a moment too.
    private const int FramesPerCall = 1 << 22;
    private const int Batch = 64;
    private const long Second = 1_000_000_000;

    private readonly NetworkNamespace _where;
    private readonly int _processor;
    private readonly byte[] _template;
    private readonly bool _mixed;
    private readonly int _device;
    private readonly BpfMap<uint, GeneratorState> _state;
    private readonly BpfMap<uint, GeneratorControl> _control;
    private readonly BpfMap<uint, uint> _devices;
    private readonly BpfProgram _program;
    private NamespaceThread? _run;
    private volatile bool _stopping;

    /// <summary>Loads the program.</summary>
    /// <param name="where">The namespace that the frames come from.</param>
    /// <param name="link">The device there that they leave by.</param>
    /// <param name="stream">Which frames.</param>
    /// <param name="beside">Which for three of each four (<see cref="GeneratorProgram.Burst"/>); null for the same.</param>
    /// <param name="stamped">Whether paced frames carry a stamp.</param>
    /// <param name="processor">The processor to run on, with all that the kernel does for the frames there and then.</param>
    public Generator(NetworkNamespace where, string link, FrameStream stream, FrameStream? beside, bool stamped, int processor)
    {
        (_where, _template, _mixed, _processor) = (where, stream.Template, beside is not null, processor);
        using var undo = new Undo();
        _state = undo.Add(BpfMap<uint, GeneratorState>.Create(BpfMapType.Array, "perf_state", 1));
        _control = undo.Add(BpfMap<uint, GeneratorControl>.Create(BpfMapType.Array, "perf_control", 1));
        _devices = undo.Add(BpfMap<uint, uint>.Create(BpfMapType.DevMap, "perf_out", 1));
        _device = NamespaceThread.Run(where, () =>
        {
            var index = XdpDevice.Open(link).Index;
            _devices.Set(0, (uint)index); // the kernel looks the number up in this thread's namespace
            return index;
        });
        var code = GeneratorProgram.Assemble(stream, beside, stamped, _state.Descriptor, _control.Descriptor, _devices.Descriptor);
        _program = undo.Add(BpfProgram.Load(GeneratorProgram.Name, code));
        undo.Keep();
    }

    /// <summary>Frames sent since it was made.</summary>
    public long Sent => _state.TryGet(0, out var state) ? (long)state.Sent : 0;

    /// <summary>Those of the first stream.</summary>
    public long SentFirst => _mixed ? (Sent + GeneratorProgram.Burst - 1) / GeneratorProgram.Burst : Sent;

    /// <summary>Begins to send so many frames; <see cref="Join"/> waits for the last.</summary>
    /// <param name="frames">How many.</param>
    /// <param name="perSecond">How many a second; 0 for as fast as it can.</param>
    public void Send(long frames, double perSecond = 0)
    {
        var end = Sent + frames;
        Start(perSecond, () => end - Sent);
    }

    /// <summary>Begins to send, until <see cref="Stop"/>.</summary>
    public void Start(double perSecond = 0) => Start(perSecond, () => long.MaxValue);

    /// <summary>Waits until what <see cref="Send"/> began is sent.</summary>
    public void Join()
    {
        var run = _run;
        _run = null;
        run?.Join();
    }

    /// <summary>Has what was begun end soon, without waiting for it.</summary>
    public void Abort()
    {
        _stopping = true;
        _control.Set(0, new() { Stop = 1 });
    }

    /// <summary>Ends what was begun.</summary>
    public void Stop()
    {
        Abort();
        Join();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _program.Dispose();
        _devices.Dispose();
        _control.Dispose();
        _state.Dispose();
    }

    private void Start(double perSecond, Func<long> left)
    {
        if (_run is not null) throw new InvalidOperationException("one run at a time");
        var gap = perSecond > 0 ? (long)(Second / perSecond) : 0;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(gap, GeneratorProgram.LongestGap);
        _stopping = false;
        _control.Set(0, new() { Gap = (ulong)gap });
        var batch = gap > 0 ? GeneratorProgram.Burst : Batch;
        _run = NamespaceThread.Start(_where, () =>
        {
            // On the only processor a batch follows when all that the last one has caused is done, so nothing queues up and is lost.
            if (Environment.ProcessorCount == 1) IdleScheduling.Enter();
            for (long rest; !_stopping && (rest = left()) > 0;) Call((int)Math.Min(rest, FramesPerCall), batch);
        }, _processor);
    }

    // A call that a signal ends has sent what the state says.
    private void Call(int frames, int batch)
    {
        try
        {
            _program.RunLive(_template, frames, _device, batch);
        }
        catch (LinuxException interrupted) when (interrupted.Errno == Errno.EINTR)
        {
        }
    }
}
