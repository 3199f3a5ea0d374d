using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Director.Datapath.Stats;
using Director.Datapath.Tracking;
using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>
/// All that workers forward by: services, servers and next hops. Immutable; <see cref="Build"/> makes the next one from what is wanted
/// and shares with the previous one what has not changed. Readable by any thread.
/// </summary>
public sealed partial class ForwardingTable
{
    private readonly Dictionary<(IpProtocol Protocol, IpAddress128 Address), uint> _addressNumbers;
    private readonly Dictionary<(IpProtocol Protocol, IpAddress128 Address), uint> _serverNumbers;
    private readonly Dictionary<RealServerKey, RealServerState> _states;
    private readonly Dictionary<ServiceKey, VirtualService> _services;
    private readonly AddressMap _addresses;
    private readonly AddressMap _servers;
    private LinkEntry[] _links = [];
    private readonly ServerEntry[] _entries;
    private readonly uint _lastAddressNumber;
    private readonly Lazy<Dictionary<uint, (IpProtocol Protocol, IpAddress128 Address)>> _addressesByNumber;
    private readonly IpvsSettings _settings;
    private readonly bool _servesFtp;
    private readonly ulong _seed;

    private ForwardingTable(
        int workers,
        IpvsSettings settings,
        ulong seed,
        Dictionary<ServiceKey, VirtualService> services,
        Dictionary<RealServerKey, RealServerState> states,
        ServerEntry[] entries,
        Dictionary<(IpProtocol Protocol, IpAddress128 Address), uint> addressNumbers,
        Dictionary<(IpProtocol Protocol, IpAddress128 Address), uint> serverNumbers,
        uint lastAddressNumber)
    {
        Workers = workers;
        _settings = settings;
        _seed = seed;
        _services = services;
        _states = states;
        _entries = entries;
        _addressNumbers = addressNumbers;
        _serverNumbers = serverNumbers;
        _lastAddressNumber = lastAddressNumber;
        _addressesByNumber = new(() => _addressNumbers.ToDictionary(pair => pair.Value, pair => pair.Key));
        Services = [.. services.Values];
        _servesFtp = Services.Any(service => service.Key is { Protocol: IpProtocol.Tcp, Virtual.Port: FtpPorts.Control });

        // While no service of a family is left the kernel takes its hooks out: even the packets of old connections go to the host.
        var servesV4 = Services.Any(service => service.Key.Virtual.Address.IsV4);
        var servesV6 = Services.Any(service => !service.Key.Virtual.Address.IsV4);
        _addresses = new([.. addressNumbers.Where(IsServed)]);
        _servers = new([.. serverNumbers.Where(IsServed)]);
        Masquerades = serverNumbers.Count > 0;

        bool IsServed(KeyValuePair<(IpProtocol Protocol, IpAddress128 Address), uint> pair) =>
            pair.Key.Address.IsV4 ? servesV4 : servesV6;
    }

    /// <summary>The services, in the order in which they were asked for.</summary>
    public IReadOnlyList<VirtualService> Services { get; }

    /// <summary>The host's own addresses: nobody else may send from them.</summary>
    public IReadOnlySet<IpAddress128> OwnAddresses { get; private init; } = FrozenSet<IpAddress128>.Empty;

    /// <summary>How long connections stay without a packet, from the next one on.</summary>
    public ConnectionTimeouts Timeouts { get; private init; } = ConnectionTimeouts.Default;

    /// <summary>Workers that servers count traffic for; a forwarder's number is below it.</summary>
    public int Workers { get; }

    /// <summary>Every server that is listed or still referred to by a connection, in no order.</summary>
    public IReadOnlyCollection<RealServerState> Servers => _states.Values;

    /// <summary>
    /// The services whose packets belong here: those of the table and, unless it has none, those that it no longer has as long as one of
    /// their connections is remembered: what IPVS drops in silence may not reach the host, which would answer with a reset. Some may be
    /// named twice.
    /// </summary>
    public IEnumerable<ServiceKey> Steered => Services.Count == 0
        ? []
        : Services.Select(service => service.Key)
            .Concat(Servers.Where(server => server.TotalConnections > 0).Select(server => server.Key.Service));

    /// <summary>
    /// The masqueraded servers, whose answers belong here: those that a service lists, and those that have left as long as one of their
    /// connections is remembered. Port 0 stands for every port: of a service of every port, or of FTP, the port that was asked for stays
    /// the server's. Some may be named twice.
    /// </summary>
    public IEnumerable<(IpProtocol Protocol, Endpoint Server)> Masqueraded => _entries
        .Where(entry => entry.IsMasqueraded || entry.State is { Nat: not null, TotalConnections: > 0 })
        .Select(entry => AnsweringFrom(entry.State!.Key));

    /// <summary>Whether there is any server, listed or not, that is or was masqueraded.</summary>
    internal bool Masquerades { get; }

    /// <summary>A table without services, to start from.</summary>
    /// <param name="workers">Workers that will count traffic, 1 or more.</param>
    /// <param name="settings">What the schedulers follow; the kernel's defaults if not given.</param>
    /// <param name="seed">What the schedulers that choose at random begin with, drawn once per process.</param>
    public static ForwardingTable Empty(int workers = 1, IpvsSettings? settings = null, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        return new(workers, settings ?? IpvsSettings.Default, seed, [], [], [], [], [], 0);
    }

    /// <summary>The service with that key, or null.</summary>
    public VirtualService? Find(ServiceKey key) => _services.GetValueOrDefault(key);

    /// <summary>The server with that key, listed or not, or null.</summary>
    public RealServerState? Find(RealServerKey key) => _states.GetValueOrDefault(key);

    /// <summary>Whether a service of this table lists the server; connections to others are dropped.</summary>
    public bool IsAvailable(RealServerState server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.Id < _entries.Length && ReferenceEquals(_entries[server.Id].State, server) && _entries[server.Id].IsAvailable;
    }

    /// <summary>What a service has been sent, the servers that have left it included.</summary>
    public ServerTraffic ReadTraffic(VirtualService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        var sum = service.State.Retired;
        foreach (var server in _states.Values)
            if (ReferenceEquals(server.Service, service.State)) sum += server.ReadTraffic();
        return sum;
    }

    /// <summary>The number of a (protocol, VIP) pair that connections may have, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint FindAddress(IpProtocol protocol, IpAddress128 address) => _addresses.Find(protocol, address);

    /// <summary>The number of a (protocol, masqueraded server's address) pair, or 0.</summary>
    internal uint FindServerAddress(IpProtocol protocol, IpAddress128 address) => _servers.Find(protocol, address);

    /// <summary>
    /// The pair that <paramref name="number"/> stands for; null if no service of this table and no server left of one has it.
    /// </summary>
    internal (IpProtocol Protocol, IpAddress128 Address)? FindAddress(uint number) =>
        _addressesByNumber.Value.TryGetValue(number, out var pair) ? pair : null;

    /// <summary>Whether a packet from outside cannot come from there: an address of the host's own, or a VIP.</summary>
    internal bool IsOwn(IpAddress128 address) => IsVirtual(address) || OwnAddresses.Contains(address);

    /// <summary>Whether any service has that VIP, whatever its protocol.</summary>
    internal bool IsVirtual(IpAddress128 address) =>
        _addresses.Find(IpProtocol.Tcp, address) != 0 || _addresses.Find(IpProtocol.Udp, address) != 0;

    /// <summary>
    /// The service of a packet: the one of its port; else, of a port that FTP's data may come by, that of FTP; else the one of every port
    /// (Linux net/netfilter/ipvs/ip_vs_ctl.c <c>ip_vs_service_find</c>).
    /// </summary>
    internal VirtualService? FindService(IpProtocol protocol, Endpoint destination)
    {
        if (_services.TryGetValue(new(protocol, destination), out var service)) return service;
        if (_servesFtp && protocol == IpProtocol.Tcp && destination.Port is FtpPorts.Data or >= FtpPorts.FirstUnprivileged
            && _services.TryGetValue(new(protocol, destination with { Port = FtpPorts.Control }), out service)) return service;
        return _services.GetValueOrDefault(new(protocol, destination with { Port = 0 }));
    }

    /// <summary>Whether a service lists server <paramref name="id"/>, which another worker's newer table may have numbered.</summary>
    internal bool IsAvailable(int id) => id < _entries.Length && _entries[id].IsAvailable;

    /// <summary>The server with that number, listed or not, or null, as of another worker's newer table.</summary>
    internal RealServerState? Find(int id) => id < _entries.Length ? _entries[id].State : null;

    /// <summary>The link of that number, which of a device is the device's own; an empty one if there is none.</summary>
    internal ref readonly LinkEntry Link(ushort number) => ref number < _links.Length ? ref _links[number] : ref LinkEntry.None;

    /// <summary>
    /// The number of the link that frames of <paramref name="vlan"/> come by on a device; a number of no link if there is none.
    /// </summary>
    internal ushort FindLink(ushort device, ushort vlan)
    {
        if (vlan == 0) return device;
        for (var number = 0; number < _links.Length; number++)
            if (_links[number].Vlan == vlan && _links[number].Device == device) return (ushort)number;
        return ushort.MaxValue;
    }

    /// <summary>Server <paramref name="id"/>, which a connection refers to or a pool lists.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly ServerEntry Server(int id) => ref _entries[id];

    private static (IpProtocol Protocol, Endpoint Server) AnsweringFrom(RealServerKey key)
    {
        var (service, server) = (key.Service, key.Server);
        var hasManyPorts = service.Virtual.Port == 0 || service is { Protocol: IpProtocol.Tcp, Virtual.Port: FtpPorts.Control };
        var port = server.Port == 0 ? service.Virtual.Port : server.Port;
        return (service.Protocol, server with { Port = hasManyPorts ? (ushort)0 : port });
    }
}
