using Director.Config;
using Director.Control;
using Director.Linux.Netlink;
using Director.Net;

namespace Director.Tests.Control;

public sealed class DatapathPlacementTests
{
    private static readonly IpAddress128 Vip = IpAddress128.Parse("192.168.80.130");
    private static readonly IpAddress128 First = IpAddress128.Parse("192.168.80.133");
    private static readonly IpAddress128 Second = IpAddress128.Parse("10.0.0.134");
    private static readonly SourceLocation Here = new("lb.conf", 7);

    private static readonly LinkEntry[] Links =
    [
        new(1, "lo", default, 65536, LinkFlags.Loopback | LinkFlags.Up | LinkFlags.Running),
        new(2, "eth0", default, 1500, LinkFlags.Up | LinkFlags.Running),
        new(3, "eth1", default, 9000, LinkFlags.Up | LinkFlags.Running),
    ];

    [Fact]
    public void The_devices_of_the_vip_and_of_each_route_are_found_once()
    {
        var placement = Find(Config(owned: true), [], address => new(address, address == Second ? 3 : 2, RouteKind.Unicast));
        Assert.Equal(["eth0", "eth1"], placement.Devices.Select(device => device.Name));
        Assert.Empty(placement.StaticVips);
        Assert.Empty(placement.Problems);
    }

    [Fact]
    public void The_kernel_is_asked_for_each_route_once_and_what_it_said_is_kept()
    {
        var config = Config(owned: true);
        config = config with { VirtualServers = [config.VirtualServers[0], config.VirtualServers[0]] };
        var asked = new List<IpAddress128>();
        var placement = Find(config, [], address =>
        {
            asked.Add(address);
            return address == Second ? null : new(address, 2, RouteKind.Unicast);
        });
        Assert.Equal([First, Second], asked);
        Assert.Equal([First, Second], placement.Routes.Keys);
        Assert.Equal(2, placement.Routes[First]?.LinkIndex);
        Assert.Null(placement.Routes[Second]);
    }

    [Fact]
    public void A_vip_that_is_there_without_an_instance_is_static()
    {
        var placement = Find(Config(owned: false), [new(3, Vip, 24)], address => new(address, 3, RouteKind.Unicast));
        Assert.Equal([Vip], placement.StaticVips);
        Assert.Equal(["eth1"], placement.Devices.Select(device => device.Name));
    }

    [Fact]
    public void What_cannot_be_served_is_named_with_its_place()
    {
        var placement = Find(Config(owned: false), [], address => address == First
            ? null
            : new RouteEntry(address, 1, RouteKind.Prohibit));
        Assert.Empty(placement.Devices);
        Assert.Equal(3, placement.Problems.Count);
        Assert.All(placement.Problems, problem => Assert.StartsWith("lb.conf:7: ", problem, StringComparison.Ordinal));
        Assert.Contains("is on no interface of this host and no vrrp_instance owns it", placement.Problems[0], StringComparison.Ordinal);
        Assert.Contains("no route to real server [192.168.80.133]:tcp:80", placement.Problems[1], StringComparison.Ordinal);
        Assert.Contains("is Prohibit: it gets no packets", placement.Problems[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_this_host_itself_needs_no_device()
    {
        var placement = Find(Config(owned: true), [], address => new(address, 1, RouteKind.Local));
        Assert.Equal(["eth0"], placement.Devices.Select(device => device.Name));
        Assert.Empty(placement.Problems);
    }

    [Theory]
    [InlineData(80, "it gets packets as they came, so it must listen on the VIP's port at any address")]
    [InlineData(8080, "its answers cannot be given the VIP's port, so VS [192.168.80.130]:tcp:80 does not use it; "
        + "use lvs_method DR with a server that listens on the VIP's port")]
    public void What_this_host_itself_cannot_do_as_a_masqueraded_server_is_named(ushort port, string problem)
    {
        var config = Config(owned: true, ForwardingMethodConfig.Nat, port);
        var placement = Find(config, [], address => new(address, 1, address == First ? RouteKind.Local : RouteKind.Unicast));
        Assert.Equal($"lb.conf:7: real server [192.168.80.133]:tcp:{port} is this host itself: {problem}", placement.Problems[0]);
    }

    [Fact]
    public void A_sorry_server_is_placed_and_named_as_one()
    {
        var config = Config(owned: true);
        var service = config.VirtualServers[0] with { SorryServer = Server(Second, ForwardingMethodConfig.DirectRouting, 80) };
        config = config with { VirtualServers = [service with { RealServers = [service.RealServers[0]] }] };
        Assert.Equal(
            ["eth0", "eth1"],
            Find(config, [], address => new(address, address == Second ? 3 : 2, RouteKind.Unicast)).Devices.Select(device => device.Name));
        Assert.Equal(
            ["lb.conf:7: no route to sorry server [10.0.0.134]:tcp:80"],
            Find(config, [], address => address == Second ? null : new(address, 2, RouteKind.Unicast)).Problems);
    }

    [Theory]
    [InlineData(ForwardingMethodConfig.Tunnel)]
    [InlineData(ForwardingMethodConfig.Nat)]
    public void Tunnels_and_masquerading_may_lead_by_a_gateway(ForwardingMethodConfig method)
    {
        var config = Config(owned: true, method);
        var gateway = IpAddress128.Parse("192.168.80.1");
        var placement = Find(config, [], address => new(address, 3, RouteKind.Unicast) { Gateway = gateway });
        Assert.Equal(["eth0", "eth1"], placement.Devices.Select(device => device.Name));
        Assert.Empty(placement.Problems);
    }

    [Fact]
    public void A_server_behind_a_gateway_is_placed_but_named()
    {
        var gateway = IpAddress128.Parse("192.168.80.1");
        var placement = Find(Config(owned: true), [], address => new(address, 2, RouteKind.Unicast) { Gateway = gateway });
        Assert.Equal(["eth0"], placement.Devices.Select(device => device.Name));
        Assert.All(placement.Problems, problem => Assert.Contains("behind gateway 192.168.80.1", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void An_interface_that_a_virtual_router_needs_must_exist()
    {
        var config = Config(owned: true);
        config = config with { VrrpInstances = [config.VrrpInstances[0] with { Interface = "eth7" }] };
        var placement = Find(config, [], address => new(address, 2, RouteKind.Unicast));
        Assert.Equal(["lb.conf:7: error: interface eth7 of vrrp_instance VI_1 does not exist"], placement.Errors);
        Assert.Equal(["eth0"], placement.Devices.Select(device => device.Name));
    }

    [Fact]
    public void Unless_interfaces_may_come_later_and_no_service_is_on_it()
    {
        var config = Config(owned: true);
        config = config with
        {
            VrrpInstances = [config.VrrpInstances[0] with { Interface = "eth7" }],
            Globals = config.Globals with { AllowsMissingInterfaces = true },
        };
        var placement = Find(config, [], address => new(address, 2, RouteKind.Unicast));
        Assert.Empty(placement.Errors);
        Assert.Equal(["lb.conf:7: interface eth7 of vrrp_instance VI_1 does not exist: the instance is in FAULT until it does"],
            placement.Problems);

        var instance = config.VrrpInstances[0];
        config = config with
        {
            VrrpInstances = [instance with { Addresses = [.. instance.Addresses.Select(vip => vip with { Interface = "eth7" })] }],
        };
        Assert.Equal(
            ["lb.conf:7: error: interface eth7 of vrrp_instance VI_1 does not exist, and the VIP of a virtual_server is to be on it"],
            Find(config, [], address => new(address, 2, RouteKind.Unicast)).Errors);
    }

    private static DatapathPlacement Find(
        DirectorConfig config, IReadOnlyList<AddressEntry> addresses, Func<IpAddress128, RouteEntry?> route) =>
        DatapathPlacement.Find(config, Links, addresses, route);

    private static DirectorConfig Config(
        bool owned, ForwardingMethodConfig method = ForwardingMethodConfig.DirectRouting, ushort port = 80)
    {
        var key = new ServiceKey(IpProtocol.Tcp, new(Vip, 80));
        var service = new VirtualServerConfig(key, "wlc", null, 32, [Server(First, method, port), Server(Second, method, port)], Here);
        return new(new(null), owned ? [Instance()] : [], [service]);
    }

    private static RealServerConfig Server(IpAddress128 address, ForwardingMethodConfig method, ushort port) =>
        new(new(address, port), 1, false, [], Here) { Method = method };

    private static VrrpInstanceConfig Instance() => new(
        "VI_1", VrrpInitialState.Master, "eth0", 201, 100, TimeSpan.FromSeconds(1), "1111",
        [new(Vip, 24, "eth0", null, 0, null, Here)], [], true, TimeSpan.Zero,
        new(5, TimeSpan.FromSeconds(5), TimeSpan.Zero, 1), null, Here);
}
