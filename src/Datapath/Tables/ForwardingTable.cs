using System.Collections.Frozen;
using System.Collections.Immutable;
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
    private LinkEntry[] _links = [];
    private readonly IpvsSettings _settings;
    private readonly ulong _seed;

    private ForwardingTable(int workers, IpvsSettings settings, ulong seed) => (Workers, _settings, _seed) = (workers, settings, seed);

    /// <summary>The services, in the order in which they were asked for.</summary>
    public PagedArray<VirtualService> Services { get; private init; } = PagedArray<VirtualService>.Empty;

    /// <summary>The host's own addresses: nobody else may send from them.</summary>
    public IReadOnlySet<IpAddress128> OwnAddresses { get; private set; } = FrozenSet<IpAddress128>.Empty;

    /// <summary>How long connections stay without a packet, from the next one on.</summary>
    public ConnectionTimeouts Timeouts { get; private set; } = ConnectionTimeouts.Default;

    /// <summary>Workers that servers count traffic for; a forwarder's number is below it.</summary>
    public int Workers { get; }

    /// <summary>Every server that is listed or still referred to by a connection, in no order.</summary>
    public IEnumerable<RealServerState> Servers => Entries.Where(entry => entry.State is not null).Select(entry => entry.State!);

    /// <summary>
    /// The services that this table no longer has, of which a connection is remembered: what IPVS drops in silence may not reach the host,
    /// which would answer with a reset. None while there are no services at all.
    /// </summary>
    public IEnumerable<ServiceKey> Departed => Services.Count == 0
        ? []
        : Resting.Where(left => !Index.ContainsKey(left.Key) && left.Value.Any(server => server.TotalConnections > 0))
            .Select(left => left.Key);

    /// <summary>
    /// The servers that were masqueraded and have left or are no longer, of which a connection is remembered. Otherwise as
    /// <see cref="VirtualService.Masqueraded"/>. Some may be named twice.
    /// </summary>
    public IEnumerable<(IpProtocol Protocol, Endpoint Server)> DepartedMasqueraded =>
        from server in Resting.Values.Concat(Converted.Values).SelectMany(servers => servers)
        where server is { Nat: not null, TotalConnections: > 0 }
        select AnsweringFrom(server.Key);

    /// <summary>The services whose packets belong here: those of the table, and the departed. Some may be named twice.</summary>
    public IEnumerable<ServiceKey> Steered => Services.Select(service => service.Key).Concat(Departed);

    /// <summary>
    /// The masqueraded servers, whose answers belong here: those that a service lists, and those that have departed. Some may be named
    /// twice.
    /// </summary>
    public IEnumerable<(IpProtocol Protocol, Endpoint Server)> Masqueraded =>
        Services.SelectMany(service => service.Masqueraded).Concat(DepartedMasqueraded);

    /// <summary>Whether there is any server, listed or not, that is or was masqueraded.</summary>
    internal bool Masquerades { get; private init; }

    /// <summary>What was asked for; a place here is one in <see cref="Services"/>.</summary>
    private PagedArray<VirtualServiceSpec> Desired { get; init; } = PagedArray<VirtualServiceSpec>.Empty;

    /// <summary>The services' places.</summary>
    private Dictionary<ServiceKey, int> Index { get; init; } = [];

    /// <summary>Servers by number.</summary>
    private PagedArray<ServerEntry> Entries { get; init; } = PagedArray<ServerEntry>.Empty;

    /// <summary>The servers that a service, of this table or not, lists no more and that are remembered.</summary>
    private ImmutableDictionary<ServiceKey, RealServerState[]> Resting { get; init; } =
        ImmutableDictionary<ServiceKey, RealServerState[]>.Empty;

    /// <summary>The servers that a service lists, that were masqueraded and are no longer.</summary>
    private ImmutableDictionary<ServiceKey, RealServerState[]> Converted { get; init; } =
        ImmutableDictionary<ServiceKey, RealServerState[]>.Empty;

    /// <summary>Before that no resting server can be forgotten.</summary>
    private MonoTime NextForgotten { get; init; } = MonoTime.Never;

    private ServerNumbers ServerIds { get; init; } = ServerNumbers.None;

    /// <summary>The numbers of VIPs.</summary>
    private AddressNumbers VirtualNumbers { get; init; } = AddressNumbers.Empty;

    /// <summary>Those of masqueraded servers' addresses.</summary>
    private AddressNumbers AnsweringNumbers { get; init; } = AddressNumbers.Empty;

    /// <summary>The number that an address got last.</summary>
    private uint LastNumber { get; init; }

    /// <summary>The generation that was given last, to a server or to the rules: another one if any server's has changed.</summary>
    internal uint LastGeneration { get; private set; } = 1;

    /// <summary>
    /// The families of services. While none of a family is left the kernel takes its hooks out: even the packets of old connections go to
    /// the host.
    /// </summary>
    private (bool V4, bool V6) Serves { get; init; }

    private AddressMap Addresses { get; init; } = new([]);

    private ServerAddressMap AnsweringAddresses { get; init; } = ServerAddressMap.Empty;

    private bool ServesFtp { get; init; }

    /// <summary>What <see cref="OwnAddresses"/> was made of.</summary>
    private IReadOnlyCollection<IpAddress128>? OwnSource { get; set; }

    /// <summary>A table without services, to start from.</summary>
    /// <param name="workers">Workers that will count traffic, 1 or more.</param>
    /// <param name="settings">What the schedulers follow; the kernel's defaults if not given.</param>
    /// <param name="seed">What the schedulers that choose at random begin with, drawn once per process.</param>
    public static ForwardingTable Empty(int workers = 1, IpvsSettings? settings = null, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        return new(workers, settings ?? IpvsSettings.Default, seed);
    }

    /// <summary>The service with that key, or null.</summary>
    public VirtualService? Find(ServiceKey key) => Index.TryGetValue(key, out var place) ? Services[place] : null;

    /// <summary>The server with that key, listed or not, or null.</summary>
    public RealServerState? Find(RealServerKey key)
    {
        if (Find(key.Service) is { } service)
        {
            foreach (ref readonly var server in service.Pool.Servers)
                if (server.State.Key.Server == key.Server) return server.State;
        }

        return Array.Find(Resting.GetValueOrDefault(key.Service, []), server => server.Key.Server == key.Server);
    }

    /// <summary>Whether a service of this table lists the server; connections to others are dropped.</summary>
    public bool IsAvailable(RealServerState server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.Id < Entries.Count && ReferenceEquals(Entries[server.Id].State, server) && Entries[server.Id].IsAvailable;
    }

    /// <summary>What a service has been sent, the servers that have left it included.</summary>
    public ServerTraffic ReadTraffic(VirtualService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        var sum = service.State.Retired;
        foreach (ref readonly var server in service.Pool.Servers) sum += server.State.ReadTraffic();
        foreach (var server in Resting.GetValueOrDefault(service.Key, []))
            if (ReferenceEquals(server.Service, service.State)) sum += server.ReadTraffic();
        return sum;
    }

    /// <summary>The number of a (protocol, VIP) pair that connections may have, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint FindAddress(IpProtocol protocol, IpAddress128 address) => Addresses.Find(protocol, address);

    /// <summary>The number of a (protocol, masqueraded server's address) pair, or 0.</summary>
    internal uint FindServerAddress(IpProtocol protocol, IpAddress128 address) =>
        AnsweringAddresses.Find(protocol, address);

    /// <summary>
    /// The pair that <paramref name="number"/> stands for; null if no service of this table and no server left of one has it.
    /// </summary>
    internal (IpProtocol Protocol, IpAddress128 Address)? FindAddress(uint number) => VirtualNumbers.PairOf(number);

    /// <summary>Whether a packet from outside cannot come from there: an address of the host's own, or a VIP.</summary>
    internal bool IsOwn(IpAddress128 address) => IsVirtual(address) || OwnAddresses.Contains(address);

    /// <summary>Whether any service has that VIP, whatever its protocol.</summary>
    internal bool IsVirtual(IpAddress128 address) =>
        Addresses.Find(IpProtocol.Tcp, address) != 0 || Addresses.Find(IpProtocol.Udp, address) != 0;

    /// <summary>
    /// The service of a packet: the one of its port; else, of a port that FTP's data may come by, that of FTP; else the one of every port
    /// (Linux net/netfilter/ipvs/ip_vs_ctl.c <c>ip_vs_service_find</c>).
    /// </summary>
    internal VirtualService? FindService(IpProtocol protocol, Endpoint destination)
    {
        if (Find(new ServiceKey(protocol, destination)) is { } service) return service;
        if (ServesFtp && protocol == IpProtocol.Tcp && destination.Port is FtpPorts.Data or >= FtpPorts.FirstUnprivileged
            && Find(new ServiceKey(protocol, destination with { Port = FtpPorts.Control })) is { } ftp) return ftp;
        return Find(new ServiceKey(protocol, destination with { Port = 0 }));
    }

    /// <summary>Whether a service lists server <paramref name="id"/>, which another worker's newer table may have numbered.</summary>
    internal bool IsAvailable(int id) => id < Entries.Count && Entries[id].IsAvailable;

    /// <summary>The server with that number, listed or not, or null, as of another worker's newer table.</summary>
    internal RealServerState? Find(int id) => id < Entries.Count ? Entries[id].State : null;

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
    internal ref readonly ServerEntry Server(int id) => ref Entries[id];

    /// <summary>That of a connection of the worker's own: it is in every table while the connection lasts, and not looked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly ServerEntry ServerOf(in Connection connection) => ref Entries.Unchecked(connection.Server);

    private static (IpProtocol Protocol, Endpoint Server) AnsweringFrom(RealServerKey key)
    {
        var (service, server) = (key.Service, key.Server);
        var hasManyPorts = service.Virtual.Port == 0 || service is { Protocol: IpProtocol.Tcp, Virtual.Port: FtpPorts.Control };
        var port = server.Port == 0 ? service.Virtual.Port : server.Port;
        return (service.Protocol, server with { Port = hasManyPorts ? (ushort)0 : port });
    }
}
