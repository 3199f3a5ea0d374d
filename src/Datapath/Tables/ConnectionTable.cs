using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Director.Datapath.Ports;

namespace Director.Datapath.Tables;

/// <summary>
/// One worker's connections, in memory taken once, with nothing in it for the garbage collector to follow: 64 bytes for the slot, 9
/// for its share of the index, 12 for its place in the expiry wheel, and 9 more if it is masqueraded, to be found by answers. Slot numbers
/// stay put for a connection's life; 0 is nobody. One thread only.
/// </summary>
public sealed unsafe class ConnectionTable : IDisposable
{
    private readonly AlignedMemory<Connection> _memory;
    private readonly Connection* _slots;
    private readonly ConnectionIndex<KeyOfRequests> _index;
    private readonly ConnectionIndex<KeyOfAnswers> _answers;
    private readonly ExpiryWheel _wheel;
    private readonly KeyedHash _hash;
    private uint _unused = 1;
    private uint _free;

    /// <summary>Makes an empty table.</summary>
    /// <param name="capacity">The most connections held at once, 1–<see cref="DatapathLimits.MaxConnections"/>.</param>
    /// <param name="seed">Secret of the hash, drawn at random once per process.</param>
    /// <param name="memory">Where slots and indexes get their memory; null for the C library's heap.</param>
    public ConnectionTable(int capacity, ulong seed, IMemoryPort? memory = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, DatapathLimits.MaxConnections);
        Capacity = capacity;
        _memory = new(capacity + 1, memory);
        _slots = _memory.Pointer;
        _index = new(capacity, memory);
        _answers = new(capacity, memory);
        _wheel = new(capacity);
        _hash = new(seed);
    }

    /// <summary>The most connections held at once.</summary>
    public int Capacity { get; }

    /// <summary>Connections held. Other threads may read it; it is then a moment old.</summary>
    public int Count { get; private set; }

    /// <summary>What other workers have seen of this table's connections.</summary>
    internal ConnectionNotes Notes { get; } = new();

    /// <summary>No slot above this one has ever held a connection.</summary>
    internal uint HighestSlot => _unused - 1;

    /// <summary>The connection in <paramref name="slot"/>, which came from this table.</summary>
    internal ref Connection this[uint slot]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _slots[slot];
    }

    /// <summary>The hash that all other calls about <paramref name="key"/> take.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong HashOf(in ConnectionKey key) => _hash.Of(key.ClientUpper, key.ClientLower, key.Tail);

    /// <summary>First step of a batch: starts to bring the line of one of the indexes into the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void PrefetchIndex(ulong hash, bool answers)
    {
        if (answers) _answers.Prefetch(hash);
        else _index.Prefetch(hash);
    }

    /// <summary>Second step of a batch: starts to bring the slot into the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void PrefetchSlot(ulong hash, bool answers)
    {
        if (Sse.IsSupported) Sse.Prefetch0(_slots + (answers ? _answers.Guess(hash) : _index.Guess(hash)));
    }

    /// <summary>The slot of the connection named <paramref name="key"/>, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Find(in ConnectionKey key, ulong hash) => _index.Find(key, hash, _slots);

    /// <summary>The slot of the connection whose answers are named <paramref name="key"/>, or 0.</summary>
    internal uint FindByAnswer(in ConnectionKey key, ulong hash) => _answers.Find(key, hash, _slots);

    /// <summary>
    /// Copies the connection named <paramref name="key"/>. For other threads than the owner's: what changes at this moment may be missed,
    /// and nothing is handed out of a slot that is given up meanwhile.
    /// </summary>
    internal bool TryPeek(in ConnectionKey key, out Connection copy, out uint slot)
    {
        slot = _index.Peek(key, HashOf(key), _slots);
        return TryCopy(slot, out copy) && copy.Key.Matches(key);
    }

    /// <summary>The same of the connection whose answers are named <paramref name="key"/>.</summary>
    internal bool TryPeekByAnswer(in ConnectionKey key, out Connection copy, out uint slot)
    {
        slot = _answers.Peek(key, HashOf(key), _slots);
        return TryCopy(slot, out copy) && copy.AnswerKey.Matches(key);
    }

    /// <summary>
    /// Makes a connection named <paramref name="key"/>, of which there is none, expiring at <paramref name="deadline"/>. 0 if the
    /// table is full.
    /// </summary>
    internal uint Add(in ConnectionKey key, ulong hash, uint deadline, uint now)
    {
        var slot = _free != 0 ? _free : _unused <= Capacity ? _unused : 0;
        if (slot == 0 || !_index.TryAdd(hash, slot)) return 0;
        if (slot == _free) _free = (uint)_slots[slot].Server;
        else _unused++;
        _slots[slot] = new() { Key = key, Hash = hash, Deadline = deadline, Flags = ConnectionFlags.InUse };
        _wheel.Add(slot, deadline, now);
        Count++;
        return slot;
    }

    /// <summary>
    /// Has the connection in <paramref name="slot"/> found by answers too, whose key ends in <paramref name="tail"/>. False if the index
    /// has no room: then it is as before.
    /// </summary>
    internal bool TryEnterAnswers(uint slot, ulong tail)
    {
        ref var connection = ref _slots[slot];
        connection.AnswerTail = tail;
        if (_answers.TryAdd(HashOf(connection.AnswerKey), slot)) return true;
        connection.AnswerTail = 0;
        return false;
    }

    /// <summary>Restarts a connection's timer. Later costs one store; only a shortened life moves it in the wheel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Restart(uint slot, ref Connection connection, uint deadline, uint now)
    {
        if (deadline < connection.Deadline) _wheel.MoveEarlier(slot, deadline, now);
        connection.Deadline = deadline;
    }

    /// <summary>Takes a connection out for good.</summary>
    internal void Remove(uint slot)
    {
        _wheel.Remove(slot);
        Release(slot);
    }

    /// <summary>
    /// The next connection whose deadline has come, or 0. The caller settles what it held and calls <see cref="Release"/>. Bounded by
    /// <paramref name="budget"/>.
    /// </summary>
    internal uint TakeExpired(uint now, ref int budget)
    {
        uint slot;
        while ((slot = _wheel.Take(now, ref budget)) != 0)
        {
            var deadline = _slots[slot].Deadline;
            if (deadline <= now) return slot;
            _wheel.Add(slot, deadline, now);
        }

        return 0;
    }

    /// <summary>Has a slot that <see cref="TakeExpired"/> gave live on: its deadline is a later one now.</summary>
    internal void Retain(uint slot, uint now) => _wheel.Add(slot, _slots[slot].Deadline, now);

    /// <summary>Frees a slot that <see cref="TakeExpired"/> gave.</summary>
    internal void Release(uint slot)
    {
        ref var connection = ref _slots[slot];
        _index.Remove(connection.Hash, slot);
        if (connection.IsMasqueraded) _answers.Remove(HashOf(connection.AnswerKey), slot);
        connection = new() { Server = (int)_free };
        _free = slot;
        Count--;
    }

    /// <summary>Copies slots from <paramref name="from"/> on, free ones among them, and says how many: 0 past the last.</summary>
    internal int CopyTo(Span<Connection> destination, uint from)
    {
        var count = (int)Math.Min((uint)destination.Length, _unused - Math.Min(from, _unused));
        new ReadOnlySpan<Connection>(_slots + from, count).CopyTo(destination);
        return count;
    }

    /// <summary>Gives the memory back. The worker has ended.</summary>
    public void Dispose()
    {
        _index.Dispose();
        _answers.Dispose();
        _memory.Dispose();
    }

    private bool TryCopy(uint slot, out Connection copy)
    {
        copy = _slots[slot];
        Thread.MemoryBarrier();
        return slot != 0 && (copy.Flags & ConnectionFlags.InUse) != 0 && (_slots[slot].Flags & ConnectionFlags.InUse) != 0
            && _slots[slot].Hash == copy.Hash;
    }
}
