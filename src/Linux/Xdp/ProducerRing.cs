using System.Numerics;
using System.Runtime.CompilerServices;
using Director.Linux.Abi;

namespace Director.Linux.Xdp;

/// <summary>
/// Our end of a ring that the kernel takes from: fill and TX (Linux Documentation/networking/af_xdp.rst). Entries are written first and
/// published together; the kernel's index is read only when the room last seen is used up, so its cache line moves once per batch. One
/// thread only.
/// </summary>
internal sealed unsafe class ProducerRing<T>
    where T : unmanaged
{
    private readonly uint* _producer;
    private readonly uint* _consumer;
    private readonly uint* _flags;
    private readonly T* _entries;
    private readonly uint _mask;
    private uint _written;
    private uint _published;
    private uint _seenConsumer;

    /// <summary>Takes the producer's end of a ring that is empty or that only we have produced into.</summary>
    public ProducerRing(RingMemory memory)
    {
        if (!BitOperations.IsPow2(memory.Size)) throw new ArgumentException("a ring has a power of two of entries", nameof(memory));
        _producer = memory.ProducerIndex;
        _consumer = memory.ConsumerIndex;
        _flags = memory.FlagWord;
        _entries = (T*)memory.Entries;
        _mask = (uint)memory.Size - 1;
        _written = _published = Volatile.Read(ref *_producer);
        _seenConsumer = Volatile.Read(ref *_consumer);
    }

    /// <summary>How many entries the ring has.</summary>
    public int Size => (int)_mask + 1;

    /// <summary>Entries written but not yet published.</summary>
    public int Unpublished => (int)(_written - _published);

    /// <summary>Entries that the kernel has not taken yet, by its index at this moment.</summary>
    public int Untaken => (int)(_published - Volatile.Read(ref *_consumer));

    /// <summary>Whether the kernel waits for a call before it looks at the ring again.</summary>
    public bool NeedsWakeup => (Volatile.Read(ref *_flags) & XdpAbi.XDP_RING_NEED_WAKEUP) != 0;

    /// <summary>
    /// How many entries may be written, as far as seen; looks again at the kernel's index if that is less than <paramref name="wanted"/>.
    /// An index that cannot be counts as a full ring.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Room(int wanted)
    {
        var room = _mask + 1 - (_written - _seenConsumer);
        return room >= (uint)wanted ? (int)room : Refresh();
    }

    /// <summary>Writes one entry; the caller has seen <see cref="Room"/> for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(T entry) => _entries[_written++ & _mask] = entry;

    /// <summary>Shows the kernel what was written.</summary>
    public void Publish()
    {
        _published = _written;
        Volatile.Write(ref *_producer, _written);
    }

    private int Refresh()
    {
        var consumer = Volatile.Read(ref *_consumer);
        var used = _written - consumer;
        if (used > _mask + 1) return 0;
        _seenConsumer = consumer;
        return (int)(_mask + 1 - used);
    }
}
