using Director.Checks;
using Director.Config;
using Director.Datapath;
using Director.Datapath.Scheduling;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net;

namespace Director.Control;

/// <summary>
/// The desired state: what is configured, what is alive, how it is reached; and what the datapath should do, as a pure function of these.
/// Nothing here does I/O; the control loop owns it and calls it from its own thread.
/// </summary>
/// <param name="nextHops">How real servers are reached.</param>
/// <param name="hostTimeouts">What this host's settings say of timeouts, whatever the configuration says.</param>
internal sealed class DirectorCore(NextHopTable nextHops, LvsTimeoutsConfig hostTimeouts)
{
    private Dictionary<ServiceKey, ServicePool> _pools = [];

    /// <summary>The services that are not what <see cref="_desired"/> says any more, by their first key.</summary>
    private readonly HashSet<ServiceKey> _stale = [];

    /// <summary>Each service and the place of its first key in <see cref="_desired"/>.</summary>
    private Dictionary<ServiceKey, (VirtualServerConfig Service, int Place)> _places = [];

    /// <summary>Who uses a server's address.</summary>
    private Dictionary<IpAddress128, List<ServiceKey>> _users = [];

    /// <summary>The services in which the weight of a server still rises.</summary>
    private readonly HashSet<ServiceKey> _rising = [];

    private HashSet<IpAddress128> _staticVips = [];
    private PagedArray<VirtualServiceSpec> _desired = PagedArray<VirtualServiceSpec>.Empty;

    /// <summary>The configuration in force. Any thread may read it.</summary>
    public DirectorConfig Config { get; private set; } = new(new(null), [], []);

    /// <summary>How long connections stay without a packet.</summary>
    public ConnectionTimeouts Timeouts { get; private set; } = ConnectionTimeouts.Default;

    /// <summary>How real servers are reached.</summary>
    public NextHopTable NextHops => nextHops;

    /// <summary>The address of every real server and sorry server, once.</summary>
    public IReadOnlyCollection<IpAddress128> Servers => _users.Keys;

    /// <summary>Whether this is a VIP that no <c>vrrp_instance</c> owns: it is served while it is on the host.</summary>
    public bool IsStaticVip(IpAddress128 address) => _staticVips.Contains(address);

    /// <summary>
    /// Takes a configuration into force. Pools whose service stays keep what they know of their servers; of a service that is the same
    /// object as before nothing is looked at. Returns what was in force, which <see cref="Restore"/> takes as long as nothing else has
    /// happened here.
    /// </summary>
    public CoreState Configure(DirectorConfig config, ICollection<string> log)
    {
        var before = new CoreState(Config, Timeouts, _pools, _places, _users, _staticVips, _desired);
        Config = config;
        var timeouts = hostTimeouts.Over(config.Globals.LvsTimeouts);
        Timeouts = new(timeouts.Tcp, timeouts.TcpFin, timeouts.Udp);
        _pools = new(config.VirtualServers.Count);
        foreach (var service in config.VirtualServers)
        {
            if (!before.Pools.TryGetValue(service.Key, out var pool)) pool = new(service, log);
            else if (!ReferenceEquals(pool.Service, service)) (pool = pool.Copy()).Configure(service, log);
            _pools.Add(service.Key, pool);
        }

        _staticVips = [.. config.VirtualServers.SelectMany(service => service.Keys).Select(key => key.Virtual.Address)];
        _staticVips.ExceptWith(OwnedVips());
        Place(config.VirtualServers, before);
        return before;
    }

    /// <summary>Has that in force again.</summary>
    public void Restore(CoreState before)
    {
        (Config, Timeouts, _pools, _places) = (before.Config, before.Timeouts, before.Pools, before.Places);
        (_users, _staticVips, _desired) = (before.Users, before.StaticVips, before.Desired);
        // Next hops may have changed meanwhile, and the other state may have been told of it.
        _stale.Clear();
        _stale.UnionWith(_pools.Keys);
    }

    /// <summary>A server's checks brought it up or took it down.</summary>
    public void Apply(ServiceKey service, Endpoint server, bool alive, ICollection<string> log, MonoTime now = default)
    {
        if (!_pools.TryGetValue(service, out var pool)) return;
        pool.Apply(server, alive, log, now);
        _stale.Add(service);
        if (pool.IsRising) _rising.Add(service);
    }

    /// <summary>A server's checks want another weight for it.</summary>
    public void Apply(ServiceKey service, Endpoint server, WeightShift shift, ICollection<string> log)
    {
        if (!_pools.TryGetValue(service, out var pool)) return;
        pool.Apply(server, shift, log);
        _stale.Add(service);
    }

    /// <summary>Time has passed: the weights of slow starts rise. Whether one has.</summary>
    public bool Rise(MonoTime now)
    {
        var before = _stale.Count;
        foreach (var service in _rising.ToList())
        {
            if (_pools.GetValueOrDefault(service) is not { IsRising: true } pool) _rising.Remove(service);
            else if (pool.Rise(now)) _stale.Add(service);
        }

        return _stale.Count > before;
    }

    /// <summary>The pool of a service; null if it is not configured.</summary>
    public ServicePool? FindPool(ServiceKey service) => _pools.GetValueOrDefault(service);

    /// <summary>The pool of a configured service.</summary>
    public ServicePool Pool(ServiceKey service) => _pools[service];

    /// <summary>
    /// The servers that the scheduler of <paramref name="key"/>, a key of <paramref name="service"/>, sees: last added first, with the
    /// weights in force. This host itself is left out where it would be masqueraded to another port: what it answers passes no device of
    /// ours on its way out, so the port cannot be changed back.
    /// </summary>
    public IEnumerable<RealServerConfig> Members(VirtualServerConfig service, ServiceKey key) => _pools[service.Key].Members
        .Where(server => server.KeepsPort(key.Virtual.Port) || !nextHops.Own.Contains(server.Endpoint.Address));

    /// <summary>
    /// What the datapath should do now. What is asked of a service is the same object as before while it is the same, so that a change
    /// costs what it changes, here and wherever this goes.
    /// </summary>
    public PagedArray<VirtualServiceSpec> Desired()
    {
        foreach (var server in nextHops.TakeChanged())
            if (_users.TryGetValue(server, out var services)) _stale.UnionWith(services);
        if (_stale.Count == 0) return _desired;
        var next = _desired.Edit();
        foreach (var (service, first) in _stale.Select(key => _places[key]))
        {
            var place = first;
            foreach (var key in service.Keys)
            {
                var spec = ToSpec(service, key);
                if (!spec.Equals(next.Peek(place))) next[place] = spec;
                place++;
            }
        }

        _stale.Clear();
        return _desired = next.ToPagedArray();
    }

    /// <summary>
    /// Gives every service its place; in it stands what was asked of it before, or null, until <see cref="Desired"/> has looked.
    /// </summary>
    private void Place(IReadOnlyList<VirtualServerConfig> services, CoreState before)
    {
        (_places, _users) = (new(services.Count), []);
        _stale.IntersectWith(_pools.Keys);
        var (count, stay) = (0, true);
        foreach (var service in services)
        {
            var isKnown = before.Places.TryGetValue(service.Key, out var known);
            if (!isKnown || !ReferenceEquals(known.Service, service)) _stale.Add(service.Key);
            stay &= isKnown && known.Place == count;
            _places.Add(service.Key, (service, count));
            count += 1 + service.OtherKeys.Count;
            foreach (var server in service.AllServers) Use(server.Endpoint.Address, service.Key);
        }

        // Where every service stays in its place, whoever compares finds the rest the same without a look at it.
        if (!stay || count != _desired.Count) _desired = Moved(services, count);
    }

    private PagedArray<VirtualServiceSpec> Moved(IReadOnlyList<VirtualServerConfig> services, int count)
    {
        var known = _desired.OfType<VirtualServiceSpec>().ToDictionary(spec => spec.Key);
        var next = PagedArray<VirtualServiceSpec>.Empty.Edit(count);
        var place = 0;
        foreach (var key in services.SelectMany(service => service.Keys)) next[place++] = known.GetValueOrDefault(key)!;
        return next.ToPagedArray();
    }

    private void Use(IpAddress128 server, ServiceKey service)
    {
        if (!_users.TryGetValue(server, out var users)) _users.Add(server, [service]);
        else if (!users.Contains(service)) users.Add(service);
    }

    private IEnumerable<IpAddress128> OwnedVips() => Config.VrrpInstances
        .SelectMany(instance => instance.AllAddresses())
        .Select(address => address.Address);

    private VirtualServiceSpec ToSpec(VirtualServerConfig service, ServiceKey key) => new(
        key,
        service.Scheduler,
        service.PersistenceTimeout,
        service.PersistencePrefixLength,
        [.. Members(service, key).Select(server => ToSpec(server, key))])
    {
        SchedulerFlags = ToFlags(service.SchedulerFlags),
        IsOnePacket = service.IsOnePacket,
    };

    private RealServerSpec ToSpec(RealServerConfig server, ServiceKey key)
    {
        var address = server.Endpoint.Address;
        var isLocal = nextHops.Own.Contains(address);
        return new(server.EndpointAt(key.Virtual.Port), server.Weight, nextHops.Find(address))
        {
            Thresholds = new(server.UpperThreshold, server.LowerThreshold),
            // The host gets its packets as they are, whatever the method.
            Method = isLocal ? ForwardingMethod.DirectRouting : ToMethod(server.Method),
            IsLocal = isLocal,
        };
    }

    private static ForwardingMethod ToMethod(ForwardingMethodConfig method) => method switch
    {
        ForwardingMethodConfig.Nat => ForwardingMethod.Masquerading,
        ForwardingMethodConfig.Tunnel => ForwardingMethod.Tunnel,
        _ => ForwardingMethod.DirectRouting,
    };

    private static SchedulerFlags ToFlags(SchedulerFlagsConfig flags) =>
        (flags.HasFlag(SchedulerFlagsConfig.Flag1) ? SchedulerFlags.Fallback : SchedulerFlags.None)
        | (flags.HasFlag(SchedulerFlagsConfig.Flag2) ? SchedulerFlags.Port : SchedulerFlags.None)
        | (flags.HasFlag(SchedulerFlagsConfig.Flag3) ? SchedulerFlags.Third : SchedulerFlags.None);
}
