using Director.Datapath.Tables;

namespace Director.Datapath.Offload;

/// <summary>
/// The flows that the XDP program forwards without us: whose slot is whose, and which are open. All workers share it; each claims slots by
/// a compare-and-swap, and is then the only one of them that writes there. Bounded: a flow whose window is full stays in user space.
/// One per process; any thread.
/// </summary>
public sealed class FlowTable : IDisposable
{
    private const int MaxDevices = 64;

    private readonly FlowTableMemory _memory;
    private readonly AlignedMemory<FlowHolder> _holders;
    private readonly ulong[] _egresses = new ulong[MaxDevices];
    private readonly FlowHash _hash;

    /// <summary>Makes an empty table.</summary>
    /// <param name="memory">Shared with the program, which has looked at no slot yet. It outlives the table's last user.</param>
    /// <param name="grace">Tells when a closed slot may be used again.</param>
    /// <param name="seed">Secret of the hash, drawn at random once per process; the program has the same.</param>
    /// <param name="openAfter">
    /// Packets of an established connection that user space forwards before the flow is opened, 0 to
    /// <see cref="DatapathLimits.MaxOffloadAfter"/>.
    /// </param>
    public FlowTable(FlowTableMemory memory, IGracePeriod grace, ulong seed, int openAfter)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentOutOfRangeException.ThrowIfNegative(openAfter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(openAfter, DatapathLimits.MaxOffloadAfter);
        (_memory, Grace, _hash, OpenAfter) = (memory, grace, new(seed), openAfter);
        _holders = new(memory.Slots);
        if (Epoch == 0) CloseAll();
    }

    /// <summary>Where each flow's window begins, for the program.</summary>
    public FlowHash Hash => _hash;

    /// <summary>The epoch that slots are opened in; never 0.</summary>
    internal uint Epoch => Volatile.Read(ref _memory.EpochWord);

    internal IGracePeriod Grace { get; }

    internal int OpenAfter { get; }

    /// <summary>
    /// Closes all flows at once, of all workers: no packet that the program begins with from now on hits one. Each is opened again as its
    /// packets come up, once no frame of before can be waiting any more. Any process that has the memory may do the same.
    /// </summary>
    public void CloseAll()
    {
        ref var epoch = ref _memory.EpochWord;
        if (Interlocked.Increment(ref epoch) == 0) Interlocked.Increment(ref epoch);
    }

    /// <summary>
    /// Says whether packets that come in by one of the port's devices may leave by another, or the same, without us. At first none may.
    /// Flows that are open stay so.
    /// </summary>
    public void Allow(ushort ingress, ushort egress, bool isAllowed)
    {
        if (ingress >= MaxDevices || egress >= MaxDevices) return;
        if (isAllowed) Interlocked.Or(ref _egresses[ingress], 1UL << egress);
        else Interlocked.And(ref _egresses[ingress], ~(1UL << egress));
    }

    /// <summary>
    /// Closes the flows of all servers whose packets go another way in <paramref name="next"/>, or none, than in <paramref name="before"/>.
    /// To be called before that is published: afterwards the program knows no way that the workers do not know.
    /// </summary>
    internal void Shut(ForwardingTable before, ForwardingTable next) => next.WriteGenerations(before, _memory.GateWords);

    /// <summary>Gives back what it has noted beside the shared memory. The workers have ended.</summary>
    public void Dispose() => _holders.Dispose();

    /// <summary>Tells the program the time. Workers that do so at once may be a tick apart; it does not go back.</summary>
    internal void Tell(uint now)
    {
        ref var clock = ref _memory.ClockWord;
        if ((int)(now - Volatile.Read(ref clock)) > 0) Volatile.Write(ref clock, now);
    }

    internal bool Allows(ushort ingress, ushort egress) =>
        ingress < MaxDevices && egress < MaxDevices && (Volatile.Read(ref _egresses[ingress]) >> egress & 1) != 0;

    /// <summary>What the gate of server <paramref name="id"/> holds.</summary>
    internal uint GenerationOf(int id) => Volatile.Read(ref _memory.Gate(id));

    /// <summary>Claims a free slot of the key's window, and writes the key; false if there is none.</summary>
    internal bool TryClaim(in FlowKey key, int worker, out uint flow)
    {
        var end = First(key) + FlowLayout.Window;
        for (flow = end - FlowLayout.Window; flow < end; flow++)
        {
            ref var holder = ref _holders[flow].Worker;
            if (Volatile.Read(ref holder) != 0 || Interlocked.CompareExchange(ref holder, worker + 1, 0) != 0) continue;
            WriteKey(flow, key);
            return true;
        }

        return false;
    }

    /// <summary>Closes the flow named <paramref name="key"/> if another worker than <paramref name="worker"/> has it open.</summary>
    internal void CloseElsewhere(in FlowKey key, int worker)
    {
        var end = First(key) + FlowLayout.Window;
        for (var flow = end - FlowLayout.Window; flow < end; flow++)
        {
            var holder = Volatile.Read(ref _holders[flow].Worker);
            if (holder != 0 && holder != worker + 1 && HasKey(flow, key)) Volatile.Write(ref this[flow].Open, 0);
        }
    }

    /// <summary>Gives back a slot, which no program can have in hand.</summary>
    internal void Release(uint flow) => Volatile.Write(ref _holders[flow].Worker, 0);

    /// <summary>The list place of a slot that the caller has claimed.</summary>
    internal ref uint Next(uint flow) => ref _holders[flow].Next;

    /// <summary>The tail of a slot that the caller has claimed.</summary>
    internal ref FlowTail this[uint flow] => ref _memory.Tail(flow);

    /// <summary>Starts to bring a slot's tail into the cache.</summary>
    internal void Prefetch(uint flow) => _memory.Prefetch(flow);

    private uint First(in FlowKey key) => key.IsV4
        ? _hash.FirstOf(key, _memory.CapacityV4)
        : _memory.FirstV6 + _hash.FirstOf(key, _memory.CapacityV6);

    private void WriteKey(uint flow, in FlowKey key)
    {
        var words = _memory.Key(flow);
        words[0] = key.Word0;
        if (!key.IsV4) (words[1], words[2], words[3]) = (key.Word1, key.Word2, key.Word3);
        words[^1] = key.Last;
    }

    private bool HasKey(uint flow, in FlowKey key)
    {
        var words = _memory.Key(flow);
        return words[0] == key.Word0 && words[^1] == key.Last
            && (key.IsV4 || (words[1] == key.Word1 && words[2] == key.Word2 && words[3] == key.Word3));
    }
}
