using Director.Datapath.Ports;
using Director.Datapath.Scheduling;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <content>
/// Packets without a connection (Linux net/netfilter/ipvs/ip_vs_core.c <c>ip_vs_schedule</c>, <c>ip_vs_sched_persist</c>).
/// </content>
public sealed partial class Forwarder
{
    /// <summary>
    /// Finds a server for a packet that starts a connection; leaves the others to the host, whose RST tells their sender.
    /// </summary>
    private Verdict Schedule(FrameBatch batch, int i)
    {
        ref readonly var packet = ref _packets[i];
        if (_table.IsOwn(packet.Key.Client)) return Drop(DropReason.MartianSource);
        var starts = packet.Protocol == IpProtocol.Udp || (packet.Flags & (TcpFlags.Syn | TcpFlags.Rst)) == TcpFlags.Syn
            || (_settings.SloppyTcp && (packet.Flags & TcpFlags.Rst) == 0);
        if ((!starts || _peers.MayHave(_tick)) && ForwardElsewhere(batch, i) is not Verdict.None and var verdict) return verdict;
        if (!starts && _tick >= _untrackedUntil) return Verdict.ToHost;

        var service = _table.FindService(packet.Protocol, new(packet.Virtual, packet.Key.VirtualPort));
        if (service is null || packet.Key.ClientPort == FtpPorts.Data) return Verdict.ToHost;
        if (service.PersistenceTicks == 0 && service.Key.Virtual.Port != packet.Key.VirtualPort) return RefuseOtherPort(batch, i, service);
        if (!starts) return ForwardUntracked(batch, i, service);
        if (service.IsOnePacket) return ForwardOnePacket(batch, i, service);

        var state = TcpTracker.Next(_inputOnly, FirstState(packet), packet.Flags);
        var slot = _connections.Add(packet.Key, packet.Hash, _tick + _timeouts.TicksOf(state), _tick);
        if (slot == 0)
        {
            Counters.Add(WorkerCounter.TableFull);
            _untrackedUntil = _tick + _timeouts.TicksOf(ConnectionState.Established);
            return ForwardUntracked(batch, i, service);
        }

        ref var connection = ref _connections[slot];
        if (!TryBind(ref connection, packet, service))
        {
            _connections.Remove(slot);
            return Refuse(batch, i, IcmpError.PortUnreachable, DropReason.NoDestination);
        }

        if (!TryMasquerade(batch, i, slot, service)) return Drop(DropReason.TableFull);
        if (connection.State != state) _connections.Restart(slot, ref connection, _tick + _timeouts.TicksOf(connection.State), _tick);
        Counters.Add(WorkerCounter.ConnectionsCreated);
        if (_flows is not null && _table.Workers > 1) _flows.CloseElsewhere(KeyOf(packet));
        return TransmitFirst(batch, i, _table.Server(connection.Server), connection.AnswerTail);
    }

    /// <summary>
    /// A service that was found by another port than its own needs persistence: without, a data connection of FTP is the host's, and there
    /// is no destination for any other (Linux ip_vs_core.c <c>ip_vs_schedule</c>, <c>ip_vs_leave</c>).
    /// </summary>
    private Verdict RefuseOtherPort(FrameBatch batch, int i, VirtualService service) =>
        service.Key.Virtual.Port == FtpPorts.Control
            ? Verdict.ToHost
            : Refuse(batch, i, IcmpError.PortUnreachable, DropReason.NoDestination);

    /// <summary>A connection of one packet (<c>ops</c>): counted while that is sent, entered nowhere.</summary>
    private Verdict ForwardOnePacket(FrameBatch batch, int i, VirtualService service)
    {
        var connection = default(Connection);
        if (!TryBind(ref connection, _packets[i], service)) return Refuse(batch, i, IcmpError.PortUnreachable, DropReason.NoDestination);
        Counters.Add(WorkerCounter.OnePackets);
        ref readonly var server = ref _table.Server(connection.Server);
        var verdict = TransmitFirst(batch, i, server, server.IsMasqueraded ? AnswerTail(_packets[i], service, server.State!) : 0);
        Settle(connection);
        return verdict;
    }

    private Verdict TransmitFirst(FrameBatch batch, int i, in ServerEntry server, ulong answerTail)
    {
        server.Traffic[_trafficOffset + RealServerState.ConnectionsPlace]++;
        CountPacket(server, _packets[i]);
        return answerTail != 0 ? TransmitMasqueraded(batch, i, server, answerTail) : Transmit(batch, i, server);
    }

    private bool TryBind(ref Connection connection, in Packet packet, VirtualService service) => service.PersistenceTicks == 0
        ? TryBindScheduled(ref connection, packet, service)
        : TryBindPersistent(ref connection, packet, service);

    /// <summary>Lets the scheduler pick. Pick and counts are one step to other workers, so they see what the kernel's CPUs would.</summary>
    private bool TryBindScheduled(ref Connection connection, in Packet packet, VirtualService service)
    {
        var request = new SchedulingRequest(
            packet.Protocol, new(packet.Key.Client, packet.Key.ClientPort), new(packet.Virtual, packet.Key.VirtualPort), _now);
        var state = service.State;
        var taken = false;
        state.Lock.Enter(ref taken);
        var picked = service.Scheduler.Pick(request);
        if (picked >= 0) Bind(ref connection, packet, service.Pool[picked].State);
        state.Lock.Exit();
        if (picked < 0) return false;
        Counters.Add(WorkerCounter.Scheduled);
        return true;
    }

    /// <summary>The client's template decides, whatever its server's weight; without one the scheduler, and a template is made.</summary>
    private bool TryBindPersistent(ref Connection connection, in Packet packet, VirtualService service)
    {
        var key = TemplateKey(packet, service);
        var number = _persistence.StripeOf(key);
        var stripe = _persistence.Stripe(number);
        stripe.Enter();
        var template = stripe.Find(key);
        if (template != 0 && IsUsable(stripe[template].Server))
        {
            Bind(ref connection, packet, _table.Server(stripe[template].Server).State!);
            Counters.Add(WorkerCounter.Persisted);
        }
        else
        {
            if (template != 0) stripe.Invalidate(template);
            if (!TryBindScheduled(ref connection, packet, service))
            {
                stripe.Exit();
                return false;
            }

            template = stripe.Add(key, _table.Server(connection.Server).State!, service.PersistenceTicks, _tick);
            Counters.Add(template != 0 ? WorkerCounter.TemplatesCreated : WorkerCounter.PersistenceFull);
        }

        if (template != 0)
        {
            stripe.Control(template, _tick);
            connection.Template = PersistenceTable.Reference(number, template);
            if (connection.State == ConnectionState.Established) stripe.Assure(template);
        }

        stripe.Exit();
        return true;
    }

    /// <summary>Whether a template may lead to server <paramref name="id"/> (Linux ip_vs_conn.c <c>ip_vs_check_template</c>).</summary>
    private bool IsUsable(int id) =>
        _table.IsAvailable(id) && !(_settings.ExpireQuiescentTemplate && _table.Server(id).Weight == 0);

    /// <summary>Counts the connection, inactive as IPVS has it, then lets its first packet move it.</summary>
    private void Bind(ref Connection connection, in Packet packet, RealServerState server)
    {
        connection.Server = server.Id;
        connection.State = FirstState(packet);
        server.Bind();
        if (packet.Kind == PacketKind.IcmpError) return;
        var table = _table.Server(server.Id).IsMasqueraded ? _input : _inputOnly;
        var state = TcpTracker.Next(table, connection.State, packet.Flags);
        if (state != connection.State) Change(ref connection, state, server);
    }

    /// <summary>
    /// Forwards without a connection, while the table is full and as long after as such a flow may live: by a hash of the client over
    /// the eligible servers by weight, so that a flow's packets agree as long as the pool does.
    /// </summary>
    private Verdict ForwardUntracked(FrameBatch batch, int i, VirtualService service)
    {
        ref readonly var packet = ref _packets[i];
        var id = service.PersistenceTicks == 0
            ? PickByHash(service.Pool, packet.Hash)
            : PickByTemplate(TemplateKey(packet, service), service.Pool);
        if (id == 0) return Refuse(batch, i, IcmpError.PortUnreachable, DropReason.NoDestination);
        ref readonly var server = ref _table.Server(id);
        if (server.IsMasqueraded) return Drop(DropReason.TableFull);
        Counters.Add(WorkerCounter.ForwardedUntracked);
        CountPacket(server, packet);
        return Transmit(batch, i, server);
    }

    private int PickByTemplate(in ConnectionKey key, ServerPool pool)
    {
        var stripe = _persistence.Stripe(_persistence.StripeOf(key));
        stripe.Enter();
        var template = stripe.Find(key);
        var id = template == 0 ? 0 : stripe[template].Server;
        stripe.Exit();
        return id != 0 && IsUsable(id) ? id : PickByHash(pool, _persistence.HashOf(key));
    }

    private static int PickByHash(ServerPool pool, ulong hash)
    {
        long sum = 0;
        foreach (ref readonly var server in pool.Servers)
            if (server.IsEligible) sum += server.Weight;
        if (sum == 0) return 0;

        var point = (long)(hash % (ulong)sum);
        foreach (ref readonly var server in pool.Servers)
        {
            if (!server.IsEligible) continue;
            point -= server.Weight;
            if (point < 0) return server.State.Id;
        }

        return 0;
    }

    private static ConnectionState FirstState(in Packet packet) =>
        packet.Protocol == IpProtocol.Udp ? ConnectionState.Udp : ConnectionState.None;

    private static ConnectionKey TemplateKey(in Packet packet, VirtualService service) =>
        new(packet.Key.Client.Network(service.PersistencePrefixLength), service.VirtualAddress, 0, service.TemplatePort);
}
