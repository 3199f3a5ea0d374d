using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Datapath.Forwarding;

/// <content>
/// Packets that are no whole packet of their flow. Fragments go where the first of their datagram went; IPVS reassembles instead, counts
/// one packet and cuts it again. ICMP errors that belong to a connection go the way of its packets; they neither move it nor keep it alive
/// (Linux net/netfilter/ipvs/ip_vs_core.c <c>ip_vs_in_icmp</c>).
/// </content>
public sealed partial class Forwarder
{
    /// <summary>How long a host waits for the rest of a datagram (Linux include/net/ip.h, IP_FRAG_TIME; IPv6 waits twice that).</summary>
    private static readonly uint FragmentTicks = Ticks.For(TimeSpan.FromSeconds(30));

    private static readonly uint NewTicks = Ticks.For(TimeSpan.FromSeconds(3));

    private readonly FragmentTable _fragments = new();

    private Verdict DecidePart(FrameBatch batch, int i)
    {
        var slot = _connections.Find(_packets[i].Key, _packets[i].Hash);
        switch (_packets[i].Kind)
        {
            case PacketKind.FirstFragment:
                return DecideFirst(batch, i, slot);
            case PacketKind.LaterFragment:
                return FollowFirst(batch, i);
            default:
                if (slot != 0) return FollowConnection(batch, i, _connections[slot]);
                if (TryFindElsewhere(i, out var copy, out _, out _)) return FollowConnection(batch, i, copy);
                return _settings.ScheduleIcmp ? ScheduleError(batch, i) : Verdict.ToHost;
        }
    }

    private Verdict DecideFirst(FrameBatch batch, int i, uint slot)
    {
        _peers.NoteMoved(_tick);
        ref var packet = ref _packets[i];
        packet.AnswerTail = 0;
        if (_connections[slot].IsOffloaded) Review(ref _connections[slot]);
        var verdict = slot == 0 ? Schedule(batch, i) : Continue(batch, i, slot);
        if (verdict is not (Verdict.Forward or Verdict.ToHost)) return verdict;
        NoteFirst(packet, verdict == Verdict.Forward ? new(packet.Server, packet.AnswerTail, default) : default);
        return verdict;
    }

    private void NoteFirst(in Packet packet, in FragmentWay way)
    {
        var key = packet.Key.OfDatagram(packet.Datagram);
        _fragments.Add(key, _connections.HashOf(key), way, _tick + (packet.IsV6 ? 2 * FragmentTicks : FragmentTicks));
    }

    private Verdict FollowFirst(FrameBatch batch, int i)
    {
        ref readonly var packet = ref _packets[i];
        if (!_fragments.TryFind(packet.Key, packet.Hash, _tick, out var way)) return Drop(DropReason.Fragment);
        Counters.Add(WorkerCounter.FragmentsFollowed);
        if (way.Server == 0) return Verdict.ToHost;
        ref readonly var server = ref _table.Server(way.Server);
        if (!server.IsAvailable) return Drop(DropReason.ServerUnavailable);
        server.Traffic[_trafficOffset + RealServerState.BytesPlace] += packet.Length - packet.HeaderLength;
        return SendQuietly(batch, i, server, way.AnswerTail);
    }

    private Verdict FollowConnection(FrameBatch batch, int i, in Connection connection)
    {
        ref readonly var packet = ref _packets[i];
        ref readonly var server = ref _table.Server(connection.Server);
        if (!server.IsAvailable) return Drop(DropReason.ServerUnavailable);
        if (!packet.IsV6 && !IsIcmpChecksumValid(batch.Frame(i).Slice(packet.At, packet.Length))) return Drop(DropReason.BadIcmpChecksum);
        CountPacket(server, packet);
        Counters.Add(WorkerCounter.IcmpFollowed);
        return SendQuietly(batch, i, server, connection.AnswerTail);
    }

    /// <summary>
    /// Makes a connection of an error about none (<c>schedule_icmp</c>). It has seen no packet: it stays in NONE, for three seconds (Linux
    /// net/netfilter/ipvs/ip_vs_conn.c <c>ip_vs_conn_new</c>).
    /// </summary>
    private Verdict ScheduleError(FrameBatch batch, int i)
    {
        ref readonly var packet = ref _packets[i];
        var service = _table.FindService(packet.Protocol, new(packet.Virtual, packet.Key.VirtualPort));
        if (service is null || packet.Key.ClientPort == FtpPorts.Data) return Verdict.ToHost;
        if (service.PersistenceTicks == 0 && service.Key.Virtual.Port != packet.Key.VirtualPort) return Verdict.ToHost;
        var slot = _connections.Add(packet.Key, packet.Hash, _tick + NewTicks, _tick);
        if (slot == 0) return Verdict.ToHost;
        if (!TryBind(ref _connections[slot], packet, service))
        {
            _connections.Remove(slot);
            return Drop(DropReason.NoDestination);
        }

        if (!TryMasquerade(batch, i, slot, service)) return Drop(DropReason.TableFull);
        Counters.Add(WorkerCounter.ConnectionsCreated);
        ref readonly var connection = ref _connections[slot];
        _table.Server(connection.Server).Traffic[_trafficOffset + RealServerState.ConnectionsPlace]++;
        return FollowConnection(batch, i, connection);
    }

    /// <summary>Sends what earns no ICMP error: one itself, or no first fragment (RFC 1122 §3.2.2).</summary>
    private Verdict SendQuietly(FrameBatch batch, int i, in ServerEntry server, ulong answerTail)
    {
        ref readonly var packet = ref _packets[i];
        if (server.IsLocal) return Verdict.ToHost;
        if (packet.TimeToLive <= 1) return Drop(DropReason.TtlExceeded);
        if (!server.IsResolved) return Drop(DropReason.NeighbourUnresolved);
        if (packet.Length > server.Mtu) return Drop(DropReason.TooBig);
        return answerTail != 0 ? SendMasqueraded(batch, i, server, answerTail) : Send(batch, i, server);
    }

    private static bool IsIcmpChecksumValid(ReadOnlySpan<byte> ip) => Checksum.Compute(ip[((ip[0] & 0xf) * 4)..]) == 0;
}
