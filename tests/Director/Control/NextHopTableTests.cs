using Director.Control;
using Director.Datapath;
using Director.Net;

namespace Director.Tests.Control;

public sealed class NextHopTableTests
{
    private static readonly IpAddress128 Server = IpAddress128.Parse("192.168.80.133");
    private static readonly IpAddress128 Gateway = IpAddress128.Parse("192.168.80.1");
    private static readonly MacAddress ServerMac = Mac("02:00:00:00:01:33");
    private static readonly MacAddress OurMac = Mac("02:00:00:00:00:0b");

    private readonly NextHopTable _table = new();

    public NextHopTableTests() => _table.SetDevices([new(7, "eth0", Mac("02:00:00:00:00:0a"), 1500), new(9, "eth1", OurMac, 1400)]);

    [Fact]
    public void A_next_hop_needs_a_route_a_neighbour_and_a_device_of_ours()
    {
        Assert.Null(_table.Find(Server));
        Assert.True(_table.SetRoute(Server, new(9, Server, 0)));
        Assert.Null(_table.Find(Server));
        Assert.True(_table.SetNeighbour(9, Server, ServerMac));
        Assert.Equal(new NextHop(1, ServerMac, OurMac, 1400), _table.Find(Server));

        _table.SetRoute(Server, new(12, Server, 0));
        _table.SetNeighbour(12, Server, ServerMac);
        Assert.Null(_table.Find(Server));
    }

    [Fact]
    public void What_is_on_a_vlan_leaves_by_its_carrier_with_its_tag()
    {
        PortDevice vlan = new(20, "eth1.30", OurMac, 1400) { Vlan = 30, Carrier = 1 };
        _table.SetDevices([new(7, "eth0", OurMac, 1500), new(9, "eth1", OurMac, 1500), vlan]);
        _table.SetRoute(Server, new(20, Server, 0));
        _table.SetNeighbour(20, Server, ServerMac);
        Assert.Equal(new NextHop(1, ServerMac, OurMac, 1400) { Vlan = 30 }, _table.Find(Server));
    }

    [Fact]
    public void A_tunnel_begins_at_the_address_that_the_route_prefers()
    {
        var own = IpAddress128.Parse("192.168.80.2");
        _table.SetRoute(Server, new(9, Server, 0) { Source = own });
        _table.SetNeighbour(9, Server, ServerMac);
        Assert.Equal(own, _table.Find(Server)!.Value.Address);
    }

    [Fact]
    public void A_server_that_is_this_host_is_told_apart_until_it_is_not()
    {
        Assert.True(_table.SetOwn(Server, true));
        Assert.False(_table.SetOwn(Server, true));
        Assert.Contains(Server, _table.Own);
        Assert.True(_table.SetOwn(Server, false));
        Assert.False(_table.SetOwn(Server, false));
        Assert.Empty(_table.Own);
    }

    [Fact]
    public void A_routed_server_is_reached_by_its_gateways_MAC()
    {
        _table.SetRoute(Server, new(7, Gateway, 1300));
        Assert.False(_table.SetNeighbour(7, Server, ServerMac));
        Assert.True(_table.SetNeighbour(7, Gateway, ServerMac));
        Assert.Equal(1300, _table.Find(Server)!.Value.Mtu);
    }

    [Fact]
    public void Only_a_change_is_a_change()
    {
        Assert.True(_table.SetRoute(Server, new(7, Server, 0)));
        Assert.False(_table.SetRoute(Server, new(7, Server, 0)));
        Assert.True(_table.SetNeighbour(7, Server, ServerMac));
        Assert.False(_table.SetNeighbour(7, Server, ServerMac));
        Assert.True(_table.SetNeighbour(7, Server, null));
        Assert.False(_table.SetNeighbour(7, Server, null));
        Assert.Null(_table.Find(Server));
    }

    [Fact]
    public void A_gateway_is_known_as_long_as_a_server_is_behind_it()
    {
        var other = IpAddress128.Parse("192.168.80.134");
        _table.SetRoute(Server, new(7, Gateway, 0));
        _table.SetRoute(other, new(7, Gateway, 0));
        _table.SetNeighbour(7, Gateway, ServerMac);
        Assert.Equal([(7, Gateway)], _table.Neighbours);

        Assert.True(_table.SetRoute(Server, null));
        Assert.False(_table.SetRoute(Server, null));
        Assert.Equal(ServerMac, _table.Find(other)!.Value.Destination);

        Assert.True(_table.SetRoute(other, new(7, Gateway, 1400)));
        Assert.Equal((ServerMac, 1400), (_table.Find(other)!.Value.Destination, _table.Find(other)!.Value.Mtu));

        Assert.True(_table.SetRoute(other, new(9, other, 0)));
        Assert.False(_table.IsNeighbour(7, Gateway));
        _table.SetRoute(other, new(7, Gateway, 0));
        Assert.Null(_table.Find(other));
    }

    private static MacAddress Mac(string text)
    {
        Assert.True(MacAddress.TryParse(text, out var mac));
        return mac;
    }
}
