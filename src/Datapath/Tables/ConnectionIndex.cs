using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Director.Datapath.Ports;

namespace Director.Datapath.Tables;

/// <summary>
/// Finds connection slots by the hash of one of their keys. Each bucket is one cache line of twelve one-byte tags, compared at once, and
/// twelve slot numbers; a bucket that overflows continues in a spare line. One line read and, but for one false tag in thirty, one slot
/// read per lookup.
/// </summary>
/// <typeparam name="TKeyOf">Which of a connection's keys.</typeparam>
internal sealed unsafe class ConnectionIndex<TKeyOf> : IDisposable
    where TKeyOf : struct, IKeyOf
{
    /// <summary>Buckets are sized for so many entries each when the table is full; the twelve places then overflow in one of 16.</summary>
    private const int MeanEntries = 8;

    /// <summary>Lines of a chain that another thread looks at, which may see it change and must not go round for ever.</summary>
    private const int LongestPeek = 16;

    private readonly AlignedMemory<IndexLine> _memory;
    private readonly IndexLine* _lines;
    private readonly uint _mask;
    private uint _nextSpare;
    private readonly uint _endSpare;
    private uint _freeSpare;

    public ConnectionIndex(int capacity, IMemoryPort? memory)
    {
        var buckets = BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, (capacity + MeanEntries - 1) / MeanEntries));
        var spares = (buckets / 6) + 8;
        _memory = new((int)(buckets + spares), memory);
        _lines = _memory.Pointer;
        _mask = buckets - 1;
        _nextSpare = buckets;
        _endSpare = buckets + spares;
    }

    /// <summary>Starts to bring the bucket of <paramref name="hash"/> into the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong hash)
    {
        if (Sse.IsSupported) Sse.Prefetch0(_lines + ((uint)hash & _mask));
    }

    /// <summary>The slot most likely meant by <paramref name="hash"/>, to prefetch it, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Guess(ulong hash)
    {
        var line = _lines + ((uint)hash & _mask);
        var matches = line->Matches((byte)(hash >> 56));
        return matches == 0 ? 0 : line->Slots[BitOperations.TrailingZeroCount(matches)];
    }

    /// <summary>The slot of <paramref name="key"/>, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(in ConnectionKey key, ulong hash, Connection* slots)
    {
        var line = _lines + ((uint)hash & _mask);
        while (true)
        {
            for (var matches = line->Matches((byte)(hash >> 56)); matches != 0; matches &= matches - 1)
            {
                var slot = line->Slots[BitOperations.TrailingZeroCount(matches)];
                if (slot != 0 && TKeyOf.Matches(slots[slot], key)) return slot;
            }

            if (line->Next == 0) return 0;
            line = _lines + line->Next;
        }
    }

    /// <summary>
    /// As <see cref="Find"/>, for other threads than the owner's, under whose feet lines change: it may miss what is there.
    /// </summary>
    public uint Peek(in ConnectionKey key, ulong hash, Connection* slots)
    {
        var line = _lines + ((uint)hash & _mask);
        for (var steps = 0; steps < LongestPeek; steps++)
        {
            for (var matches = line->Matches((byte)(hash >> 56)); matches != 0; matches &= matches - 1)
            {
                var slot = Volatile.Read(ref line->Slots[BitOperations.TrailingZeroCount(matches)]);
                if (slot != 0 && TKeyOf.Matches(slots[slot], key)) return slot;
            }

            var next = Volatile.Read(ref line->Next);
            if (next == 0) return 0;
            line = _lines + next;
        }

        return 0;
    }

    /// <summary>Enters <paramref name="slot"/>; false if the bucket is full and no spare line is left.</summary>
    public bool TryAdd(ulong hash, uint slot)
    {
        var line = _lines + ((uint)hash & _mask);
        while (true)
        {
            for (var i = 0; i < IndexLine.Entries; i++)
            {
                if (line->Slots[i] != 0) continue;
                line->Slots[i] = slot;
                line->Tags[i] = (byte)(hash >> 56);
                return true;
            }

            if (line->Next == 0 && (line->Next = TakeSpare()) == 0) return false;
            line = _lines + line->Next;
        }
    }

    /// <summary>
    /// Takes <paramref name="slot"/>, which is entered, out. The hole is filled from the chain's end, so chains stay short.
    /// </summary>
    public void Remove(ulong hash, uint slot)
    {
        var head = _lines + ((uint)hash & _mask);
        var holder = head;
        int place;
        while ((place = holder->PlaceOf(slot)) < 0) holder = _lines + holder->Next;

        IndexLine* before = null;
        var last = head;
        while (last->Next != 0)
        {
            before = last;
            last = _lines + last->Next;
        }

        var filler = last->LastUsed();
        holder->Slots[place] = last->Slots[filler];
        holder->Tags[place] = last->Tags[filler];
        last->Clear(filler);
        if (before == null || last->LastUsed() >= 0) return;
        GiveSpare(before->Next);
        before->Next = 0;
    }

    public void Dispose() => _memory.Dispose();

    private uint TakeSpare()
    {
        if (_freeSpare == 0) return _nextSpare < _endSpare ? _nextSpare++ : 0;
        var spare = _freeSpare;
        _freeSpare = _lines[spare].Next;
        _lines[spare].Next = 0;
        return spare;
    }

    private void GiveSpare(uint spare)
    {
        _lines[spare].Next = _freeSpare;
        _freeSpare = spare;
    }
}
