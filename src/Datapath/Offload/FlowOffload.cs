using System.Runtime.CompilerServices;
using Director.Datapath.Tables;

namespace Director.Datapath.Offload;

/// <summary>
/// One worker's flows in the XDP program's hands. A slot that was closed is given back only when every program that may still hold it has
/// ended; until then it waits in a list, one list at a time for one grace period. One thread only.
/// </summary>
internal sealed class FlowOffload(FlowTable table, int worker)
{
    /// <summary>Packets in user space until a flow is tried again whose window was full, or that may not leave by its way.</summary>
    private const int Retry = 64;

    /// <summary>
    /// Ticks after which frames that waited for a worker when the epoch changed have been taken, however busy it is: a second.
    /// </summary>
    private const uint LongestWait = 15;

    private uint _epoch = table.Epoch;
    private Hold _hold;
    private long _holdNumber;
    private uint _heldAt;

    // Lists by their first slot and one; 0 is none.
    private uint _closed;
    private uint _waiting;
    private long _waitingNumber;
    private bool _hasPassed;

    private enum Hold
    {
        /// <summary>Flows are opened.</summary>
        None,

        /// <summary>The epoch has changed: a program that ran before may still hand up a frame.</summary>
        Programs,

        /// <summary>None may any more; those that were handed up are to be taken first.</summary>
        Frames,
    }

    /// <summary>Flows that it has open, or had so lately that the slots are not given back.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there are closed slots that may be given back at once.</summary>
    public bool IsReleasing => _waiting != 0 && _hasPassed;

    /// <summary>A batch begins, or a look at an empty port. If the epoch is another than before, nothing is opened for a while.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(uint now)
    {
        table.Tell(now);
        if (table.Epoch != _epoch) Pause(now);
    }

    /// <summary>The batch is decided; <paramref name="drained"/> if the port had no more frames than were taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End(bool drained, uint now)
    {
        if (_hold != Hold.None) MayResume(drained, now);
    }

    /// <summary>
    /// Whether <paramref name="connection"/>, which has been offloaded, has a slot that the program finds: if not its gate is shut, or the
    /// epoch is over.
    /// </summary>
    public bool IsOpen(in Connection connection)
    {
        ref readonly var tail = ref table[connection.Flow];
        return Volatile.Read(in tail.Open) == table.Epoch && tail.Generation == table.GenerationOf(connection.Server);
    }

    /// <summary>
    /// Opens the flow of an established connection, if it has had its packets in user space, there is room, and the program may send that
    /// way. <paramref name="server"/> and its generation are of the table that the worker forwards by.
    /// </summary>
    public FlowOpening TryOpen(
        ref Connection connection, in FlowKey key, in ServerEntry server, uint generation, ushort ingress, uint timeout, uint now)
    {
        if (connection.Passed < table.OpenAfter)
        {
            connection.Passed++;
            return FlowOpening.NotYet;
        }

        if (_hold != Hold.None || generation != table.GenerationOf(server.Id)) return FlowOpening.NotYet;
        var isFull = false;
        if (!table.Allows(ingress, server.Egress) || (isFull = !table.TryClaim(key, worker, out connection.Flow)))
        {
            connection.Passed = (sbyte)(table.OpenAfter - Retry);
            return isFull ? FlowOpening.NoRoom : FlowOpening.NotYet;
        }

        ref var tail = ref table[connection.Flow];
        (tail.MacsLow, tail.MacsHigh) = (server.MacsLow, server.MacsHigh);
        (tail.Longest, tail.Egress) = ((ushort)Math.Min(server.Mtu, ushort.MaxValue), server.Egress);
        (tail.Gate, tail.Generation, tail.LastSeen) = ((uint)server.Id, generation, now - FlowLayout.ClockLag);
        (tail.Packets, tail.Bytes) = (0, 0);
        Volatile.Write(ref tail.Open, _epoch);
        connection.FlowTimeout = timeout;
        connection.Flags |= ConnectionFlags.Offloaded;
        Count++;
        return FlowOpening.Opened;
    }

    /// <summary>What the program has forwarded since this was last asked, of a connection that is offloaded.</summary>
    public (long Packets, long Bytes) Take(in Connection connection) => Take(ref table[connection.Flow]);

    /// <summary>
    /// When a connection expires that is offloaded, and gets no more packets: never early, and late by what the program's clock may be.
    /// </summary>
    public uint DeadlineOf(in Connection connection) =>
        Math.Max(connection.Deadline, Volatile.Read(in table[connection.Flow].LastSeen) + FlowLayout.ClockLag + connection.FlowTimeout);

    /// <summary>Starts to bring into the cache what the next calls about a connection look at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(in Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.Offloaded) != 0) table.Prefetch(connection.Flow);
    }

    /// <summary>
    /// Closes the flow of a connection that is offloaded, which it then is no more. A program that has it in hand at this moment may count
    /// a packet still: <see cref="TryRelease"/> tells of it.
    /// </summary>
    public void Close(ref Connection connection)
    {
        Volatile.Write(ref table[connection.Flow].Open, 0);
        connection.Flags &= ~ConnectionFlags.Offloaded;
        table.Next(connection.Flow) = _closed;
        _closed = connection.Flow + 1;
    }

    /// <summary>Closes the flow of that name if another worker has it: a connection of this worker begins under the name.</summary>
    public void CloseElsewhere(in FlowKey key) => table.CloseElsewhere(key, worker);

    /// <summary>
    /// Gives a closed slot back that no program can have in hand any more, and says what was left in it for which server; false if there is
    /// none at present.
    /// </summary>
    public bool TryRelease(out int server, out (long Packets, long Bytes) left)
    {
        (server, left) = (0, default);
        if (!HasPassed()) return false;
        var flow = _waiting - 1;
        _waiting = table.Next(flow);
        ref var tail = ref table[flow];
        server = (int)tail.Gate;
        left = Take(ref tail);
        table.Release(flow);
        Count--;
        return true;
    }

    private bool HasPassed()
    {
        if (_waiting == 0)
        {
            if (_closed == 0) return false;
            (_waiting, _closed, _hasPassed) = (_closed, 0, false);
            _waitingNumber = table.Grace.Request();
        }

        return _hasPassed || (_hasPassed = table.Grace.HasPassed(_waitingNumber));
    }

    private static (long Packets, long Bytes) Take(ref FlowTail tail) =>
        (Volatile.Read(ref tail.Packets) | Volatile.Read(ref tail.Bytes)) == 0
            ? default
            : (Interlocked.Exchange(ref tail.Packets, 0), Interlocked.Exchange(ref tail.Bytes, 0));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Pause(uint now)
    {
        (_epoch, _hold, _heldAt) = (table.Epoch, Hold.Programs, now);
        _holdNumber = table.Grace.Request();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MayResume(bool drained, uint now)
    {
        if (_hold == Hold.Frames && (drained || now - _heldAt > LongestWait)) _hold = Hold.None;
        else if (_hold == Hold.Programs && table.Grace.HasPassed(_holdNumber)) _hold = Hold.Frames;
    }
}
