using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Netlink;
using Director.Net;
using Director.Tests.Support;

namespace Director.Tests.Linux.Netlink;

[Collection("kernel")]
public sealed class RouteSocketTests
{
    private static readonly IpAddress128 Vip = IpAddress128.Parse("192.168.80.130");
    private static readonly MacAddress LeftMac = Mac("02:00:00:00:80:01");
    private static readonly MacAddress RightMac = Mac("02:00:00:00:80:02");

    [KernelFact]
    public void Links_are_listed_with_name_address_mtu_and_kind() => OnPair((socket, left, _) =>
    {
        left.Ip("link", "set", "eth0", "mtu", "1400");
        var links = socket.DumpLinks();
        var loopback = Assert.Single(links, link => link.Name == "lo");
        Assert.True(loopback.Flags.HasFlag(LinkFlags.Loopback));
        Assert.True(loopback.IsOperational);
        Assert.Null(loopback.Xdp);
        var link = Assert.Single(links, link => link.Name == "eth0");
        Assert.Equal(LeftMac, link.Address);
        Assert.Equal(1400, link.Mtu);
        Assert.Equal("veth", link.Kind);
        Assert.True(link.IsOperational);
        Assert.Equal(0, link.MasterIndex);
    });

    [KernelFact]
    public void A_macvlan_names_its_parent_and_is_down_until_set_up() => OnPair((socket, left, _) =>
    {
        left.Ip("link", "add", "link", "eth0", "name", "mac0", "type", "macvlan", "mode", "private");
        var made = Link(socket, "mac0");
        Assert.Equal("macvlan", made.Kind);
        Assert.Equal(Link(socket, "eth0").Index, made.ParentIndex);
        Assert.False(made.IsOperational);
        socket.SetLinkUp(made.Index);
        Assert.True(Link(socket, "mac0").Flags.HasFlag(LinkFlags.Up));
    });

    [KernelFact]
    public void An_address_is_added_once_and_removed_once() => OnPair((socket, _, _) =>
    {
        var entry = new AddressEntry(Link(socket, "eth0").Index, Vip, 24) { Protocol = AddressEntry.DirectorProtocol };
        Assert.True(socket.AddAddress(entry));
        Assert.False(socket.AddAddress(entry));
        Assert.Single(socket.DumpAddresses(), address => address.Address == Vip);
        Assert.True(socket.RemoveAddress(entry));
        Assert.False(socket.RemoveAddress(entry));
        Assert.DoesNotContain(socket.DumpAddresses(), address => address.Address == Vip);
    });

    [KernelFact]
    public void An_address_keeps_its_mark_label_and_broadcast() => OnPair((socket, _, _) =>
    {
        var broadcast = IpAddress128.Parse("192.168.80.255");
        socket.AddAddress(new(Link(socket, "eth0").Index, Vip, 32)
        {
            Protocol = AddressEntry.DirectorProtocol, Label = "eth0:vip", Broadcast = broadcast,
        });
        var seen = Assert.Single(socket.DumpAddresses(), address => address.Address == Vip);
        Assert.Equal(AddressEntry.DirectorProtocol, seen.Protocol);
        Assert.Equal("eth0:vip", seen.Label);
        Assert.Equal(broadcast, seen.Broadcast);
        Assert.Equal(32, seen.PrefixLength);
        Assert.Null(seen.Peer);
        Assert.True(seen.Flags.HasFlag(AddressFlags.Permanent));
    });

    [KernelFact]
    public void An_address_that_was_there_gets_the_mark() => OnPair((socket, left, _) =>
    {
        left.AddAddress("eth0", $"{Vip}/24");
        Assert.Equal(0, Assert.Single(socket.DumpAddresses(), address => address.Address == Vip).Protocol);
        Assert.False(socket.AddAddress(new(Link(socket, "eth0").Index, Vip, 24) { Protocol = AddressEntry.DirectorProtocol }));
        Assert.Equal(AddressEntry.DirectorProtocol, Assert.Single(socket.DumpAddresses(), address => address.Address == Vip).Protocol);
    });

    [KernelFact]
    public void The_same_address_with_another_prefix_length_is_left_alone() => OnPair((socket, _, _) =>
    {
        var index = Link(socket, "eth0").Index;
        socket.AddAddress(new(index, Vip, 24));
        Assert.False(socket.RemoveAddress(new(index, Vip, 32)));
        Assert.Single(socket.DumpAddresses(), address => address.Address == Vip && address.PrefixLength == 24);
    });

    [KernelFact]
    public void A_link_that_is_gone_has_no_address_to_remove_and_takes_none() => OnPair((socket, left, _) =>
    {
        var entry = new AddressEntry(Link(socket, "eth0").Index, Vip, 24);
        socket.AddAddress(entry);
        left.Ip("link", "del", "eth0");
        Assert.False(socket.RemoveAddress(entry));
        Assert.Equal(Errno.ENODEV, Assert.Throws<LinuxException>(() => socket.AddAddress(entry)).Errno);
    });

    [KernelFact]
    public void A_refusal_carries_the_kernels_own_sentence() => OnPair((socket, _, _) =>
    {
        var refusal = Assert.Throws<LinuxException>(() => socket.AddAddress(new(Link(socket, "eth0").Index, Vip, 33)));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("Invalid prefix length", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("192.168.80.130/33", refusal.Message, StringComparison.Ordinal);
    });

    [KernelFact]
    public void An_IPv6_address_is_usable_at_once_and_may_be_deprecated() => OnPair(ipv6: true, test: (socket, _, _) =>
    {
        var address = IpAddress128.Parse("2001:db8::130");
        var entry = new AddressEntry(Link(socket, "eth0").Index, address, 128)
        {
            Protocol = AddressEntry.DirectorProtocol,
            Flags = AddressFlags.NoDuplicateDetection, PreferredSeconds = 0,
        };
        Assert.True(socket.AddAddress(entry));
        Assert.False(socket.AddAddress(entry));
        var seen = Assert.Single(socket.DumpAddresses(), candidate => candidate.Address == address);
        Assert.Equal(AddressFlags.Deprecated, seen.Flags & (AddressFlags.Deprecated | AddressFlags.Tentative));
        Assert.Equal(AddressEntry.DirectorProtocol, seen.Protocol);
        Assert.True(socket.RemoveAddress(entry));
        Assert.False(socket.RemoveAddress(entry));
    });

    [KernelFact]
    public void A_route_says_link_gateway_source_and_mtu() => OnPair((socket, left, _) =>
    {
        left.AddAddress("eth0", "192.168.80.1/24");
        left.Ip("route", "add", "10.9.0.0/16", "via", "192.168.80.2", "mtu", "1280");
        var eth0 = Link(socket, "eth0").Index;
        var own = IpAddress128.Parse("192.168.80.1");
        var near = IpAddress128.Parse("192.168.80.2");
        Assert.Equal(new RouteEntry(near, eth0, RouteKind.Unicast) { PreferredSource = own, Table = 254 }, socket.FindRoute(near));
        var far = IpAddress128.Parse("10.9.1.1");
        var route = socket.FindRoute(far);
        var expected = new RouteEntry(far, eth0, RouteKind.Unicast) { PreferredSource = own, Gateway = near, Mtu = 1280, Table = 254 };
        Assert.Equal(expected, route);
        Assert.Equal(near, route!.Value.NextHop);
        Assert.Equal(RouteKind.Local, socket.FindRoute(own)!.Value.Kind);
        Assert.Null(socket.FindRoute(IpAddress128.Parse("172.16.0.1")));
    });

    [KernelTheory]
    [InlineData("unreachable")]
    [InlineData("prohibit")]
    [InlineData("blackhole")]
    public void A_route_to_nowhere_is_no_route(string type) => OnPair((socket, left, _) =>
    {
        left.Ip("route", "add", type, "10.9.0.0/16");
        Assert.Null(socket.FindRoute(IpAddress128.Parse("10.9.1.1")));
    });

    [KernelFact]
    public void An_IPv6_route_is_found() => OnPair(ipv6: true, test: (socket, left, _) =>
    {
        left.AddAddress("eth0", "2001:db8::1/64");
        left.Ip("route", "add", "2001:db8:1::/64", "via", "2001:db8::2");
        var route = socket.FindRoute(IpAddress128.Parse("2001:db8:1::9"));
        Assert.Equal(IpAddress128.Parse("2001:db8::2"), route!.Value.Gateway);
        Assert.Equal(Link(socket, "eth0").Index, route.Value.LinkIndex);
        Assert.Null(socket.FindRoute(IpAddress128.Parse("2001:db8:2::9")));
    });

    [KernelTheory]
    [InlineData("192.168.80.1", "192.168.80.2", 24)]
    [InlineData("2001:db8::1", "2001:db8::2", 64)]
    public void A_probed_neighbour_is_resolved_and_reported(string own, string other, int prefixLength) => OnPair(ipv6: true,
        test: (socket, left, right) =>
    {
        left.AddAddress("eth0", $"{own}/{prefixLength}");
        right.AddAddress("eth0", $"{other}/{prefixLength}");
        var index = Link(socket, "eth0").Index;
        var address = IpAddress128.Parse(other);
        using var monitor = new RouteMonitor(RouteGroups.Neighbours);
        Assert.Null(socket.FindNeighbour(index, address));
        socket.ProbeNeighbour(index, address);
        var change = Await(monitor, change => change.Neighbour.Address == address && change.Neighbour.IsUsable);
        Assert.Equal(RouteChangeKind.NeighbourSet, change.Kind);
        Assert.Equal(index, change.Neighbour.LinkIndex);
        Assert.Equal(RightMac, change.Neighbour.LinkAddress);
        Assert.Equal(RightMac, socket.FindNeighbour(index, address)!.Value.LinkAddress);
        Assert.Contains(socket.DumpNeighbours(), neighbour => neighbour.Address == address && neighbour.LinkAddress == RightMac);
        Assert.Contains("managed", left.Ip("neigh", "show", other), StringComparison.Ordinal);
        socket.ProbeNeighbour(index, address, keepFresh: false);
        Assert.DoesNotContain("managed", left.Ip("neigh", "show", other), StringComparison.Ordinal);
    });

    [KernelFact]
    public void A_neighbour_that_does_not_answer_fails() => OnPair((socket, left, _) =>
    {
        left.AddAddress("eth0", "192.168.80.1/24");
        var index = Link(socket, "eth0").Index;
        var address = IpAddress128.Parse("192.168.80.9");
        using var monitor = new RouteMonitor(RouteGroups.Neighbours);
        socket.ProbeNeighbour(index, address, keepFresh: false);
        var change = Await(monitor, change => change.Neighbour.Address == address && change.Neighbour.State == NeighbourState.Failed);
        Assert.False(change.Neighbour.IsUsable);
        Assert.Null(change.Neighbour.LinkAddress);
    });

    [KernelFact]
    public void A_neighbour_set_by_hand_stays_as_it_is() => OnPair((socket, left, _) =>
    {
        left.AddAddress("eth0", "192.168.80.1/24");
        left.Ip("neigh", "add", "192.168.80.7", "lladdr", "02:00:00:00:00:07", "nud", "permanent", "dev", "eth0");
        var index = Link(socket, "eth0").Index;
        var address = IpAddress128.Parse("192.168.80.7");
        socket.ProbeNeighbour(index, address);
        var expected = new NeighbourEntry(index, address, Mac("02:00:00:00:00:07"), NeighbourState.Permanent);
        Assert.Equal(expected, socket.FindNeighbour(index, address));
        Assert.True(expected.IsUsable);
    });

    [KernelFact]
    public void Many_addresses_fill_several_datagrams_of_a_dump() => OnPair((socket, _, _) =>
    {
        var index = Link(socket, "eth0").Index;
        var first = IpAddress128.Parse("10.1.0.1").V4;
        for (uint i = 0; i < 1000; i++) socket.AddAddress(new(index, IpAddress128.FromV4(first + i), 32));
        var seen = socket.DumpAddresses().Where(address => address.LinkIndex == index).Select(address => address.Address.V4).Order();
        Assert.Equal(Enumerable.Range((int)first, 1000).Select(value => (uint)value), seen);
    });

    internal static LinkEntry Link(RouteSocket socket, string name) => Assert.Single(socket.DumpLinks(), link => link.Name == name);

    /// <summary>The first change that is meant; half a minute is a broken kernel, not a slow machine.</summary>
    internal static RouteChange Await(RouteMonitor monitor, Func<RouteChange, bool> isMeant)
    {
        while (true)
        {
            while (monitor.TryRead(out var change))
            {
                if (isMeant(change)) return change;
            }

            Assert.True(monitor.Wait(TimeSpan.FromSeconds(30)), "the change did not come");
        }
    }

    internal static void OnPair(Action<RouteSocket, NetworkNamespace, NetworkNamespace> test, bool ipv6 = false)
    {
        using var set = new NamespaceSet();
        var left = set.Create("left", ipv6);
        var right = set.Create("right", ipv6);
        Veth.Connect(left, "eth0", right, "eth0", LeftMac, RightMac);
        NamespaceThread.Run(left, () =>
        {
            using var socket = new RouteSocket();
            test(socket, left, right);
        });
    }

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new FormatException(text);
}
