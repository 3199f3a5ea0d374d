using System.Runtime.CompilerServices;
using Director.Datapath.Offload;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <summary>
/// Decides what becomes of each frame of a batch, and rewrites it for that: the packet path of one worker, in the order of decisions
/// of Linux net/netfilter/ipvs/ip_vs_core.c <c>ip_vs_in_hook</c>. Allocates nothing; takes no lock for a packet of a connection that
/// exists. One thread only; counters may be read by any.
/// </summary>
public sealed partial class Forwarder
{
    private readonly Packet[] _packets = new Packet[DatapathLimits.MaxBatchFrames];
    private readonly ConnectionTable _connections;
    private readonly PersistenceTable _persistence;
    private readonly ConnectionPeers _peers;
    private readonly FlowOffload? _flows;
    private readonly IpvsSettings _settings;
    private readonly TcpTable _inputOnly;
    private readonly TcpTable _input;
    private readonly TcpTable _output;
    private readonly IcmpRateLimit _icmpLimit = new();
    private readonly int _trafficOffset;
    private ushort _identification;
    private uint _persistenceTick;
    private uint _untrackedUntil;

    /// <summary>The slot to look at next for connections whose server has left; 0 when none are looked for.</summary>
    private uint _orphanSearch;

    /// <summary>The slot to look at next for connections whose flow has been shut by a new table; 0 when none are looked for.</summary>
    private uint _shutSearch;

    private uint _generation;

    // Of the batch in hand.
    private ForwardingTable _table = null!;
    private ConnectionTimeouts _timeouts = null!;
    private MonoTime _now;
    private uint _tick;

    /// <summary>Makes the packet path of worker <paramref name="worker"/>.</summary>
    /// <param name="worker">0 to the number of workers that forwarding tables are made for, less one.</param>
    /// <param name="connections">This worker's own.</param>
    /// <param name="persistence">Shared by all workers.</param>
    /// <param name="settings">What may be set about connections, or null for the kernel's defaults.</param>
    /// <param name="peers">The other workers' connections, and this one's; null if there are no others.</param>
    /// <param name="flows">What the XDP program forwards, shared by all workers; null if it forwards nothing.</param>
    public Forwarder(
        int worker, ConnectionTable connections, PersistenceTable persistence, IpvsSettings? settings = null, ConnectionPeers? peers = null,
        FlowTable? flows = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(worker);
        Worker = worker;
        _connections = connections;
        _persistence = persistence;
        _peers = peers ?? new();
        _flows = flows is null ? null : new(flows, worker);
        _settings = settings ?? IpvsSettings.Default;
        (_inputOnly, _input, _output) = _settings.SecureTcp
            ? (TcpTable.SecureInputOnly, TcpTable.SecureInput, TcpTable.SecureOutput)
            : (TcpTable.InputOnly, TcpTable.Input, TcpTable.Output);
        _trafficOffset = RealServerState.TrafficOffset(worker);
    }

    /// <summary>The worker's number.</summary>
    public int Worker { get; }

    /// <summary>What this worker has counted.</summary>
    public WorkerCounters Counters { get; } = new();

    /// <summary>This worker's connections, to look at their number.</summary>
    public ConnectionTable Connections => _connections;

    /// <summary>The templates that it shares with the other workers.</summary>
    internal PersistenceTable Persistence => _persistence;

    /// <summary>
    /// Gives every frame of <paramref name="batch"/> its verdict by <paramref name="table"/>, and ends connections whose time has come.
    /// Three passes, so that the cache misses of different frames overlap: read and hash, find the slot, decide.
    /// </summary>
    public void Process(FrameBatch batch, ForwardingTable table, MonoTime now)
    {
        Begin(table, now);
        ReadAll(batch);
        FetchSlots(batch.Slots);
        DecideAll(batch);
        End(batch.Count, drained: batch.Count < batch.Capacity);
    }

    /// <summary>The same one frame after another: what the passes are measured against.</summary>
    internal void ProcessOneByOne(FrameBatch batch, ForwardingTable table, MonoTime now)
    {
        Begin(table, now);
        for (var i = 0; i < batch.Count; i++)
        {
            Read(batch, i);
            if (batch[i].Verdict == Verdict.None) batch[i].Verdict = Decide(batch, i);
            Count(batch[i].Verdict);
        }

        End(batch.Count, drained: batch.Count < batch.Capacity);
    }

    /// <summary>Ends connections and templates whose time has come; for a worker that has no frames.</summary>
    public void Expire(ForwardingTable table, MonoTime now)
    {
        Begin(table, now);
        Expire(DatapathLimits.ExpiryStepsWhenIdle);
        if (_orphanSearch != 0) ExpireOrphans(DatapathLimits.OrphanStepsWhenIdle);
        if (_flows is not null) EndFlows(drained: true, DatapathLimits.OffloadStepsWhenIdle, DatapathLimits.FlowReleasesWhenIdle);
    }

    private void Begin(ForwardingTable table, MonoTime now)
    {
        if (_settings.ExpireNodestConn && !ReferenceEquals(table, _table)) _orphanSearch = 1;
        _table = table;
        _timeouts = table.Timeouts;
        _now = now;
        _tick = Ticks.At(now);
        if (_flows is not null) BeginFlows();
        ReadNotes();
    }

    private void End(int frames, bool drained)
    {
        Counters.Add(WorkerCounter.Received, frames);
        Counters.Add(WorkerCounter.Batches, frames > 0 ? 1 : 0);
        Expire(DatapathLimits.ExpiryStepsPerBatch + (4 * frames));
        if (_orphanSearch != 0) ExpireOrphans(DatapathLimits.OrphanStepsPerBatch);
        if (_flows is not null) EndFlows(drained, DatapathLimits.OffloadStepsPerBatch, DatapathLimits.FlowReleasesPerBatch);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Read(FrameBatch batch, int i)
    {
        ref var packet = ref _packets[i];
        var verdict = FrameParser.Read(batch.Frame(i), _table, ref packet, out var reason);
        batch[i].Verdict = verdict;
        if (verdict == Verdict.None)
        {
            packet.Hash = _connections.HashOf(packet.Key);
            _connections.PrefetchIndex(packet.Hash, packet.IsAnswer);
        }
        else if (verdict == Verdict.Drop)
        {
            Counters.Add(reason);
        }
    }

    private Verdict Decide(FrameBatch batch, int i)
    {
        ref var packet = ref _packets[i];
        if (packet.Kind != PacketKind.Whole) return packet.IsAnswer ? DecideAnswer(batch, i) : DecidePart(batch, i);
        return DecideWhole(batch, i, _connections.Find(packet.Key, packet.Hash));
    }

    /// <summary>Decides a whole packet of the client's, whose connection is in <paramref name="slot"/>, or which has none.</summary>
    private Verdict DecideWhole(FrameBatch batch, int i, uint slot)
    {
        if (slot == 0) return Schedule(batch, i);
        return _flows is null ? Continue(batch, i, slot) : ContinueOffloadable(batch, i, slot);
    }

    private Verdict Continue(FrameBatch batch, int i, uint slot)
    {
        ref readonly var packet = ref _packets[i];
        ref var connection = ref _connections[slot];
        ref readonly var server = ref _table.Server(connection.Server);
        if ((packet.Flags & TcpFlags.Syn) != 0 && IsRescheduled(connection, server))
            return Reschedule(batch, i, slot, WorkerCounter.ConnectionsReused);
        if (!server.IsAvailable)
        {
            return _settings.ExpireNodestConn
                ? Reschedule(batch, i, slot, WorkerCounter.ConnectionsOrphaned)
                : Drop(DropReason.ServerUnavailable);
        }

        CountPacket(server, packet);
        if (connection.IsMasqueraded) return ContinueMasqueraded(batch, i, slot, ref connection, server);
        Track(slot, ref connection, packet.Flags, _inputOnly, server.State!);
        return Transmit(batch, i, server);
    }

    /// <summary>
    /// Whether a SYN makes a new connection of an old one (Linux ip_vs_core.c <c>ip_vs_in_hook</c>, <c>is_new_conn_expected</c>): if its
    /// server takes no new ones and <c>expire_nodest_conn</c> is set; or by <c>conn_reuse_mode</c>, if no template holds it.
    /// </summary>
    private bool IsRescheduled(in Connection connection, in ServerEntry server)
    {
        if (_settings.ExpireNodestConn && server.IsAvailable && server.Weight == 0) return true;
        if (_settings.ConnReuseMode == 0 || connection.Template != 0) return false;
        return connection.State is ConnectionState.TimeWait or ConnectionState.Close
            || (connection.State == ConnectionState.FinWait && (_settings.ConnReuseMode & 2) != 0 && !connection.IsMasqueraded);
    }

    private Verdict Reschedule(FrameBatch batch, int i, uint slot, WorkerCounter counter)
    {
        // The kernel lets the old one's timer run out at once, that is after the new one has been scheduled: it still counts there.
        var verdict = Schedule(batch, i);
        End(slot, counter);
        return verdict;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Track(uint slot, ref Connection connection, TcpFlags flags, TcpTable table, RealServerState server)
    {
        var state = TcpTracker.Next(table, connection.State, flags);
        if (state != connection.State) Change(ref connection, state, server);
        _connections.Restart(slot, ref connection, _tick + _timeouts.TicksOf(state), _tick);
    }

    private void Change(ref Connection connection, ConnectionState state, RealServerState server)
    {
        if (connection.IsOffloaded) Close(ref connection);
        connection.State = state;
        if (state == ConnectionState.Established && connection.Template != 0) _persistence.Assure(connection.Template);
        var wasActive = (connection.Flags & ConnectionFlags.Active) != 0;
        if (TcpTracker.IsActive(state) == wasActive) return;
        connection.Flags ^= ConnectionFlags.Active;
        if (wasActive) server.Deactivate();
        else server.Activate();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CountPacket(in ServerEntry server, in Packet packet)
    {
        server.Traffic[_trafficOffset + RealServerState.PacketsPlace]++;
        server.Traffic[_trafficOffset + RealServerState.BytesPlace] += packet.Length;
    }

    /// <summary>
    /// The common output step, in IPVS's order: own host, hops left, next hop, MTU, rewrite (Linux net/netfilter/ipvs/ip_vs_xmit.c).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Verdict Transmit(FrameBatch batch, int i, in ServerEntry server)
    {
        var refusal = Refusal(batch, i, server);
        return refusal == Verdict.None ? Send(batch, i, server) : refusal;
    }

    /// <summary>What becomes of a packet that cannot be sent to the server; <see cref="Verdict.None"/> if it can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Verdict Refusal(FrameBatch batch, int i, in ServerEntry server)
    {
        ref var packet = ref _packets[i];
        packet.Server = server.Id;
        if (server.IsLocal) return Verdict.ToHost;
        if (packet.TimeToLive <= 1) return Refuse(batch, i, IcmpError.TimeExceeded, DropReason.TtlExceeded);
        if (!server.IsResolved) return Drop(DropReason.NeighbourUnresolved);
        return packet.Length > server.Mtu ? RefuseTooBig(batch, i, server.Mtu) : Verdict.None;
    }

    /// <summary>Rewrites the frame for the server and sends it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Verdict Send(FrameBatch batch, int i, in ServerEntry server)
    {
        Route(batch, i, server);
        return server.Tunnel is { } tunnel ? Wrap(batch, i, tunnel) : Verdict.Forward;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Route(FrameBatch batch, int i, in ServerEntry server)
    {
        ref readonly var packet = ref _packets[i];
        if (NeedsRetag(packet, server.Vlan)) Retag(batch, i, server.Vlan);
        DirectRoute.Rewrite(batch.Frame(i), packet, server);
        ref var slot = ref batch[i];
        slot.Length = packet.At + packet.Length;
        slot.Egress = server.Egress;
    }

    private Verdict Wrap(FrameBatch batch, int i, Tunnel tunnel)
    {
        if (!tunnel.TryWrap(batch.Room(i), _packets[i], _identification, out var length)) return Drop(DropReason.TooBig);
        _identification++;
        batch[i].Length = length;
        return Verdict.Forward;
    }

    private Verdict RefuseTooBig(FrameBatch batch, int i, int mtu)
    {
        // A router would fragment it. Services whose packets need that are rare enough to be told so by a counter.
        if (!_packets[i].DontFragment) return Drop(DropReason.TooBig);
        DirectRoute.TakeHop(batch.Frame(i)[_packets[i].At..], _packets[i].IsV6);
        return Reply(batch, i, IcmpError.PacketTooBig, _packets[i].Virtual, mtu, DropReason.TooBig);
    }

    /// <summary>Turns the frame into the error it has earned, unless too many went to its sender lately.</summary>
    private Verdict Refuse(FrameBatch batch, int i, IcmpError error, DropReason otherwise) =>
        Refuse(batch, i, error, _packets[i].Virtual, _packets[i].Key.Client, otherwise);

    private Verdict Refuse(FrameBatch batch, int i, IcmpError error, IpAddress128 from, IpAddress128 to, DropReason otherwise)
    {
        var hash = _connections.HashOf(new(to, 0, 0, 0));
        return _icmpLimit.Allow(to, hash, _now) ? Reply(batch, i, error, from, 0, otherwise) : Drop(otherwise);
    }

    private Verdict Reply(FrameBatch batch, int i, IcmpError error, IpAddress128 from, int mtu, DropReason otherwise)
    {
        if (!IcmpErrors.TryWrite(batch.Room(i), _packets[i], error, from, mtu, _identification, out var length))
            return Drop(otherwise);
        _identification++;
        batch[i].Length = length;
        return Verdict.Reply;
    }

    private Verdict Drop(DropReason reason)
    {
        Counters.Add(reason);
        return Verdict.Drop;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(Verdict verdict)
    {
        if (verdict == Verdict.Forward) Counters.Add(WorkerCounter.Forwarded);
        else if (verdict == Verdict.ToHost) Counters.Add(WorkerCounter.ToHost);
        else if (verdict == Verdict.Reply) Counters.Add(WorkerCounter.Replies);
    }

    private void Expire(int budget)
    {
        uint slot;
        while ((slot = _connections.TakeExpired(_tick, ref budget)) != 0)
        {
            ref var connection = ref _connections[slot];
            if (LivesOn(slot, ref connection)) continue;
            Settle(connection);
            _connections.Release(slot);
            Counters.Add(WorkerCounter.ConnectionsExpired);
        }

        if (_tick == _persistenceTick) return;
        _persistenceTick = _tick;
        Counters.Add(WorkerCounter.TemplatesExpired, _persistence.Expire(_table, _tick, _now));
    }

    /// <summary>
    /// Ends connections of servers that have left the pool, from slot to slot since the table changed: <c>expire_nodest_conn</c> (Linux
    /// net/netfilter/ipvs/ip_vs_conn.c <c>ip_vs_expire_nodest_conn_flush</c>).
    /// </summary>
    private void ExpireOrphans(int budget)
    {
        for (; budget > 0 && _orphanSearch <= _connections.HighestSlot; budget--, _orphanSearch++)
        {
            ref readonly var connection = ref _connections[_orphanSearch];
            if ((connection.Flags & ConnectionFlags.InUse) != 0 && !_table.Server(connection.Server).IsAvailable)
                End(_orphanSearch, WorkerCounter.ConnectionsOrphaned);
        }

        if (_orphanSearch > _connections.HighestSlot) _orphanSearch = 0;
    }

    private void End(uint slot, WorkerCounter counter)
    {
        ref var connection = ref _connections[slot];
        if (connection.IsOffloaded) Close(ref connection);
        Settle(connection);
        _connections.Remove(slot);
        Counters.Add(counter);
    }

    /// <summary>Takes a connection off the counts of its server and its template.</summary>
    private void Settle(in Connection connection)
    {
        _table.Server(connection.Server).State!.Unbind((connection.Flags & ConnectionFlags.Active) != 0, _now);
        if (connection.Template != 0) _persistence.Release(connection.Template);
    }
}
