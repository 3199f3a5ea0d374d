using Director.Net;
using Director.Tests.Linux.Xdp;

namespace Director.Tests.Soak;

/// <summary>
/// Everything of <see cref="MixedTraffic"/> that arrives at a machine, looked at to the byte. What must never be is kept as words, the
/// first of it; a thread of its own reads.
/// </summary>
/// <param name="wire">The machine's link; this tap's own.</param>
/// <param name="own">The machine's MAC.</param>
/// <param name="traffic">What was sent.</param>
/// <param name="numbers">The numbers that have arrived, here or at another tap; locked.</param>
internal abstract class Tap(Wire wire, MacAddress own, MixedTraffic traffic, HashSet<long> numbers) : IDisposable
{
    private const int Kept = 10;
    private const byte HopsLeft = 63;

    private readonly List<string> _wrong = [];
    private readonly CancellationTokenSource _stop = new();
    private Thread? _thread;
    private long _arrived;

    /// <summary>Frames of the traffic that arrived.</summary>
    public long Arrived => Volatile.Read(ref _arrived);

    /// <summary>What was wrong with some of them.</summary>
    public IReadOnlyList<string> Wrong
    {
        get
        {
            lock (_wrong) return [.. _wrong];
        }
    }

    /// <summary>The machine's link.</summary>
    protected Wire Wire => wire;

    /// <summary>The machine's MAC.</summary>
    protected MacAddress Own => own;

    /// <summary>Begins to read.</summary>
    public void Start()
    {
        _thread = new(() =>
        {
            while (!_stop.IsCancellationRequested)
                if (wire.Receive(TimeSpan.FromMilliseconds(50)) is { } frame) Look(frame);
        })
        { IsBackground = true, Name = GetType().Name };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join();
        _stop.Dispose();
        wire.Dispose();
    }

    /// <summary>
    /// Whether it is of the traffic; and if so, whose it must have been when it was sent, 0 if it belongs here in no case.
    /// </summary>
    protected abstract bool IsOurs(in MixedPacket packet, out ulong flow);

    /// <summary>A frame has been looked at.</summary>
    protected virtual void Took(byte[] frame, in MixedPacket packet)
    {
    }

    private void Look(byte[] frame)
    {
        if (!MixedPacket.TryRead(frame, out var packet) || !IsOurs(packet, out var flow)) return;
        Volatile.Write(ref _arrived, _arrived + 1);
        var wrong =
            !MacAddress.Read(frame).Equals(own) ? "not this machine's MAC"
            : !packet.IsRight ? "checksum"
            : packet.TimeToLive != HopsLeft ? $"TTL {packet.TimeToLive}"
            : packet.Number < 0 || packet.Number > traffic.Sent ? "never sent"
            : packet.Flow != flow ? "somebody else's"
            : !IsFirst(packet.Number) ? "came twice"
            : null;
        if (wrong is not null)
        {
            lock (_wrong)
                if (_wrong.Count < Kept) _wrong.Add($"{wrong}: {Convert.ToHexString(frame)}");
        }

        Took(frame, packet);
    }

    private bool IsFirst(long number)
    {
        lock (numbers) return numbers.Add(number);
    }
}
