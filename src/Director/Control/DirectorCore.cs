using Director.Config;
using Director.Datapath;
using Director.Datapath.Scheduling;
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
    private readonly Dictionary<ServiceKey, ServicePool> _pools = [];

    /// <summary>The configuration in force.</summary>
    public DirectorConfig Config { get; private set; } = new(new(null), [], []);

    /// <summary>How long connections stay without a packet.</summary>
    public ConnectionTimeouts Timeouts { get; private set; } = ConnectionTimeouts.Default;

    /// <summary>How real servers are reached.</summary>
    public NextHopTable NextHops => nextHops;

    /// <summary>The address of every real server and sorry server, once.</summary>
    public IEnumerable<IpAddress128> Servers =>
        Config.VirtualServers.SelectMany(service => service.AllServers).Select(server => server.Endpoint.Address).Distinct();

    /// <summary>Whether this is a VIP that no <c>vrrp_instance</c> owns: it is served while it is on the host.</summary>
    public bool IsStaticVip(IpAddress128 address) =>
        Config.VirtualServers.Any(service => service.Keys.Any(key => key.Virtual.Address == address)) && !OwnedVips().Contains(address);

    /// <summary>Takes a configuration into force. Pools whose service stays keep what they know of their servers.</summary>
    public void Configure(DirectorConfig config, ICollection<string> log)
    {
        Config = config;
        var timeouts = hostTimeouts.Over(config.Globals.LvsTimeouts);
        Timeouts = new(timeouts.Tcp, timeouts.TcpFin, timeouts.Udp);
        var keys = config.VirtualServers.Select(service => service.Key).ToHashSet();
        foreach (var gone in _pools.Keys.Where(key => !keys.Contains(key)).ToList()) _pools.Remove(gone);
        foreach (var service in config.VirtualServers)
        {
            if (_pools.TryGetValue(service.Key, out var pool)) pool.Configure(service, log);
            else _pools.Add(service.Key, new(service, log));
        }
    }

    /// <summary>A server's checks brought it up or took it down.</summary>
    public void Apply(ServiceKey service, Endpoint server, bool alive, ICollection<string> log)
    {
        if (_pools.TryGetValue(service, out var pool)) pool.Apply(server, alive, log);
    }

    /// <summary>The pool of a configured service.</summary>
    public ServicePool Pool(ServiceKey service) => _pools[service];

    /// <summary>
    /// The servers that the scheduler of <paramref name="key"/>, a key of <paramref name="service"/>, sees: last added first, with the
    /// weights in force. This host itself is left out where it would be masqueraded to another port: what it answers passes no device of
    /// ours on its way out, so the port cannot be changed back.
    /// </summary>
    public IEnumerable<RealServerConfig> Members(VirtualServerConfig service, ServiceKey key) => _pools[service.Key].Members
        .Where(server => server.KeepsPort(key.Virtual.Port) || !nextHops.Own.Contains(server.Endpoint.Address));

    /// <summary>What the datapath should do now.</summary>
    public IReadOnlyList<VirtualServiceSpec> Desired() =>
        [.. Config.VirtualServers.SelectMany(service => service.Keys.Select(key => ToSpec(service, key)))];

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
