using Director.Datapath;
using Director.Net;

namespace Director.Control;

/// <summary>
/// How each real server is reached: its route, the neighbour's MAC, the device. Pure; the control loop's own. A server without a route, a
/// neighbour or a device of ours has no next hop, and its packets are dropped and counted until it has one.
/// </summary>
internal sealed class NextHopTable
{
    private readonly Dictionary<IpAddress128, ServerRoute> _routes = [];

    /// <summary>How many servers are behind each neighbour, and its MAC if that is known.</summary>
    private readonly Dictionary<(int LinkIndex, IpAddress128 Address), (int Servers, MacAddress? Mac)> _neighbours = [];

    private readonly HashSet<IpAddress128> _own = [];

    /// <summary>Servers that may be reached otherwise than when this was last asked for.</summary>
    private HashSet<IpAddress128> _changed = [];

    private IReadOnlyList<PortDevice> _devices = [];

    /// <summary>Every server that has a route.</summary>
    public IEnumerable<IpAddress128> Servers => _routes.Keys;

    /// <summary>Every neighbour that a server is behind, once.</summary>
    public IEnumerable<(int LinkIndex, IpAddress128 Address)> Neighbours => _neighbours.Keys;

    /// <summary>Servers that are this host itself.</summary>
    public IReadOnlyCollection<IpAddress128> Own => _own;

    /// <summary>Says on which devices the datapath stands; a position is the port's device number. VLANs follow.</summary>
    public void SetDevices(IReadOnlyList<PortDevice> devices)
    {
        _devices = devices;
        _changed.UnionWith(_routes.Keys);
    }

    /// <summary>Says whether <paramref name="server"/> is this host itself; and whether that is news.</summary>
    public bool SetOwn(IpAddress128 server, bool isOwn)
    {
        var isNews = isOwn ? _own.Add(server) : _own.Remove(server);
        if (isNews) _changed.Add(server);
        return isNews;
    }

    /// <summary>Sets or clears the route to <paramref name="server"/>; says whether that changes anything.</summary>
    public bool SetRoute(IpAddress128 server, ServerRoute? route)
    {
        ServerRoute? before = _routes.TryGetValue(server, out var known) ? known : null;
        if (route == before) return false;
        _changed.Add(server);
        // The new one first: a neighbour that stays keeps its MAC.
        if (route is { } after)
        {
            _routes[server] = after;
            Count(after, 1);
        }
        else
        {
            _routes.Remove(server);
        }

        if (before is { } gone) Count(gone, -1);
        return true;
    }

    /// <summary>How the host routes to a server, or null.</summary>
    public ServerRoute? RouteTo(IpAddress128 server) => _routes.TryGetValue(server, out var route) ? route : null;

    /// <summary>Whether any server is behind this neighbour.</summary>
    public bool IsNeighbour(int linkIndex, IpAddress128 address) => _neighbours.ContainsKey((linkIndex, address));

    /// <summary>
    /// Sets or clears a neighbour's MAC; says whether a next hop changes by it. Neighbours that no server is behind are not remembered.
    /// </summary>
    public bool SetNeighbour(int linkIndex, IpAddress128 address, MacAddress? mac)
    {
        if (!_neighbours.TryGetValue((linkIndex, address), out var neighbour) || neighbour.Mac == mac) return false;
        _neighbours[(linkIndex, address)] = neighbour with { Mac = mac };
        _changed.UnionWith(ServersBehind(linkIndex, address, neighbour.Servers));
        return true;
    }

    /// <summary>
    /// The servers of which, since this was last called, <see cref="Find"/> or <see cref="Own"/> may have come to say something else.
    /// </summary>
    public IReadOnlyCollection<IpAddress128> TakeChanged()
    {
        if (_changed.Count == 0) return [];
        (var changed, _changed) = (_changed, []);
        return changed;
    }

    /// <summary>How to reach <paramref name="server"/>, or null if that is not known (yet).</summary>
    public NextHop? Find(IpAddress128 server)
    {
        if (!_routes.TryGetValue(server, out var route)) return null;
        if (_neighbours[(route.LinkIndex, route.Neighbour)].Mac is not { } mac) return null;
        for (var index = 0; index < _devices.Count; index++)
        {
            var device = _devices[index];
            if (device.LinkIndex == route.LinkIndex)
            {
                var mtu = route.Mtu > 0 ? Math.Min(route.Mtu, device.Mtu) : device.Mtu;
                return new(device.Vlan == 0 ? (ushort)index : device.Carrier, mac, device.Address, mtu)
                {
                    Address = route.Source, Vlan = device.Vlan,
                };
            }
        }

        return null;
    }

    private IEnumerable<IpAddress128> ServersBehind(int linkIndex, IpAddress128 neighbour, int count)
    {
        // One that is its own neighbour, and nobody else's: on the link, as most are.
        if (count == 1 && _routes.TryGetValue(neighbour, out var own) && own.LinkIndex == linkIndex && own.Neighbour == neighbour)
            return [neighbour];
        return _routes.Where(route => route.Value.LinkIndex == linkIndex && route.Value.Neighbour == neighbour).Select(route => route.Key);
    }

    private void Count(ServerRoute route, int change)
    {
        var key = (route.LinkIndex, route.Neighbour);
        var neighbour = _neighbours.GetValueOrDefault(key);
        neighbour.Servers += change;
        if (neighbour.Servers == 0) _neighbours.Remove(key);
        else _neighbours[key] = neighbour;
    }
}
