using Director.Linux.Abi;
using Director.Linux.Netlink;
using Director.Net;
using Director.Tests.Support;
using Tmds.Linux;

namespace Director.Tests.Linux.Netlink;

[Collection("kernel")]
public sealed class RouteMonitorTests
{
    private static readonly IpAddress128 Vip = IpAddress128.Parse("192.168.80.130");

    [KernelFact]
    public void Addresses_that_come_and_go_are_reported_with_their_mark() => RouteSocketTests.OnPair((socket, _, _) =>
    {
        using var monitor = new RouteMonitor(RouteGroups.Addresses);
        var entry = new AddressEntry(RouteSocketTests.Link(socket, "eth0").Index, Vip, 24) { Protocol = AddressEntry.DirectorProtocol };
        socket.AddAddress(entry);
        var added = RouteSocketTests.Await(monitor, change => change.Address.Address == Vip);
        Assert.Equal(RouteChangeKind.AddressSet, added.Kind);
        Assert.Equal(entry.LinkIndex, added.Address.LinkIndex);
        Assert.Equal(AddressEntry.DirectorProtocol, added.Address.Protocol);
        socket.RemoveAddress(entry);
        Assert.Equal(RouteChangeKind.AddressRemoved, RouteSocketTests.Await(monitor, change => change.Address.Address == Vip).Kind);
        Assert.False(monitor.TryRead(out _));
        Assert.Equal(0, monitor.Unreadable);
    });

    [KernelFact]
    public void IPv6_addresses_are_reported() => RouteSocketTests.OnPair(ipv6: true, test: (socket, _, _) =>
    {
        using var monitor = new RouteMonitor(RouteGroups.Addresses);
        var address = IpAddress128.Parse("2001:db8::130");
        socket.AddAddress(new(RouteSocketTests.Link(socket, "eth0").Index, address, 128) { Flags = AddressFlags.NoDuplicateDetection });
        Assert.Equal(RouteChangeKind.AddressSet, RouteSocketTests.Await(monitor, change => change.Address.Address == address).Kind);
    });

    [KernelFact]
    public void A_link_is_reported_down_up_renamed_and_gone() => RouteSocketTests.OnPair((socket, left, right) =>
    {
        var index = RouteSocketTests.Link(socket, "eth0").Index;
        using var monitor = new RouteMonitor(RouteGroups.Links);
        right.Ip("link", "set", "eth0", "down");
        var down = RouteSocketTests.Await(monitor, change => change.Link is { IsOperational: false } link && link.Index == index);
        Assert.True(down.Link!.Flags.HasFlag(LinkFlags.Up));
        right.Ip("link", "set", "eth0", "up");
        RouteSocketTests.Await(monitor, change => change.Link is { IsOperational: true } link && link.Index == index);
        left.Ip("link", "set", "eth0", "down");
        left.Ip("link", "set", "eth0", "name", "lan0");
        Assert.Equal(index, RouteSocketTests.Await(monitor, change => change.Link is { Name: "lan0" }).Link!.Index);
        left.Ip("link", "del", "lan0");
        var gone = RouteSocketTests.Await(monitor, change => change.Kind == RouteChangeKind.LinkRemoved);
        Assert.Equal((index, "lan0"), (gone.Link!.Index, gone.Link.Name));
    });

    [KernelFact]
    public void Only_what_was_asked_for_is_heard() => RouteSocketTests.OnPair((socket, _, _) =>
    {
        using var monitor = new RouteMonitor(RouteGroups.Links);
        socket.AddAddress(new(RouteSocketTests.Link(socket, "eth0").Index, Vip, 24));
        Assert.False(monitor.TryRead(out _));
        Assert.False(monitor.Wait(TimeSpan.Zero));
    });

    [KernelFact]
    public void Lost_changes_are_an_overrun_and_listening_goes_on() => RouteSocketTests.OnPair((socket, _, _) =>
    {
        using var monitor = new RouteMonitor(RouteGroups.Addresses, bufferSize: 1);
        var entry = new AddressEntry(RouteSocketTests.Link(socket, "eth0").Index, Vip, 24);
        for (var i = 0; i < 500; i++)
        {
            socket.AddAddress(entry);
            socket.RemoveAddress(entry);
        }

        RouteSocketTests.Await(monitor, change => change.IsOverrun);
        while (monitor.TryRead(out _))
        {
        }

        socket.AddAddress(entry);
        Assert.Equal(RouteChangeKind.AddressSet, RouteSocketTests.Await(monitor, change => change.Address.Address == Vip).Kind);
    });

    [KernelFact]
    public void A_neighbour_is_read_without_allocating() => RouteSocketTests.OnPair((socket, left, right) =>
    {
        left.AddAddress("eth0", "192.168.80.1/24");
        right.AddAddress("eth0", "192.168.80.2/24");
        var other = IpAddress128.Parse("192.168.80.2");
        using var monitor = new RouteMonitor(RouteGroups.Neighbours);
        // The first reading compiles.
        monitor.TryRead(out _);
        socket.ProbeNeighbour(RouteSocketTests.Link(socket, "eth0").Index, other);
        var usable = false;
        while (!usable)
        {
            Assert.True(monitor.Wait(TimeSpan.FromSeconds(30)), "the neighbour did not answer");
            var before = GC.GetAllocatedBytesForCurrentThread();
            while (monitor.TryRead(out var change)) usable |= change.Neighbour.Address == other && change.Neighbour.IsUsable;
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    });

    [KernelFact]
    public void What_another_process_sends_is_not_believed() => RouteSocketTests.OnPair((socket, _, _) =>
    {
        using var monitor = new RouteMonitor(RouteGroups.Addresses);
        var index = RouteSocketTests.Link(socket, "eth0").Index;
        SendAddress(PortOf(monitor.Handle), new(index, IpAddress128.Parse("192.168.80.99"), 24));
        Assert.True(monitor.Wait(TimeSpan.Zero), "the forged message did not arrive");
        Assert.False(monitor.TryRead(out _));
        socket.AddAddress(new(index, Vip, 24));
        Assert.True(monitor.TryRead(out var change));
        Assert.Equal(Vip, change.Address.Address);
    });

    private static unsafe uint PortOf(int descriptor)
    {
        NetlinkAbi.SocketAddress address;
        socklen_t length = sizeof(NetlinkAbi.SocketAddress);
        Assert.Equal(0, LibC.getsockname(descriptor, (sockaddr*)&address, &length));
        return address.Port;
    }

    private static unsafe void SendAddress(uint port, AddressEntry entry)
    {
        using var forger = new NetlinkSocket();
        var message = AddressMessage.WriteAdd(new byte[NetlinkLimits.RequestSize], 0, 0, entry);
        var address = new NetlinkAbi.SocketAddress { Family = (ushort)LibC.AF_NETLINK, Port = port };
        long sent;
        fixed (byte* data = message)
            sent = LibC.sendto(forger.Handle, data, message.Length, 0, (sockaddr*)&address, sizeof(NetlinkAbi.SocketAddress));
        Assert.Equal(message.Length, sent);
    }
}
