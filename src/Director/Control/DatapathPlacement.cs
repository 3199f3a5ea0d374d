using Director.Config;
using Director.Linux.Netlink;
using Director.Net;

namespace Director.Control;

/// <summary>
/// Where the datapath must stand: the devices by which VIPs are reached and real servers are, found from the configuration and the host's
/// links, addresses and routes. Pure.
/// </summary>
/// <param name="Devices">In order of discovery; a position is the port's device number. For AF_PACKET, to which a VLAN is a device.</param>
/// <param name="XdpDevices">The same for XDP: see <see cref="VlanCarriers"/>.</param>
/// <param name="StaticVips">VIPs that no <c>vrrp_instance</c> has but the host does: served as long as they are there.</param>
/// <param name="Routes">How the kernel would send to each real server and sorry server; null is no route.</param>
/// <param name="Problems">What cannot be served and why, with file:line.</param>
/// <param name="Errors">
/// Interfaces that virtual routers need and that do not exist, with file:line. If one came later, its VIP would be owned but not steered.
/// </param>
internal sealed record DatapathPlacement(
    IReadOnlyList<PortDevice> Devices,
    IReadOnlyList<PortDevice> XdpDevices,
    IReadOnlyList<IpAddress128> StaticVips,
    IReadOnlyDictionary<IpAddress128, RouteEntry?> Routes,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Errors)
{
    /// <summary>All devices that a port may stand on, whatever its kind.</summary>
    public IReadOnlyList<PortDevice> AllDevices => [.. Devices.Concat(XdpDevices).DistinctBy(device => device.LinkIndex)];

    /// <summary>Finds it. <paramref name="route"/> asks the kernel's routing table, once for each server.</summary>
    public static DatapathPlacement Find(
        DirectorConfig config,
        IReadOnlyList<LinkEntry> links,
        IReadOnlyList<AddressEntry> addresses,
        Func<IpAddress128, RouteEntry?> route)
    {
        var devices = new List<PortDevice>();
        var staticVips = new HashSet<IpAddress128>();
        var routes = new Dictionary<IpAddress128, RouteEntry?>();
        var problems = new List<string>();
        var owned = config.VrrpInstances
            .SelectMany(instance => instance.AllAddresses())
            .ToLookup(address => address.Address);
        var present = addresses.ToLookup(entry => entry.Address, entry => (int?)entry.LinkIndex);

        foreach (var service in config.VirtualServers)
        {
            foreach (var key in service.Keys.DistinctBy(key => key.Virtual.Address)) PlaceVip(service, key);
            foreach (var server in service.AllServers) PlaceServer(service, server);
        }

        var errors = new List<string>();
        var served = config.VirtualServers.SelectMany(service => service.Keys).Select(key => key.Virtual.Address).ToHashSet();
        foreach (var (instance, name) in MissingInterfaces(config, links))
        {
            var what = $"interface {name} of vrrp_instance {instance.Name} does not exist";
            // One that comes later is not steered.
            var isServed = instance.AllAddresses().Any(address => address.Interface == name && served.Contains(address.Address));
            if (!config.Globals.AllowsMissingInterfaces) errors.Add($"{instance.Location}: error: {what}");
            else if (isServed) errors.Add($"{instance.Location}: error: {what}, and the VIP of a virtual_server is to be on it");
            else problems.Add($"{instance.Location}: {what}: the instance is in FAULT until it does");
        }

        return new(devices, VlanCarriers.Find(devices, links), [.. staticVips], routes, problems, errors);

        void PlaceVip(VirtualServerConfig service, ServiceKey key)
        {
            var vip = key.Virtual.Address;
            if (owned[vip].FirstOrDefault() is { } address)
            {
                if (links.FirstOrDefault(link => link.Name == address.Interface) is { } link)
                    Place(link, $"interface {address.Interface} of VIP {vip}", service.Location);
            }
            else if (present[vip].FirstOrDefault() is { } index)
            {
                staticVips.Add(vip);
                Place(Link(index), $"the interface that has VIP {vip}", service.Location);
            }
            else
            {
                problems.Add(
                    $"{service.Location}: VIP {vip} is on no interface of this host and no vrrp_instance owns it: " +
                    $"VS {key} gets no packets");
            }
        }

        void PlaceServer(VirtualServerConfig service, RealServerConfig server)
        {
            var kind = ReferenceEquals(server, service.SorryServer) ? "sorry server" : "real server";
            var name = $"{kind} {server.Endpoint.ToString(service.Key.Protocol)}";
            switch (RouteTo(server.Endpoint.Address))
            {
                case null:
                    problems.Add($"{server.Location}: no route to {name}");
                    break;
                case { Kind: RouteKind.Local }:
                    // By way of the host's own stack.
                    if (server.Method == ForwardingMethodConfig.Nat)
                        problems.Add($"{server.Location}: {name} is this host itself: {HostAsServer(service, server)}");
                    break;
                case { Kind: not RouteKind.Unicast } refused:
                    problems.Add($"{server.Location}: the route to {name} is {refused.Kind}: it gets no packets");
                    break;
                case { Gateway: { } gateway } routed when server.Method == ForwardingMethodConfig.DirectRouting:
                    problems.Add(
                        $"{server.Location}: {name} is behind gateway {gateway}; in direct routing it must be on the link");
                    Place(Link(routed.LinkIndex), $"the route to {name}", server.Location);
                    break;
                case { } direct:
                    Place(Link(direct.LinkIndex), $"the route to {name}", server.Location);
                    break;
            }
        }

        RouteEntry? RouteTo(IpAddress128 server)
        {
            if (!routes.TryGetValue(server, out var found)) routes.Add(server, found = route(server));
            return found;
        }

        LinkEntry? Link(int index) => links.FirstOrDefault(link => link.Index == index);

        void Place(LinkEntry? link, string what, SourceLocation location)
        {
            if (link is null) problems.Add($"{location}: {what} does not exist");
            else if (link.Flags.HasFlag(LinkFlags.Loopback))
                problems.Add($"{location}: {what} is the loopback device, where nothing can be steered");
            else if (devices.TrueForAll(device => device.LinkIndex != link.Index))
                devices.Add(VlanCarriers.PortDeviceOf(link, location.ToString()));
        }
    }

    /// <summary>What becomes of masquerading where nothing of the host's answers passes a device of ours.</summary>
    private static string HostAsServer(VirtualServerConfig service, RealServerConfig server)
    {
        var refused = service.Keys.Where(key => !server.KeepsPort(key.Virtual.Port)).Take(1).ToList();
        return refused.Count > 0
            ? $"its answers cannot be given the VIP's port, so VS {refused[0]} does not use it; " +
              "use lvs_method DR with a server that listens on the VIP's port"
            : "it gets packets as they came, so it must listen on the VIP's port at any address";
    }

    private static IEnumerable<(VrrpInstanceConfig Instance, string Name)> MissingInterfaces(
        DirectorConfig config, IReadOnlyList<LinkEntry> links) =>
        from instance in config.VrrpInstances
        from name in instance.AllAddresses().Select(address => address.Interface).Prepend(instance.Interface).Distinct()
        where links.All(link => link.Name != name)
        select (instance, name);
}
