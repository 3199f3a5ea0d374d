using System.Collections.Immutable;
using Director.Datapath.Scheduling;
using Director.Net;

namespace Director.Datapath.Tables;

/// <content>The next table while it is made.</content>
public sealed partial class ForwardingTable
{
    /// <summary>
    /// What services share, edited for those that have changed: servers' entries and numbers, addresses' numbers, those that rest. A
    /// service is known, and its VIP numbered, as long as it is listed or a server of it rests.
    /// </summary>
    private sealed class Draft
    {
        private readonly ForwardingTable _previous;
        private readonly MonoTime _now;
        private readonly PagedArray<ServerEntry>.Editor _entries;
        private readonly ImmutableDictionary<ServiceKey, RealServerState[]>.Builder _resting;
        private readonly ImmutableDictionary<ServiceKey, RealServerState[]>.Builder _converted;
        private readonly AddressNumbers.Editor _virtual;
        private readonly AddressNumbers.Editor _answering;
        private readonly List<RealServerState> _forgotten = [];
        private ServerNumbers _ids;
        private uint _lastNumber;
        private uint _lastGeneration;
        private MonoTime _nextForgotten;

        public Draft(ForwardingTable previous, MonoTime now)
        {
            (_previous, _now) = (previous, now);
            (_entries, _resting, _converted) = (previous.Entries.Edit(), previous.Resting.ToBuilder(), previous.Converted.ToBuilder());
            (_virtual, _answering) = (previous.VirtualNumbers.Edit(), previous.AnsweringNumbers.Edit());
            (_ids, _lastNumber, _nextForgotten) = (previous.ServerIds, previous.LastNumber, previous.NextForgotten);
            _lastGeneration = previous.LastGeneration;
            if (now >= _nextForgotten) Forget();
        }

        /// <summary>Lets the servers of services rest that are listed no more.</summary>
        public void Remove(IEnumerable<VirtualService> services)
        {
            foreach (var service in services)
            {
                foreach (ref readonly var server in service.Pool.Servers) Rest(server.State);
                _converted.Remove(service.Key);
                SetResting(service.Key,
                    [.. _resting.GetValueOrDefault(service.Key, []), .. service.Pool.Servers.ToArray().Select(server => server.State)]);
                if (!_resting.ContainsKey(service.Key)) _virtual.Release(service.Key.Protocol, service.Key.Virtual.Address);
            }
        }

        /// <summary>
        /// The pool that <paramref name="spec"/> asks for: servers that are new, or rested, before those that were in the pool.
        /// </summary>
        public (VirtualServiceState Service, PooledServer[] Servers) PoolOf(VirtualServiceSpec spec)
        {
            var before = _previous.Find(spec.Key);
            var service = before?.State ?? new();
            if (before is null && !_resting.ContainsKey(spec.Key))
                _virtual.Hold(spec.Key.Protocol, spec.Key.Virtual.Address, ref _lastNumber);

            var pool = before?.Pool ?? ServerPool.Empty;
            var known = new Dictionary<Endpoint, (RealServerState State, int Place)>(pool.Count);
            for (var place = 0; place < pool.Count; place++) known.Add(pool[place].State.Key.Server, (pool[place].State, place));
            foreach (var state in _resting.GetValueOrDefault(spec.Key, [])) known.Add(state.Key.Server, (state, -1));

            var joining = new List<PooledServer>();
            var staying = new PooledServer?[pool.Count];
            foreach (var server in spec.Servers)
            {
                RealServerState state;
                if (known.Remove(server.Endpoint, out var found)) (state = found.State).Revived(service);
                else (state, found.Place) = (new(_ids.Take(out _ids), new(spec.Key, server.Endpoint), service, _previous.Workers), -1);
                state.SetThresholds(server.Thresholds);
                if (found.Place < 0) joining.Add(new(state, server.Weight, server.Weight, server.Thresholds));
                else staying[found.Place] = pool[found.Place].Edited(server.Weight, server.Thresholds);
            }

            foreach (var (state, place) in known.Values)
                if (place >= 0) Rest(state);
            SetResting(spec.Key, [.. known.Values.Select(left => left.State)]);
            return (service, [.. joining, .. staying.OfType<PooledServer>()]);
        }

        /// <summary>The service, the one before if nothing of it has changed; writes its servers' entries.</summary>
        public VirtualService ServiceOf(VirtualServiceSpec spec, (VirtualServiceState Service, PooledServer[] Servers) pool)
        {
            var states = pool.Servers.ToDictionary(server => server.State.Key.Server, server => server.State);
            _entries.Grow(_ids.Highest + 1);
            foreach (var server in spec.Servers)
            {
                var state = states[server.Endpoint];
                if (server.Method == ForwardingMethod.Masquerading && state.Nat is null)
                {
                    var number = _answering.Hold(spec.Key.Protocol, server.Endpoint.Address, ref _lastNumber);
                    state.Nat = new(spec.Key.Virtual.Address, server.Endpoint.Address, number);
                }

                Write(state.Id, ServerEntry.Of(state, server));
            }

            Set(_converted, spec.Key, [.. states.Values.Where(state => state.Nat is not null && !_entries.Peek(state.Id).IsMasqueraded)]);
            var masqueraded = states.Values.Where(state => _entries.Peek(state.Id).IsMasqueraded).Select(state => AnsweringFrom(state.Key));
            return ServiceOf(spec, pool, [.. masqueraded]);
        }

        /// <summary>The table of these services.</summary>
        public ForwardingTable ToTable(
            PagedArray<VirtualService> services, PagedArray<VirtualServiceSpec> desired, Dictionary<ServiceKey, int> index)
        {
            foreach (var state in _forgotten) state.Service.Retire(state.ReadTraffic());
            var hasSameKeys = ReferenceEquals(index, _previous.Index);
            var serves = hasSameKeys
                ? _previous.Serves
                : (index.Keys.Any(key => key.Virtual.Address.IsV4), index.Keys.Any(key => !key.Virtual.Address.IsV4));
            var (numbers, answering) = (_virtual.ToNumbers(), _answering.ToNumbers());
            return new(_previous.Workers, _previous._settings, _previous._seed)
            {
                Services = services,
                Desired = desired,
                Index = index,
                Entries = _entries.ToPagedArray(),
                Resting = _resting.ToImmutable(),
                Converted = _converted.ToImmutable(),
                NextForgotten = _nextForgotten,
                ServerIds = _ids,
                VirtualNumbers = numbers,
                AnsweringNumbers = answering,
                LastNumber = _lastNumber,
                LastGeneration = _lastGeneration,
                Serves = serves,
                ServesFtp = hasSameKeys
                    ? _previous.ServesFtp
                    : index.Keys.Any(key => key is { Protocol: IpProtocol.Tcp, Virtual.Port: FtpPorts.Control }),
                Addresses = serves == _previous.Serves && _virtual.Touched.Count == 0
                    ? _previous.Addresses
                    : new([.. numbers.All.Where(IsServed)]),
                AnsweringAddresses = serves == _previous.Serves
                    ? _previous.AnsweringAddresses.With(_answering.Touched.Select(pair => (pair, _answering[pair])).Where(IsServed))
                    : ServerAddressMap.Empty.With(answering.All.Where(IsServed)),
                Masquerades = answering.Count > 0,
            };

            bool IsServed(((IpProtocol Protocol, IpAddress128 Address) Pair, uint Number) entry) =>
                entry.Pair.Address.IsV4 ? serves.Item1 : serves.Item2;
        }

        private VirtualService ServiceOf(
            VirtualServiceSpec spec, (VirtualServiceState Service, PooledServer[] Servers) pool,
            (IpProtocol Protocol, Endpoint Server)[] masqueraded)
        {
            var before = _previous.Find(spec.Key);
            var address = _virtual[(spec.Key.Protocol, spec.Key.Virtual.Address)];
            if (before is not null && before.HasSettingsOf(spec) && before.Pool.Servers.SequenceEqual(pool.Servers))
            {
                return before.Masqueraded.SequenceEqual(masqueraded)
                    ? before
                    : new(spec, address, before.State, before.Scheduler, masqueraded);
            }

            var fresh = before?.SchedulerName != spec.Scheduler
                ? SchedulerCatalog.Make(spec.Scheduler, _previous._settings, _previous._seed ^ spec.Key.Virtual.Port)
                : null;
            var taken = false;
            pool.Service.Lock.Enter(ref taken);
            try
            {
                var servers = new ServerPool(pool.Servers);
                var scheduler = fresh is null ? before!.Scheduler.Succeed(servers)
                    : before is null ? fresh.Succeed(servers)
                    : before.Scheduler.Yield(fresh, servers);
                scheduler.Flags = spec.SchedulerFlags;
                return new(spec, address, pool.Service, scheduler, masqueraded);
            }
            finally
            {
                pool.Service.Lock.Exit();
            }
        }

        /// <summary>Forgets the servers that have rested in the trash for long enough.</summary>
        private void Forget()
        {
            _nextForgotten = MonoTime.Never;
            foreach (var (key, states) in _previous.Resting)
            {
                var kept = Array.FindAll(states, IsRemembered);
                if (kept.Length == states.Length) continue;
                SetResting(key, kept);
                if (kept.Length == 0 && !_previous.Index.ContainsKey(key)) _virtual.Release(key.Protocol, key.Virtual.Address);
            }
        }

        private bool IsRemembered(RealServerState state)
        {
            // One that is referred to will have rested from a later moment on.
            var until = (state.IsReferred ? _now : state.ReleasedAt) + TrashPeriod;
            if (until > _now)
            {
                _nextForgotten = MonoTime.Min(_nextForgotten, until);
                return true;
            }

            _forgotten.Add(state);
            if (state.Nat is not null) _answering.Release(state.Key.Service.Protocol, state.Key.Server.Address);
            Write(state.Id, default);
            _ids = _ids.Return(state.Id);
            return false;
        }

        /// <summary>A server is listed no more.</summary>
        private void Rest(RealServerState state)
        {
            state.Removed(_now);
            Write(state.Id, ServerEntry.Of(state));
            _nextForgotten = MonoTime.Min(_nextForgotten, _now + TrashPeriod);
        }

        private void Write(int id, ServerEntry entry)
        {
            ref readonly var before = ref _entries.Peek(id);
            entry.Generation = entry.GoesAs(before) ? before.Generation : ++_lastGeneration;
            _entries[id] = entry;
        }

        private void SetResting(ServiceKey key, RealServerState[] states) => Set(_resting, key, states);

        private static void Set(ImmutableDictionary<ServiceKey, RealServerState[]>.Builder of, ServiceKey key, RealServerState[] states)
        {
            if (states.Length > 0) of[key] = states;
            else of.Remove(key);
        }
    }
}
