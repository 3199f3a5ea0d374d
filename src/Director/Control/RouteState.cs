using Director.Linux;
using Director.Linux.Netlink;
using Director.Net;
using Microsoft.Extensions.Logging;

namespace Director.Control;

/// <summary>
/// Keeps <see cref="NextHopTable"/> as the kernel has it: asks for routes, has neighbours resolved and kept fresh, and takes in what the
/// kernel says has changed. The control loop's own.
/// </summary>
internal sealed class RouteState(NextHopTable nextHops, ILogger log) : IServerRoutes, IDisposable
{
    /// <summary>Servers of one step of a round: less than a millisecond, so that nothing waits longer for it.</summary>
    private const int ServersPerStep = 64;

    private readonly RouteSocket _routes = new();

    /// <summary>Servers that the round in hand has still to look at.</summary>
    private Queue<IpAddress128> _round = [];

    /// <summary>
    /// Neighbours that the kernel does nothing about until somebody has a packet for them, and none of ours passes through it: those it
    /// does not know, that did not answer, or that were not confirmed lately. Every way into these states is told of; the way out of them
    /// is not, so they are looked at until they have left (Linux net/core/neighbour.c, <c>neigh_timer_handler</c>). From 5.16 on the
    /// kernel goes on by itself with those it was asked for once, but looks at them every five seconds only.
    /// </summary>
    private readonly HashSet<(int LinkIndex, IpAddress128 Address)> _idle = [];

    /// <summary>What the kernel last said of each server.</summary>
    private readonly Dictionary<IpAddress128, RouteEntry?> _found = [];

    private bool _saidFull;

    /// <summary>How the kernel would send to an address; null is no route.</summary>
    public RouteEntry? FindRoute(IpAddress128 address) => _routes.FindRoute(address);

    /// <summary>
    /// The host's own addresses, as of the last <see cref="Refresh(IEnumerable{IpAddress128})"/> or <see cref="BeginRound"/>; another
    /// object when they change.
    /// </summary>
    public IReadOnlyCollection<IpAddress128> OwnAddresses { get; private set; } = [];

    /// <summary>
    /// The same, but of a server that is known and reached by a unicast route it may be as old as a round: a reload need not ask for
    /// what every round asks for.
    /// </summary>
    public RouteEntry? RecallRoute(IpAddress128 address) =>
        _found.TryGetValue(address, out var found) && found is { Kind: RouteKind.Unicast } ? found : FindRoute(address);

    /// <summary>The links that there are.</summary>
    public IReadOnlyList<LinkEntry> Links() => _routes.DumpLinks();

    /// <summary>The addresses that there are.</summary>
    public IReadOnlyList<AddressEntry> Addresses() => _routes.DumpAddresses();

    /// <summary>Whether a round is not at its end.</summary>
    public bool IsInRound => _round.Count > 0;

    /// <summary>
    /// Asks anew how these servers are reached, and forgets all others; looks at every neighbour again. To be called when servers,
    /// addresses or links changed. Says whether a next hop or an own address changed.
    /// </summary>
    public bool Refresh(IEnumerable<IpAddress128> servers) =>
        Refresh(servers.Distinct().ToDictionary(server => server, FindRoute));

    /// <summary>The same with what the kernel has just said of all servers, as <see cref="FindRoute"/> has it.</summary>
    public bool Refresh(IReadOnlyDictionary<IpAddress128, RouteEntry?> routes)
    {
        var changed = TakeOwn();
        // The new ones first: a neighbour that stays keeps its MAC.
        foreach (var (server, route) in routes) changed |= TakeRoute(server, route);
        changed |= Keep(routes.Keys.ToHashSet());
        return changed | LookAtAll(nextHops.Neighbours);
    }

    /// <inheritdoc/>
    public bool Add(IReadOnlyDictionary<IpAddress128, RouteEntry?> routes)
    {
        var changed = TakeOwn();
        var neighbours = new HashSet<(int LinkIndex, IpAddress128 Address)>();
        foreach (var (server, route) in routes)
        {
            if (_found.TryGetValue(server, out var known) && known == route) continue;
            changed |= TakeRoute(server, route);
            if (nextHops.RouteTo(server) is { } there) neighbours.Add((there.LinkIndex, there.Neighbour));
        }

        return changed | (neighbours.Count > ServersPerStep ? LookAtAll(neighbours) : Look(neighbours, _routes.FindNeighbour));
    }

    /// <inheritdoc/>
    public bool Keep(IReadOnlySet<IpAddress128> servers)
    {
        _round = new(_round.Where(servers.Contains));
        var changed = false;
        foreach (var gone in nextHops.Servers.Where(server => !servers.Contains(server)).ToList())
            changed |= nextHops.SetRoute(gone, null);
        foreach (var gone in nextHops.Own.Where(server => !servers.Contains(server)).ToList()) changed |= nextHops.SetOwn(gone, false);
        foreach (var gone in _found.Keys.Where(server => !servers.Contains(server)).ToList()) _found.Remove(gone);
        _idle.IntersectWith(nextHops.Neighbours);
        return changed;
    }

    /// <summary>
    /// Begins a round in which all servers are looked at again, some at a time: see <see cref="StepRound"/>. To be called now and then: of
    /// routes themselves we are not told. Says whether an own address changed.
    /// </summary>
    public bool BeginRound(IEnumerable<IpAddress128> servers)
    {
        _round = new(servers);
        _idle.IntersectWith(nextHops.Neighbours);
        return TakeOwn();
    }

    /// <summary>Looks at the next servers of the round, and at their neighbours. Says whether a next hop changed.</summary>
    public bool StepRound()
    {
        var changed = false;
        var neighbours = new HashSet<(int LinkIndex, IpAddress128 Address)>();
        for (var servers = 0; servers < ServersPerStep && _round.TryDequeue(out var server); servers++)
        {
            changed |= TakeRoute(server, FindRoute(server));
            if (nextHops.RouteTo(server) is { } route) neighbours.Add((route.LinkIndex, route.Neighbour));
        }

        return changed | Look(neighbours, _routes.FindNeighbour);
    }

    /// <summary>
    /// Has the neighbours asked for again that the kernel lets lie. To be called every second or so; the kernel is troubled with no others.
    /// Says whether a next hop changed.
    /// </summary>
    public bool Resolve() => Look(_idle, _routes.FindNeighbour);

    /// <summary>Takes in a change that the kernel told of. Says whether a next hop changed by it.</summary>
    public bool Apply(in RouteChange change) => change.Kind switch
    {
        RouteChangeKind.NeighbourSet => Take(change.Neighbour.LinkIndex, change.Neighbour.Address, change.Neighbour),
        RouteChangeKind.NeighbourRemoved => Take(change.Neighbour.LinkIndex, change.Neighbour.Address, null),
        _ => false,
    };

    /// <inheritdoc/>
    public void Dispose() => _routes.Dispose();

    /// <summary>Looks at many neighbours by one answer of the kernel's.</summary>
    private bool LookAtAll(IEnumerable<(int LinkIndex, IpAddress128 Address)> neighbours)
    {
        var known = new Dictionary<(int, IpAddress128), NeighbourEntry?>();
        foreach (var entry in _routes.DumpNeighbours()) known[(entry.LinkIndex, entry.Address)] = entry;
        return Look(neighbours, (linkIndex, address) => known.GetValueOrDefault((linkIndex, address)));
    }

    private bool TakeOwn()
    {
        var own = Addresses().Select(entry => entry.Address).ToHashSet();
        if (own.SetEquals(OwnAddresses)) return false;
        OwnAddresses = own;
        return true;
    }

    private bool TakeRoute(IpAddress128 server, RouteEntry? found)
    {
        _found[server] = found;
        var changed = nextHops.SetOwn(server, found is { Kind: RouteKind.Local });
        ServerRoute? route = found is { Kind: RouteKind.Unicast } there
            ? new(there.LinkIndex, there.NextHop, there.Mtu) { Source = there.PreferredSource ?? default }
            : null;
        if (!nextHops.SetRoute(server, route)) return changed;
        if (route is { } known) _idle.Add((known.LinkIndex, known.Neighbour));
        return true;
    }

    /// <summary>
    /// Takes over what the kernel knows of these, and has it ask for those that it would let lie: up to the first for which it has no room
    /// (Linux <c>neigh/default/gc_thresh3</c>).
    /// </summary>
    private bool Look(
        IEnumerable<(int LinkIndex, IpAddress128 Address)> neighbours, Func<int, IpAddress128, NeighbourEntry?> find)
    {
        var (changed, isFull) = (false, false);
        foreach (var (linkIndex, address) in neighbours.ToList())
        {
            try
            {
                changed |= Take(linkIndex, address, find(linkIndex, address));
                if (!isFull && _idle.Contains((linkIndex, address))) _routes.ProbeNeighbour(linkIndex, address);
            }
            catch (LinuxException exception)
            {
                _idle.Add((linkIndex, address));
                isFull |= exception.IsOutOfRoom;
                log.LogDebug("neighbour {Address}: {Why}", address, exception.Message);
            }
        }

        if (isFull && !_saidFull)
        {
            _saidFull = true;
            log.LogWarning(
                "the kernel has no room for more neighbours, so some servers are not found: raise net.ipv4.neigh.default.gc_thresh3");
        }

        return changed;
    }

    /// <summary>Takes over what the kernel knows of a neighbour; null is nothing.</summary>
    private bool Take(int linkIndex, IpAddress128 address, NeighbourEntry? known)
    {
        if (!nextHops.IsNeighbour(linkIndex, address)) return false;
        if (known is null or { State: NeighbourState.None or NeighbourState.Stale or NeighbourState.Failed })
            _idle.Add((linkIndex, address));
        else
            _idle.Remove((linkIndex, address));

        if (known is { IsUsable: true, LinkAddress: var mac })
        {
            var learnt = nextHops.SetNeighbour(linkIndex, address, mac);
            if (learnt) log.LogInformation("{Address} is at {Mac}", address, mac);
            return learnt;
        }

        // While the kernel asks again, the last answer is the best there is; only a failure says that nobody is there.
        var isLost = known is null or { State: NeighbourState.Failed };
        if (!isLost || !nextHops.SetNeighbour(linkIndex, address, null)) return false;
        log.LogWarning("{Address} does not answer ARP: what is for it is dropped until it does", address);
        return true;
    }
}
