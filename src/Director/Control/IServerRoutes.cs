using Director.Linux.Netlink;
using Director.Net;

namespace Director.Control;

/// <summary>How real servers are reached, as a reload changes it. On the control loop's thread.</summary>
internal interface IServerRoutes
{
    /// <summary>The host's own addresses; another object when they change.</summary>
    IReadOnlyCollection<IpAddress128> OwnAddresses { get; }

    /// <summary>
    /// Takes over what the kernel has just said of servers that are not known yet, and forgets none. Says whether a next hop or an own
    /// address changed.
    /// </summary>
    /// <exception cref="Director.Linux.LinuxException">The kernel does not answer.</exception>
    bool Add(IReadOnlyDictionary<IpAddress128, RouteEntry?> routes);

    /// <summary>Forgets all other servers. Says whether there were any.</summary>
    bool Keep(IReadOnlySet<IpAddress128> servers);
}
