using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <content>
/// Packets of connections that another worker has. The network card spreads packets over the workers by their ports, which of fragments and
/// ICMP errors it does not see; and it may be told to spread them otherwise than before. A worker forwards such a packet as the owner
/// would, and leaves the owner a note, by which that one tracks the connection.
/// </content>
public sealed partial class Forwarder
{
    /// <summary>Notes that are read before a batch; the rest waits for the next.</summary>
    private const int NotesPerBatch = 1024;

    /// <summary>Copies a connection that another worker has.</summary>
    private bool TryFindElsewhere(int i, out Connection copy, [NotNullWhen(true)] out ConnectionTable? owner, out uint slot) =>
        _peers.TryFind(_packets[i].Key, _connections, out copy, out owner, out slot) && _table.IsAvailable(copy.Server);

    /// <summary>
    /// Forwards a packet of another worker's connection; <see cref="Verdict.None"/> if there is none that it would continue.
    /// </summary>
    private Verdict ForwardElsewhere(FrameBatch batch, int i)
    {
        if (!TryFindElsewhere(i, out var copy, out var owner, out var slot)) return Verdict.None;
        ref readonly var packet = ref _packets[i];
        ref readonly var server = ref _table.Server(copy.Server);
        if ((packet.Flags & TcpFlags.Syn) != 0 && IsRescheduled(copy, server)) return Verdict.None;
        _peers.NoteMoved(_tick);
        CountPacket(server, packet);
        if (IsNews(copy, TcpTracker.Next(copy.IsMasqueraded ? _input : _inputOnly, copy.State, packet.Flags)))
            Post(owner, slot, copy, packet.Flags, isAnswer: false);
        return copy.IsMasqueraded ? TransmitMasqueraded(batch, i, server, copy.AnswerTail) : Transmit(batch, i, server);
    }

    /// <summary>Whether a packet that leads to <paramref name="state"/> changes anything about a connection, or prolongs it.</summary>
    private bool IsNews(in Connection copy, ConnectionState state) =>
        state != copy.State || copy.Deadline < _tick + _timeouts.TicksOf(state);

    private void Post(ConnectionTable owner, uint slot, in Connection copy, TcpFlags flags, bool isAnswer)
    {
        if (!owner.Notes.TryPost(slot, copy.Hash, flags, isAnswer)) Counters.Add(WorkerCounter.NotesLost);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadNotes()
    {
        for (var i = 0; i < NotesPerBatch && _connections.Notes.TryTake(out var slot, out var hash, out var flags, out var isAnswer); i++)
        {
            ref var connection = ref _connections[slot];
            if ((connection.Flags & ConnectionFlags.InUse) == 0 || connection.Hash != hash) continue;
            if (connection.IsOffloaded) Review(ref connection);
            if (!isAnswer)
            {
                Track(slot, ref connection, flags, connection.IsMasqueraded ? _input : _inputOnly,
                    _table.Server(connection.Server).State!);
            }
            else if (connection.IsMasqueraded)
            {
                TrackAnswer(slot, ref connection, flags);
            }
        }
    }
}
