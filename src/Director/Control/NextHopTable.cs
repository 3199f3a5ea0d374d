using Director.Datapath;
using Director.Net;

namespace Director.Control;

/// <summary>
/// How each real server is reached: its route, the neighbour's MAC, the device. Pure; the control loop's own. A server without a route, a
/// neighbour or a device of ours has no next hop, and its packets are dropped and counted until it has one.
/// </summary>
internal sealed class NextHopTable
{
    private IReadOnlyList<PortDevice> _devices = [];
    private readonly Dictionary<IpAddress128, ServerRoute> _routes = [];
    private readonly Dictionary<(int LinkIndex, IpAddress128 Address), MacAddress> _neighbours = [];

    /// <summary>Says on which devices the datapath stands; a position is the port's device number.</summary>
    public void SetDevices(IReadOnlyList<PortDevice> devices) => _devices = devices;

    /// <summary>Every server that has a route, to keep its neighbour entry fresh.</summary>
    public IEnumerable<KeyValuePair<IpAddress128, ServerRoute>> Routes => _routes;

    /// <summary>Sets or clears the route to <paramref name="server"/>; says whether that changes anything.</summary>
    public bool SetRoute(IpAddress128 server, ServerRoute? route)
    {
        if (route is not { } known) return _routes.Remove(server);
        if (_routes.TryGetValue(server, out var before) && before == known) return false;
        _routes[server] = known;
        return true;
    }

    /// <summary>
    /// Sets or clears a neighbour's MAC; says whether a next hop changes by it. Neighbours that are nobody's next hop are not remembered.
    /// </summary>
    public bool SetNeighbour(int linkIndex, IpAddress128 address, MacAddress? mac)
    {
        if (!_routes.Values.Any(route => route.LinkIndex == linkIndex && route.Neighbour == address)) return false;
        if (mac is not { } known) return _neighbours.Remove((linkIndex, address));
        if (_neighbours.TryGetValue((linkIndex, address), out var before) && before == known) return false;
        _neighbours[(linkIndex, address)] = known;
        return true;
    }

    /// <summary>How to reach <paramref name="server"/>, or null if that is not known (yet).</summary>
    public NextHop? Find(IpAddress128 server)
    {
        if (!_routes.TryGetValue(server, out var route)) return null;
        if (!_neighbours.TryGetValue((route.LinkIndex, route.Neighbour), out var mac)) return null;
        for (var index = 0; index < _devices.Count; index++)
        {
            var device = _devices[index];
            if (device.LinkIndex == route.LinkIndex)
                return new((ushort)index, mac, device.Address, route.Mtu > 0 ? Math.Min(route.Mtu, device.Mtu) : device.Mtu);
        }

        return null;
    }
}
