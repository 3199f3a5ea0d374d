using Director.Datapath.Tables;

namespace Director.Datapath.Ports;

/// <summary>
/// A port whose frames lie in memory: what is put in is received, what is committed is left to look at. For tests, measurements and the
/// rehearsal, which see the engine exactly as a real port does.
/// </summary>
public sealed class MemoryFramePort : IFramePort
{
    /// <summary>Bytes in front of each frame, so many that it begins with a cache line: more than a port has to leave.</summary>
    private const int Headroom = 64;

    private readonly AlignedMemory<byte> _memory;
    private readonly Arrival[] _arrivals;
    private readonly int[] _free;
    private readonly ManualResetEventSlim _wake = new();
    private readonly int _frameBytes;
    private int _firstArrival;
    private int _arrived;

    /// <summary>Makes a port of <paramref name="frames"/> frames of <paramref name="frameBytes"/> bytes.</summary>
    public MemoryFramePort(int frames = DatapathLimits.DefaultBatchFrames, int frameBytes = 2048)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameBytes);
        _frameBytes = frameBytes;
        _memory = new(checked(frames * (Headroom + frameBytes)));
        _arrivals = new Arrival[frames];
        _free = [.. Enumerable.Range(0, frames).Reverse()];
        FreeFrames = frames;
    }

    /// <summary>Called for each frame that is committed, with its slot and the bytes it then has.</summary>
    public CommittedFrame? Committed { get; set; }

    /// <summary>Frames that nobody has, of those the port was made with.</summary>
    public int FreeFrames { get; private set; }

    /// <summary>Takes a look at a committed frame. The bytes are the port's again afterwards.</summary>
    public delegate void CommittedFrame(in FrameSlot slot, ReadOnlySpan<byte> frame);

    /// <summary>Puts a frame where <see cref="Receive"/> will find it; false if it is too long or no memory is free.</summary>
    public bool TryPut(ReadOnlySpan<byte> frame, ushort ingress = 0)
    {
        if (frame.Length > _frameBytes || FreeFrames == 0) return false;
        var number = _free[--FreeFrames];
        frame.CopyTo(Memory(number));
        _arrivals[_arrived++] = new(number, frame.Length, ingress);
        return true;
    }

    /// <inheritdoc/>
    public int Receive(FrameBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        while (batch.Count < batch.Capacity && _firstArrival < _arrived)
        {
            ref readonly var arrival = ref _arrivals[_firstArrival++];
            ref var slot = ref batch.Add();
            slot.Address = Address(arrival.Number);
            slot.Token = (ulong)arrival.Number;
            slot.Length = arrival.Length;
            slot.Capacity = _frameBytes;
            slot.Ingress = arrival.Ingress;
        }

        if (_firstArrival == _arrived) _firstArrival = _arrived = 0;
        return batch.Count;
    }

    /// <inheritdoc/>
    public void Commit(FrameBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (var i = 0; i < batch.Count; i++)
        {
            Committed?.Invoke(batch[i], batch.Frame(i));
            _free[FreeFrames++] = (int)batch[i].Token;
        }

        batch.Clear();
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout)
    {
        _wake.Wait(timeout);
        _wake.Reset();
    }

    /// <inheritdoc/>
    public void Wake() => _wake.Set();

    /// <inheritdoc/>
    public void Dispose()
    {
        _wake.Dispose();
        _memory.Dispose();
    }

    private nint Address(int number) => _memory.Address + ((nint)number * (Headroom + _frameBytes)) + Headroom;

    private Span<byte> Memory(int number) => FrameMemory.Bytes(Address(number), _frameBytes);

    private readonly record struct Arrival(int Number, int Length, ushort Ingress);
}
