using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <content>
/// The three passes over a batch. What nearly all packets are, plain ones of connections in direct routing, is done here without a call;
/// anything else is left to who decides it in general, and does the same. Each pass is compiled by itself: in one method they would have
/// more in them than the compiler is willing to inline. Nothing in them is looked up with a check of its bounds: there is a packet for each
/// frame of the largest batch (docs/internals.md).
/// </content>
public sealed partial class Forwarder
{
    /// <summary>Frames whose first line is fetched ahead of the one being read.</summary>
    private const int PrefetchAhead = 8;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadAll(FrameBatch batch)
    {
        var count = batch.Count;
        ref var slots = ref MemoryMarshal.GetReference(batch.Slots);
        ref var packets = ref MemoryMarshal.GetArrayDataReference(_packets);
        var (table, connections) = (_table, _connections);
        for (var i = 0; i < count; i++)
        {
            ref var slot = ref Unsafe.Add(ref slots, i);
            ref var packet = ref Unsafe.Add(ref packets, i);
            if (i + PrefetchAhead < count) FrameMemory.Prefetch(Unsafe.Add(ref slot, PrefetchAhead).Address);
            if (FrameParser.TryReadPlain(slot.Address, slot.Length, table, ref packet))
            {
                packet.Hash = connections.HashOf(packet.Key);
                connections.PrefetchIndex(packet.Hash, answers: false);
            }
            else
            {
                Read(batch, i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FetchSlots(ReadOnlySpan<FrameSlot> slots)
    {
        ref var packets = ref MemoryMarshal.GetArrayDataReference(_packets);
        var connections = _connections;
        for (var i = 0; i < slots.Length; i++)
        {
            ref readonly var packet = ref Unsafe.Add(ref packets, i);
            if (slots[i].Verdict == Verdict.None) connections.PrefetchSlot(packet.Hash, packet.IsAnswer);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DecideAll(FrameBatch batch)
    {
        var count = batch.Count;
        ref var slots = ref MemoryMarshal.GetReference(batch.Slots);
        ref var packets = ref MemoryMarshal.GetArrayDataReference(_packets);
        long forwarded = 0;
        for (var i = 0; i < count; i++)
        {
            ref var slot = ref Unsafe.Add(ref slots, i);
            ref var packet = ref Unsafe.Add(ref packets, i);
            if (slot.Verdict == Verdict.None)
            {
                if (!packet.IsPlain)
                {
                    slot.Verdict = Decide(batch, i);
                }
                else
                {
                    var number = _connections.Find(packet.Key, packet.Hash);
                    slot.Verdict = number != 0 && TryForward(ref slot, packet, number) ? Verdict.Forward : DecideWhole(batch, i, number);
                }
            }

            if (slot.Verdict == Verdict.Forward) forwarded++;
            else Count(slot.Verdict);
        }

        Counters.Add(WorkerCounter.Forwarded, forwarded);
    }

    /// <summary>
    /// Sends a plain packet of the connection in slot <paramref name="number"/> on, if it is of those that nothing special happens to: what
    /// <see cref="Continue"/> does, and in the same order.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryForward(ref FrameSlot slot, in Packet packet, uint number)
    {
        ref var connection = ref _connections[number];
        ref readonly var server = ref _table.ServerOf(connection);
        if (!server.IsDirect || (packet.Flags & TcpFlags.Syn) != 0 || connection.IsMasqueraded || _flows is not null
            || packet.TimeToLive <= 1 || packet.Length > server.Mtu) return false;

        // The worker's own part of an array that has one for each worker of the table.
        ref var traffic = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(server.Traffic), _trafficOffset);
        Unsafe.Add(ref traffic, RealServerState.PacketsPlace)++;
        Unsafe.Add(ref traffic, RealServerState.BytesPlace) += packet.Length;
        Track(number, ref connection, packet.Flags, _inputOnly, server.State!);
        DirectRoute.RewritePlain(slot.Address, server);
        slot.Length = EthernetHeader.Size + packet.Length;
        slot.Egress = server.Egress;
        return true;
    }
}
