using System.Buffers.Binary;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <content>
/// Masqueraded connections, and what their servers answer (Linux net/netfilter/ipvs/ip_vs_core.c <c>ip_vs_out</c>, <c>handle_response</c>).
/// An answer goes to the station that the client's last packet came from; the checks that the host would make before it forwards, hops
/// and MTU, are made here (Linux net/ipv4/ip_forward.c, net/ipv6/ip6_output.c). The network card gives it to any worker: one that does not
/// have the connection passes the answer on all the same, and leaves the one that does a note.
/// </content>
public sealed partial class Forwarder
{
    /// <summary>
    /// Has a new connection's answers found, if its server is masqueraded. False, and the connection is gone, if there is no room for that.
    /// </summary>
    private bool TryMasquerade(FrameBatch batch, int i, uint slot, VirtualService service)
    {
        ref var connection = ref _connections[slot];
        ref readonly var server = ref _table.Server(connection.Server);
        if (!server.IsMasqueraded) return true;
        if (!_connections.TryEnterAnswers(slot, AnswerTail(_packets[i], service, server.State!)))
        {
            Settle(connection);
            _connections.Remove(slot);
            return false;
        }

        connection.Hop = HopOf(batch, i);
        return true;
    }

    /// <summary>The server's own port stands for the service's; of a service of every port, the port that was asked for stays.</summary>
    private static ulong AnswerTail(in Packet packet, VirtualService service, RealServerState server)
    {
        var port = packet.Key.VirtualPort;
        if (port == service.Key.Virtual.Port && server.Key.Server.Port != 0) port = server.Key.Server.Port;
        return ConnectionKey.TailOf(server.Nat!.Number, packet.Key.ClientPort, port);
    }

    private Verdict ContinueMasqueraded(FrameBatch batch, int i, uint slot, ref Connection connection, in ServerEntry server)
    {
        Track(slot, ref connection, _packets[i].Flags, _input, server.State!);
        connection.Hop = HopOf(batch, i);
        return TransmitMasqueraded(batch, i, server, connection.AnswerTail);
    }

    private Verdict TransmitMasqueraded(FrameBatch batch, int i, in ServerEntry server, ulong answerTail)
    {
        var refusal = Refusal(batch, i, server);
        return refusal == Verdict.None ? SendMasqueraded(batch, i, server, answerTail) : refusal;
    }

    private Verdict SendMasqueraded(FrameBatch batch, int i, in ServerEntry server, ulong answerTail)
    {
        ref var packet = ref _packets[i];
        packet.AnswerTail = answerTail;
        Route(batch, i, server);
        server.State!.Nat!.ToServer(batch.Frame(i)[packet.At..], packet, (ushort)answerTail);
        return Verdict.Forward;
    }

    private Verdict DecideAnswer(FrameBatch batch, int i)
    {
        ref readonly var packet = ref _packets[i];
        if (packet.Kind == PacketKind.AnswerLaterFragment) return FollowFirstAnswer(batch, i);
        if (packet.Kind == PacketKind.AnswerFirstFragment) _peers.NoteMoved(_tick);
        Verdict verdict;
        var slot = _connections.FindByAnswer(packet.Key, packet.Hash);
        if (slot != 0)
        {
            ref var connection = ref _connections[slot];
            verdict = SendAnswer(batch, i, connection);
            if (verdict == Verdict.Forward && packet.Kind != PacketKind.AnswerIcmpError) TrackAnswer(slot, ref connection, packet.Flags);
        }
        else if (_peers.TryFindByAnswer(packet.Key, _connections, out var copy, out var owner, out slot))
        {
            verdict = SendAnswer(batch, i, copy);
            if (verdict == Verdict.Forward && packet.Kind != PacketKind.AnswerIcmpError) LeaveNote(owner, slot, copy, packet.Flags);
        }
        else
        {
            // A packet of the server's own, which has nothing to do with the VIP.
            verdict = Verdict.ToHost;
            if (packet.Kind == PacketKind.AnswerFirstFragment) NoteFirst(packet, default);
        }

        return verdict;
    }

    private Verdict SendAnswer(FrameBatch batch, int i, in Connection connection)
    {
        ref readonly var packet = ref _packets[i];

        // Another worker's connection may have a server that this worker's table does not know yet.
        if (_table.Find(connection.Server)?.Nat is not { } nat || nat.Number != connection.AnswerTail >> 32) return Verdict.ToHost;
        ref readonly var server = ref _table.Server(connection.Server);
        if (packet.Kind == PacketKind.AnswerIcmpError && !packet.IsV6
            && !IsIcmpChecksumValid(batch.Frame(i).Slice(packet.At, packet.Length))) return Drop(DropReason.BadIcmpChecksum);
        ref readonly var link = ref _table.Link(connection.Hop.Link);
        if (packet.TimeToLive <= 1) return RefuseAnswer(batch, i, server, IcmpError.TimeExceeded, 0, DropReason.TtlExceeded);
        if (!link.IsPresent) return Drop(DropReason.NeighbourUnresolved);
        if (packet.Length > link.Mtu)
        {
            return packet.DontFragment
                ? RefuseAnswer(batch, i, server, IcmpError.PacketTooBig, link.Mtu, DropReason.TooBig)
                : Drop(DropReason.TooBig);
        }

        if (server.IsAvailable)
        {
            server.Traffic[_trafficOffset + RealServerState.OutPacketsPlace]++;
            server.Traffic[_trafficOffset + RealServerState.OutBytesPlace] += packet.Length;
        }

        Counters.Add(WorkerCounter.Answers);
        if (packet.Kind == PacketKind.AnswerFirstFragment)
            NoteFirst(packet, new(connection.Server, connection.AnswerTail, connection.Hop));
        WriteAnswer(batch, i, nat, connection.Hop, link, connection.Key.VirtualPort);
        return Verdict.Forward;
    }

    private Verdict FollowFirstAnswer(FrameBatch batch, int i)
    {
        ref readonly var packet = ref _packets[i];
        if (!_fragments.TryFind(packet.Key, packet.Hash, _tick, out var way)) return Drop(DropReason.Fragment);
        Counters.Add(WorkerCounter.FragmentsFollowed);
        if (way.Server == 0 || _table.Find(way.Server)?.Nat is not { } nat) return Verdict.ToHost;
        ref readonly var link = ref _table.Link(way.Hop.Link);
        if (packet.TimeToLive <= 1) return Drop(DropReason.TtlExceeded);
        if (!link.IsPresent) return Drop(DropReason.NeighbourUnresolved);
        if (packet.Length > link.Mtu) return Drop(DropReason.TooBig);
        ref readonly var server = ref _table.Server(way.Server);
        if (server.IsAvailable) server.Traffic[_trafficOffset + RealServerState.OutBytesPlace] += packet.Length - packet.HeaderLength;
        WriteAnswer(batch, i, nat, way.Hop, link, 0);
        return Verdict.Forward;
    }

    private void WriteAnswer(FrameBatch batch, int i, Nat nat, LastHop hop, in LinkEntry link, ushort port)
    {
        ref readonly var packet = ref _packets[i];
        if (NeedsRetag(packet, link.Vlan)) Retag(batch, i, link.Vlan);
        var frame = batch.Frame(i);
        BinaryPrimitives.WriteUInt64LittleEndian(frame, hop.Mac | link.MacLow);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], link.MacHigh);
        var ip = frame[packet.At..];
        DirectRoute.TakeHop(ip, packet.IsV6);
        nat.ToClient(ip, packet, port);
        ref var slot = ref batch[i];
        slot.Length = packet.At + packet.Length;
        slot.Egress = link.Device;
    }

    /// <summary>Tells the server what became of its packet, from this host's own address on the way to it.</summary>
    private Verdict RefuseAnswer(FrameBatch batch, int i, in ServerEntry server, IcmpError error, int mtu, DropReason otherwise)
    {
        if (_packets[i].Kind == PacketKind.AnswerIcmpError || server.Own.IsUnspecified) return Drop(otherwise);
        return error == IcmpError.PacketTooBig
            ? Reply(batch, i, error, server.Own, mtu, otherwise)
            : Refuse(batch, i, error, server.Own, server.State!.Key.Server.Address, otherwise);
    }

    /// <summary>An answer moves the connection and restarts its timer, as any packet does.</summary>
    private void TrackAnswer(uint slot, ref Connection connection, TcpFlags flags)
    {
        var state = TcpTracker.Next(_output, connection.State, flags);
        if (state != connection.State) Change(ref connection, state, _table.Server(connection.Server).State!);
        if ((connection.Flags & ConnectionFlags.Answered) == 0)
        {
            connection.Flags |= ConnectionFlags.Answered;
            if (state == ConnectionState.Udp && connection.Template != 0) _persistence.Assure(connection.Template);
        }

        _connections.Restart(slot, ref connection, _tick + _timeouts.TicksOf(state), _tick);
    }

    /// <summary>Has the connection's owner track the answer, unless there is nothing new in it.</summary>
    private void LeaveNote(ConnectionTable owner, uint slot, in Connection copy, TcpFlags flags)
    {
        var state = TcpTracker.Next(_output, copy.State, flags);
        if ((copy.Flags & ConnectionFlags.Answered) == 0 || IsNews(copy, state)) Post(owner, slot, copy, flags, isAnswer: true);
    }
}
