using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Net;

namespace Director.Datapath.Forwarding;

/// <content>
/// ICMP errors that belong to a connection go the way of its packets; they neither move it nor keep it alive (Linux
/// net/netfilter/ipvs/ip_vs_core.c <c>ip_vs_in_icmp</c>).
/// </content>
public sealed partial class Forwarder
{
    private Verdict Follow(FrameBatch batch, int i, int id)
    {
        ref readonly var packet = ref _packets[i];
        ref readonly var server = ref _table.Server(id);
        if (!server.IsAvailable) return Drop(DropReason.ServerUnavailable);
        if (!packet.IsV6 && !IsIcmpChecksumValid(batch.Frame(i).Slice(packet.At, packet.Length))) return Drop(DropReason.BadIcmpChecksum);
        CountPacket(server, packet);
        Counters.Add(WorkerCounter.IcmpFollowed);
        if (server.IsLocal) return Verdict.ToHost;

        // No error is owed for an error (RFC 1122 §3.2.2).
        if (packet.TimeToLive <= 1) return Drop(DropReason.TtlExceeded);
        if (!server.IsResolved) return Drop(DropReason.NeighbourUnresolved);
        return packet.Length > server.Mtu ? Drop(DropReason.TooBig) : Send(batch, i, server);
    }

    /// <summary>
    /// The network card knows nothing of the packet in an ICMP error and may give it to another worker than the connection's, so their
    /// connections are looked at too.
    /// </summary>
    private Verdict FollowElsewhere(FrameBatch batch, int i)
    {
        var id = _peers.FindServer(_packets[i].Key, _connections);
        return id != 0 && _table.IsAvailable(id) ? Follow(batch, i, id) : Verdict.ToHost;
    }

    private static bool IsIcmpChecksumValid(ReadOnlySpan<byte> ip) => Checksum.Compute(ip[((ip[0] & 0xf) * 4)..]) == 0;
}
