using System.Buffers.Binary;
using System.Collections.Frozen;
using Director.Datapath.Scheduling;
using Director.Datapath.Tracking;
using Director.Net;

namespace Director.Datapath.Tables;

/// <content>How the next table is made.</content>
public sealed partial class ForwardingTable
{
    /// <summary>How long a removed server that nothing refers to keeps its counters (Linux <c>IP_VS_DEST_TRASH_PERIOD</c>).</summary>
    public static TimeSpan TrashPeriod { get; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// Makes the table that <paramref name="services"/> ask for. A service that stays keeps its scheduler's place and its servers'
    /// order: those that join go to the head, as the kernel adds them. A server that comes back while a connection refers to it, or
    /// within <see cref="TrashPeriod"/>, is the one that left. To be called by one thread, and published: server states are shared.
    /// </summary>
    /// <param name="services">What is wanted; every scheduler known to <see cref="SchedulerCatalog"/>, no key twice.</param>
    /// <param name="previous">The table that workers use at present.</param>
    /// <param name="now">The present.</param>
    /// <param name="own">The host's own addresses; null if they are what they were.</param>
    /// <param name="links">
    /// The links by number: the port's devices, each under its own, then the VLANs on them. Null if they are what they were; else the old
    /// ones have kept their numbers.
    /// </param>
    /// <param name="timeouts">How long connections stay without a packet; null if that is what it was.</param>
    /// <exception cref="ArgumentException">
    /// A service or server is listed twice, a scheduler is unknown, a weight or prefix length is out of its range, or there are more
    /// than <see cref="DatapathLimits.MaxRealServers"/> servers.
    /// </exception>
    public static ForwardingTable Build(
        IReadOnlyList<VirtualServiceSpec> services, ForwardingTable previous, MonoTime now, IEnumerable<IpAddress128>? own = null,
        IEnumerable<LinkSpec>? links = null, ConnectionTimeouts? timeouts = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(previous);
        Validate(services);

        var states = StillNeeded(previous, now);
        var ids = new IdPool(states.Values);
        var addresses = new Dictionary<(IpProtocol, IpAddress128), uint>();
        var serverAddresses = new Dictionary<(IpProtocol, IpAddress128), uint>();
        var lastAddress = previous._lastAddressNumber;
        var built = new Dictionary<ServiceKey, VirtualService>(services.Count);
        foreach (var spec in services)
        {
            var before = previous.Find(spec.Key);
            var state = before?.State ?? new VirtualServiceState();
            var servers = PoolOf(spec, before, state, previous.Workers, states, ids);
            built.Add(spec.Key, ServiceOf(spec, before, state, servers, VirtualNumber(spec.Key), previous));
        }

        foreach (var spec in services)
        {
            foreach (var server in spec.Servers)
            {
                if (server.Method != ForwardingMethod.Masquerading) continue;
                states[new(spec.Key, server.Endpoint)].Nat ??=
                    new(spec.Key.Virtual.Address, server.Endpoint.Address, ServerNumber(spec.Key.Protocol, server.Endpoint));
            }
        }

        foreach (var state in states.Values)
        {
            VirtualNumber(state.Key.Service);
            if (state.Nat is not null) ServerNumber(state.Key.Service.Protocol, state.Key.Server);
        }

        var entries = EntriesOf(services, states, ids.Highest);
        foreach (var state in states.Values)
            if (previous.IsAvailable(state) && !entries[state.Id].IsAvailable) state.Removed(now);
        return new(previous.Workers, previous._settings, previous._seed, built, states, entries, addresses, serverAddresses, lastAddress)
        {
            OwnAddresses = own?.ToFrozenSet() ?? previous.OwnAddresses,
            _links = links is null ? previous._links : [.. links.Select(LinkEntry.Of)],
            Timeouts = timeouts ?? previous.Timeouts,
        };

        uint VirtualNumber(ServiceKey key) => Number((key.Protocol, key.Virtual.Address), addresses, previous._addressNumbers);

        uint ServerNumber(IpProtocol protocol, Endpoint server) =>
            Number((protocol, server.Address), serverAddresses, previous._serverNumbers);

        uint Number((IpProtocol, IpAddress128) pair, Dictionary<(IpProtocol, IpAddress128), uint> numbers,
            Dictionary<(IpProtocol, IpAddress128), uint> before)
        {
            if (numbers.TryGetValue(pair, out var number)) return number;
            if (!before.TryGetValue(pair, out number)) number = ++lastAddress;
            numbers.Add(pair, number);
            return number;
        }
    }

    private static void Validate(IReadOnlyList<VirtualServiceSpec> services)
    {
        var keys = new HashSet<ServiceKey>();
        foreach (var spec in services)
        {
            var bits = spec.Key.Virtual.Address.IsV4 ? 32 : 128;
            if (!keys.Add(spec.Key)) throw new ArgumentException($"virtual service {spec.Key} is listed twice", nameof(services));
            if (!SchedulerCatalog.Contains(spec.Scheduler))
                throw new ArgumentException($"virtual service {spec.Key}: no scheduler is named '{spec.Scheduler}'", nameof(services));
            if (spec.IsOnePacket && spec.Key.Protocol != IpProtocol.Udp)
                throw new ArgumentException($"virtual service {spec.Key}: one-packet scheduling is for UDP", nameof(services));
            if (spec.PersistenceTimeout <= TimeSpan.Zero)
                throw new ArgumentException($"virtual service {spec.Key}: persistence timeout is not positive", nameof(services));
            if (spec.PersistenceTimeout is not null && (spec.PersistencePrefixLength < 0 || spec.PersistencePrefixLength > bits))
                throw new ArgumentException($"virtual service {spec.Key}: persistence prefix is not within 0-{bits}", nameof(services));
            var endpoints = new HashSet<Endpoint>();
            foreach (var server in spec.Servers)
            {
                if (!endpoints.Add(server.Endpoint))
                    throw new ArgumentException($"real server {server.Endpoint} of {spec.Key} is listed twice", nameof(services));
                if (server.Weight < 0)
                    throw new ArgumentException($"real server {server.Endpoint} of {spec.Key} has a negative weight", nameof(services));
                if (server.Thresholds.Lower < 0 || server.Thresholds.Lower > server.Thresholds.Upper)
                    throw new ArgumentException($"real server {server.Endpoint} of {spec.Key}: bad thresholds", nameof(services));
            }
        }
    }

    /// <summary>The previous states but for those that have rested in the trash for long enough.</summary>
    private static Dictionary<RealServerKey, RealServerState> StillNeeded(ForwardingTable previous, MonoTime now)
    {
        var states = new Dictionary<RealServerKey, RealServerState>(previous._states);
        foreach (var state in previous._states.Values)
        {
            if (previous.IsAvailable(state) || state.IsReferred || now - state.ReleasedAt < TrashPeriod) continue;
            state.Service.Retire(state.ReadTraffic());
            states.Remove(state.Key);
        }

        return states;
    }

    private static PooledServer[] PoolOf(
        VirtualServiceSpec spec,
        VirtualService? before,
        VirtualServiceState service,
        int workers,
        Dictionary<RealServerKey, RealServerState> states,
        IdPool ids)
    {
        var wanted = new Dictionary<int, PooledServer>();
        var newest = new List<PooledServer>();
        foreach (var server in spec.Servers)
        {
            var key = new RealServerKey(spec.Key, server.Endpoint);
            if (states.TryGetValue(key, out var state)) state.Revived(service);
            else states.Add(key, state = new(ids.Take(), key, service, workers));
            state.SetThresholds(server.Thresholds);
            var place = before?.Pool.IndexOf(state.Id) ?? -1;
            if (place < 0) newest.Add(new(state, server.Weight, server.Weight, server.Thresholds));
            else wanted.Add(state.Id, before!.Pool[place].Edited(server.Weight, server.Thresholds));
        }

        if (before is null) return [.. newest];
        foreach (ref readonly var old in before.Pool.Servers)
            if (wanted.TryGetValue(old.State.Id, out var kept)) newest.Add(kept);
        return [.. newest];
    }

    private static VirtualService ServiceOf(
        VirtualServiceSpec spec,
        VirtualService? before,
        VirtualServiceState state,
        PooledServer[] servers,
        uint address,
        ForwardingTable previous)
    {
        var poolStays = before is not null && before.Pool.Servers.SequenceEqual(servers);
        if (poolStays && before!.HasSettingsOf(spec)) return before;
        var isOther = before?.SchedulerName != spec.Scheduler;
        var fresh = isOther ? SchedulerCatalog.Make(spec.Scheduler, previous._settings, previous._seed ^ spec.Key.Virtual.Port) : null;
        var taken = false;
        state.Lock.Enter(ref taken);
        try
        {
            var scheduler = fresh is null ? before!.Scheduler.Succeed(new(servers))
                : before is null ? fresh.Succeed(new(servers))
                : before.Scheduler.Yield(fresh, new(servers));
            scheduler.Flags = spec.SchedulerFlags;
            return new(spec, address, state, scheduler);
        }
        finally
        {
            state.Lock.Exit();
        }
    }

    private static ServerEntry[] EntriesOf(
        IReadOnlyList<VirtualServiceSpec> services, Dictionary<RealServerKey, RealServerState> states, int highestId)
    {
        var entries = new ServerEntry[highestId + 1];
        foreach (var state in states.Values) entries[state.Id] = new() { State = state, Id = state.Id, Traffic = state.Traffic };
        Span<byte> macs = stackalloc byte[MacAddress.Size * 2];
        foreach (var spec in services)
        {
            foreach (var server in spec.Servers)
            {
                ref var entry = ref entries[states[new(spec.Key, server.Endpoint)].Id];
                entry.IsAvailable = true;
                entry.Weight = server.Weight;
                entry.IsLocal = server.IsLocal;
                entry.IsMasqueraded = server.Method == ForwardingMethod.Masquerading && !server.IsLocal;
                if (server.NextHop is not { } hop) continue;
                if (server.Method == ForwardingMethod.Tunnel)
                {
                    if (hop.Address.IsUnspecified || hop.Address.IsV4 != server.Endpoint.Address.IsV4) continue;
                    entry.Tunnel = new(hop.Address, server.Endpoint.Address);
                }

                entry.Own = hop.Address;
                hop.Destination.WriteTo(macs);
                hop.Source.WriteTo(macs[MacAddress.Size..]);
                entry.MacsLow = BinaryPrimitives.ReadUInt64LittleEndian(macs);
                entry.MacsHigh = BinaryPrimitives.ReadUInt32LittleEndian(macs[8..]);
                (entry.Egress, entry.Vlan) = (hop.Egress, hop.Vlan);
                entry.Mtu = hop.Mtu - (entry.Tunnel?.Overhead ?? 0);
                entry.IsResolved = true;
            }
        }

        return entries;
    }

    /// <summary>Gives out the lowest free server numbers from 1 up.</summary>
    private sealed class IdPool(IEnumerable<RealServerState> states)
    {
        private readonly HashSet<int> _taken = [.. states.Select(state => state.Id)];
        private int _candidate = 1;

        public int Highest => _taken.Count == 0 ? 0 : _taken.Max();

        public int Take()
        {
            while (!_taken.Add(_candidate)) _candidate++;
            if (_candidate > DatapathLimits.MaxRealServers)
                throw new ArgumentException($"more than {DatapathLimits.MaxRealServers} real servers, removed ones in use included");
            return _candidate;
        }
    }
}
