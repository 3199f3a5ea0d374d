using Director.Control;
using Director.Linux.Netlink;
using Director.Net;

namespace Director.Tests.Control;

public sealed class VlanCarriersTests
{
    private const ushort Customer = 0x8100, Service = 0x88a8;

    private static readonly MacAddress First = Mac("02:00:00:00:00:0a");
    private static readonly MacAddress Second = Mac("02:00:00:00:00:0b");

    private static readonly LinkEntry[] Links =
    [
        Link(2, "eth0", First),
        Link(3, "eth1", Second),
        Vlan(20, "eth0.20", First, 2, 20),
        Vlan(30, "eth0.30", First, 2, 30) with { Mtu = 1400 },
        Vlan(31, "eth1.30", Second, 3, 30),
        Vlan(40, "eth0.40", Second, 2, 40),
        Vlan(50, "eth0.50", First, 2, 50, Service),
        Vlan(60, "eth0.20.60", First, 20, 60),
        Vlan(70, "eth9.70", First, 9, 70),
        Vlan(80, "eth0.0", First, 2, 0),
    ];

    [Fact]
    public void A_device_that_is_no_vlan_is_its_own()
    {
        Assert.Equal(Placed("eth1", "eth0"), VlanCarriers.Find(Placed("eth1", "eth0"), Links));
    }

    [Fact]
    public void Vlans_are_served_by_their_carriers_and_stand_behind_all_devices()
    {
        var devices = VlanCarriers.Find(Placed("eth0.20", "eth1.30", "eth0", "eth0.30"), Links);
        Assert.Equal(["eth0", "eth1", "eth0.20", "eth1.30", "eth0.30"], devices.Select(device => device.Name));
        Assert.Equal([(0, 0), (0, 0), (20, 0), (30, 1), (30, 0)], devices.Select(device => ((int)device.Vlan, (int)device.Carrier)));
        Assert.Equal([1500, 1500, 1500, 1500, 1400], devices.Select(device => device.Mtu));
        Assert.Equal("lb.conf:eth0.20", devices[0].NeededBy);
    }

    [Theory]
    [InlineData("eth0.40")]
    [InlineData("eth0.50")]
    [InlineData("eth0.20.60")]
    [InlineData("eth9.70")]
    [InlineData("eth0.0")]
    public void A_vlan_that_no_carrier_can_serve_is_its_own_device(string name) =>
        Assert.Equal(Placed(name), VlanCarriers.Find(Placed(name), Links));

    private static IReadOnlyList<PortDevice> Placed(params string[] names) =>
        [.. names.Select(name => VlanCarriers.PortDeviceOf(Links.Single(link => link.Name == name), $"lb.conf:{name}"))];

    private static LinkEntry Link(int index, string name, MacAddress mac) => new(index, name, mac, 1500, LinkFlags.Up | LinkFlags.Running);

    private static LinkEntry Vlan(int index, string name, MacAddress mac, int parent, ushort id, ushort type = Customer) =>
        Link(index, name, mac) with { Kind = "vlan", ParentIndex = parent, Vlan = new(id, type) };

    private static MacAddress Mac(string text)
    {
        Assert.True(MacAddress.TryParse(text, out var mac));
        return mac;
    }
}
