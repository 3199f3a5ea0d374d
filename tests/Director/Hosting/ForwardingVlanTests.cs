using Director.Control;
using Director.Datapath;
using Director.Hosting;
using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Netlink;
using Director.Net;
using Director.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Director.Tests.Hosting;

[Collection("kernel")]
public sealed class ForwardingVlanTests
{
    private const ushort Vlan = 20;

    [KernelFact]
    public void A_vlan_is_served_by_its_carrier_in_xdp_modes_and_a_device_of_its_own_by_af_packet()
    {
        using var set = new NamespaceSet();
        var (here, there) = (set.Create("here"), set.Create("there"));
        Veth.Connect(here, "eth0", there, "eth0");
        // This stands for the VLAN device, which not every kernel can make.
        Veth.Connect(here, "eth0.20", there, "eth1");
        here.Run("ethtool", "-K", "eth0", "rxvlan", "off");
        NamespaceThread.Run(here, () =>
        {
            var placement = PlacementOf();
            using (var byXdp = Start(DatapathMode.Xdp, placement))
                Assert.Equal([("eth0", 0, 0), ("eth0.20", Vlan, 0)], Told(byXdp));
            using var byPacket = Start(DatapathMode.Packet, placement);
            Assert.Equal([("eth0.20", 0, 0)], Told(byPacket));
        });
    }

    [KernelFact]
    public void A_device_that_takes_tags_out_is_refused_with_the_line_that_needs_it_and_auto_goes_on_by_af_packet()
    {
        using var set = new NamespaceSet();
        var (here, there) = (set.Create("here"), set.Create("there"));
        Veth.Connect(here, "eth0", there, "eth0");
        Veth.Connect(here, "eth0.20", there, "eth1");
        here.Run("ethtool", "-K", "eth0", "rxvlan", "on");
        NamespaceThread.Run(here, () =>
        {
            var placement = PlacementOf();
            var refusal = Assert.Throws<LinuxException>(() => Start(DatapathMode.Xdp, placement));
            Assert.Contains("XDP on eth0, which lb.conf:7 needs: ", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("ethtool -K eth0 rxvlan off", refusal.Message, StringComparison.Ordinal);
            using var forwarding = Start(DatapathMode.Auto, placement);
            Assert.Equal([("eth0.20", 0, 0)], Told(forwarding));
            Assert.Contains(refusal.Message, forwarding.Status().Why, StringComparison.Ordinal);
        });
    }

    private static Forwarding Start(DatapathMode mode, DatapathPlacement placement) => Forwarding.Start(
        new DatapathSettings { Mode = mode, Connections = 1024 }, IpvsSettings.Default, placement, _ => { }, NullLogger.Instance);

    private static IEnumerable<(string Name, ushort Vlan, ushort Carrier)> Told(Forwarding forwarding) =>
        forwarding.Devices.Select(device => (device.Name, device.Vlan, device.Carrier));

    /// <summary>Something is on eth0.20 alone.</summary>
    private static DatapathPlacement PlacementOf()
    {
        using var routes = new Director.Linux.Netlink.RouteSocket();
        var links = routes.DumpLinks();
        var carrier = links.Single(link => link.Name == "eth0");
        var vlan = links.Single(link => link.Name == "eth0.20") with
        {
            Kind = "vlan", ParentIndex = carrier.Index, Vlan = new(Vlan, 0x8100), Address = carrier.Address,
        };
        IReadOnlyList<PortDevice> placed = [VlanCarriers.PortDeviceOf(vlan, "lb.conf:7")];
        return new(placed, VlanCarriers.Find(placed, [carrier, vlan]), [], new Dictionary<IpAddress128, RouteEntry?>(), [], []);
    }
}
