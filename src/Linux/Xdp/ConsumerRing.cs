using System.Numerics;
using System.Runtime.CompilerServices;

namespace Director.Linux.Xdp;

/// <summary>
/// Our end of a ring that the kernel adds to: RX and completion (Linux Documentation/networking/af_xdp.rst). Entries are read first and
/// given back together. One thread only.
/// </summary>
internal sealed unsafe class ConsumerRing<T>
    where T : unmanaged
{
    private readonly uint* _producer;
    private readonly uint* _consumer;
    private readonly T* _entries;
    private readonly uint _mask;
    private uint _read;
    private uint _seenProducer;

    /// <summary>Takes the consumer's end of a ring.</summary>
    public ConsumerRing(RingMemory memory)
    {
        if (!BitOperations.IsPow2(memory.Size)) throw new ArgumentException("a ring has a power of two of entries", nameof(memory));
        _producer = memory.ProducerIndex;
        _consumer = memory.ConsumerIndex;
        _entries = (T*)memory.Entries;
        _mask = (uint)memory.Size - 1;
        _read = Volatile.Read(ref *_consumer);
        _seenProducer = _read;
    }

    /// <summary>How many entries the ring has.</summary>
    public int Size => (int)_mask + 1;

    /// <summary>Times that the kernel's index was one that cannot be: more entries than the ring has. They are not read.</summary>
    public ulong Inconsistencies { get; private set; }

    /// <summary>
    /// How many entries can be read, at most <paramref name="wanted"/>; looks at the kernel's index if fewer were seen before.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Available(int wanted)
    {
        var available = _seenProducer - _read;
        return available >= (uint)wanted ? wanted : Refresh(wanted);
    }

    /// <summary>Reads the next entry; the caller has seen that it is <see cref="Available"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read() => _entries[_read++ & _mask];

    /// <summary>Gives the places of all that was read back to the kernel.</summary>
    public void Release() => Volatile.Write(ref *_consumer, _read);

    private int Refresh(int wanted)
    {
        var producer = Volatile.Read(ref *_producer);
        var available = producer - _read;
        if (available > _mask + 1)
        {
            Inconsistencies++;
            return 0;
        }

        _seenProducer = producer;
        return (int)Math.Min(available, (uint)wanted);
    }
}
