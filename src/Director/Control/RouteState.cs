using Director.Linux;
using Director.Linux.Netlink;
using Director.Net;
using Microsoft.Extensions.Logging;

namespace Director.Control;

/// <summary>
/// Keeps <see cref="NextHopTable"/> as the kernel has it: asks for routes, has neighbours resolved and kept fresh, and takes in what the
/// kernel says has changed. The control loop's own.
/// </summary>
internal sealed class RouteState(NextHopTable nextHops, ILogger log) : IDisposable
{
    private readonly RouteSocket _routes = new();

    /// <summary>How the kernel would send to an address; null is no route.</summary>
    public RouteEntry? FindRoute(IpAddress128 address) => _routes.FindRoute(address);

    /// <summary>The links that there are.</summary>
    public IReadOnlyList<LinkEntry> Links() => _routes.DumpLinks();

    /// <summary>The addresses that there are.</summary>
    public IReadOnlyList<AddressEntry> Addresses() => _routes.DumpAddresses();

    /// <summary>
    /// Asks anew how these servers are reached, and forgets all others. To be called when servers, routes, addresses or links changed, and
    /// now and then: the kernel does not say when a route changes. Says whether a next hop changed.
    /// </summary>
    public bool Refresh(IEnumerable<IpAddress128> servers)
    {
        var wanted = servers.ToHashSet();
        var changed = false;
        foreach (var gone in nextHops.Routes.Select(route => route.Key).Where(address => !wanted.Contains(address)).ToList())
            changed |= nextHops.SetRoute(gone, null);
        foreach (var server in wanted)
        {
            ServerRoute? route = _routes.FindRoute(server) is { Type: RouteType.Unicast } found
                ? new(found.LinkIndex, found.NextHop, found.Mtu)
                : null;
            changed |= nextHops.SetRoute(server, route);
        }

        return changed | Resolve();
    }

    /// <summary>
    /// Takes over every neighbour that is known, and has those resolved that are not or were not confirmed lately. To be called now and
    /// then: kernels before 5.16 do not keep an entry fresh by themselves. Says whether a next hop changed.
    /// </summary>
    public bool Resolve()
    {
        var changed = false;
        foreach (var (_, route) in nextHops.Routes.ToList())
        {
            try
            {
                var neighbour = _routes.FindNeighbour(route.LinkIndex, route.Neighbour);
                if (neighbour is { IsUsable: true, LinkAddress: var mac })
                    changed |= nextHops.SetNeighbour(route.LinkIndex, route.Neighbour, mac);
                if (neighbour is not { State: NeighbourState.Reachable }) _routes.ProbeNeighbour(route.LinkIndex, route.Neighbour);
            }
            catch (LinuxException exception)
            {
                log.LogDebug("neighbour {Address}: {Why}", route.Neighbour, exception.Message);
            }
        }

        return changed;
    }

    /// <summary>Takes in a change that the kernel told of. Says whether a next hop changed by it.</summary>
    public bool Apply(in RouteChange change)
    {
        if (change.Kind is not (RouteChangeKind.NeighbourSet or RouteChangeKind.NeighbourRemoved)) return false;
        var neighbour = change.Neighbour;
        if (change.Kind == RouteChangeKind.NeighbourSet && neighbour.IsUsable)
        {
            var learnt = nextHops.SetNeighbour(neighbour.LinkIndex, neighbour.Address, neighbour.LinkAddress);
            if (learnt) log.LogInformation("{Address} is at {Mac}", neighbour.Address, neighbour.LinkAddress);
            return learnt;
        }

        // While the kernel asks again, the last answer is the best there is; only a failure says that nobody is there.
        var lost = change.Kind == RouteChangeKind.NeighbourRemoved || neighbour.State == NeighbourState.Failed;
        if (!lost || !nextHops.SetNeighbour(neighbour.LinkIndex, neighbour.Address, null)) return false;
        log.LogWarning("{Address} does not answer ARP: what is for it is dropped until it does", neighbour.Address);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _routes.Dispose();
}
