using System.Runtime.CompilerServices;
using Director.Datapath.Tables;

namespace Director.Datapath.Ports;

/// <summary>
/// Frames on their way through one worker: filled by <see cref="IFramePort.Receive"/>, decided by the forwarder, and settled by
/// <see cref="IFramePort.Commit"/>. Made once per worker and reused; one thread only.
/// </summary>
public sealed class FrameBatch
{
    private readonly FrameSlot[] _slots;

    /// <summary>
    /// Makes an empty batch of room for <paramref name="capacity"/> frames (1–<see cref="DatapathLimits.MaxBatchFrames"/>).
    /// </summary>
    public FrameBatch(int capacity = DatapathLimits.DefaultBatchFrames)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, DatapathLimits.MaxBatchFrames);
        _slots = new FrameSlot[capacity];
    }

    /// <summary>How many frames fit.</summary>
    public int Capacity => _slots.Length;

    /// <summary>How many frames are in it.</summary>
    public int Count { get; private set; }

    /// <summary>The slot of frame <paramref name="index"/>, to read and to write.</summary>
    public ref FrameSlot this[int index] => ref _slots[index];

    /// <summary>The slots of the frames that are in it.</summary>
    internal Span<FrameSlot> Slots => _slots.AsSpan(0, Count);

    /// <summary>Forgets all frames. The port has settled them before.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a slot, cleared, for the port to fill. The caller has checked that there is room.</summary>
    public ref FrameSlot Add()
    {
        ref var slot = ref _slots[Count++];
        slot = default;
        return ref slot;
    }

    /// <summary>The bytes of frame <paramref name="index"/>. Valid until the batch is committed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Frame(int index)
    {
        ref var slot = ref _slots[index];
        return FrameMemory.Bytes(slot.Address, slot.Length);
    }

    /// <summary>All bytes that may be written in place of frame <paramref name="index"/>, to build a longer one.</summary>
    public Span<byte> Room(int index)
    {
        ref var slot = ref _slots[index];
        return FrameMemory.Bytes(slot.Address, slot.Capacity);
    }
}
