using Director.Linux;
using Director.Linux.Netlink;
using Director.Linux.Vrrp;
using Director.Net;
using Director.Tests.Support;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;

namespace Director.Tests.Linux.Vrrp;

[Collection("kernel")]
public class RawVrrpLinkTests
{
    private static readonly VirtualAddress Vip = new(IpAddress128.Parse(VrrpLab.Vip), 24, Label: "e0:vip");
    private readonly List<string> _problems = [];

    [KernelFact]
    public void An_interface_s_source_is_its_first_address_that_is_not_virtual()
    {
        using var lab = new VrrpLab();
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = Open();
            Assert.Equal((true, IpAddress128.Parse("192.168.80.128")), (link.StatusOf(0).IsUp, link.StatusOf(0).Source));
            link.SetVirtualAddresses(new HashSet<IpAddress128> { IpAddress128.Parse("192.168.80.128") });
            Assert.True(link.StatusOf(0).Source.IsUnspecified);
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void A_change_of_the_MTU_is_told()
    {
        using var lab = new VrrpLab();
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = Open();
            Assert.Equal((1500, false), (link.StatusOf(0).Mtu, link.StatusOf(0).IsMissing));
            Events(link);
            lab.A.Ip("link", "set", "e0", "mtu", "1400");
            Assert.NotEmpty(Events(link));
            Assert.Equal(1400, link.StatusOf(0).Mtu);
            lab.A.Ip("link", "del", "e0");
            Assert.NotEmpty(Events(link));
            Assert.True(link.StatusOf(0).IsMissing);
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void Adverts_arrive_as_they_were_sent_and_do_not_come_back()
    {
        using var lab = new VrrpLab();
        var sent = Some.Datagram(VrrpLab.Instance(100), IpAddress128.Parse("192.168.80.128"), 100);
        using var b = NamespaceThread.Run(lab.B, Open);
        NamespaceThread.Run(lab.A, () =>
        {
            using var a = Open();
            Assert.True(a.Send(0, AdvertisementDatagram.GroupV4, sent));
            b.Wait(MonotonicClock.Instance.Now + TimeSpan.FromSeconds(30));
            var received = new ReceivedDatagrams();
            Assert.True(b.Receive(received));
            Assert.Equal(1, received.Count);
            Assert.Equal(sent, received[0].ToArray());
            received.Clear();
            Assert.True(a.Receive(received));
            Assert.Equal(0, received.Count);
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void An_address_is_added_with_label_and_mark_and_its_removal_by_somebody_else_is_told()
    {
        using var lab = new VrrpLab();
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = Open();
            Assert.True(link.AddAddress(0, Vip));
            Assert.True(link.AddAddress(0, Vip));
            using var routes = new RouteSocket();
            var shown = Assert.Single(routes.DumpAddresses(), entry => entry.Address == Vip.Address);
            Assert.Equal((24, "e0:vip", AddressEntry.DirectorProtocol), (shown.PrefixLength, shown.Label, shown.Protocol));
            Assert.True(link.HasAddress(0, Vip.Address));
            Assert.Empty(Events(link));
            Assert.Equal("192.168.80.128", link.StatusOf(0).Source.ToString());

            lab.A.Ip("address", "del", "192.168.80.130/24", "dev", "e0");
            Assert.Equal([new(0, Vip.Address)], Events(link));
            Assert.False(link.HasAddress(0, Vip.Address));
            Assert.True(link.RemoveAddress(0, Vip));
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void What_a_crashed_predecessor_left_is_removed_and_nothing_else()
    {
        using var lab = new VrrpLab();
        lab.A.AddAddress("e0", VrrpLab.Vip + "/24");
        lab.A.AddAddress("e0", "192.168.80.140/24");
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = Open();
            using var routes = new RouteSocket();
            var loopback = routes.DumpLinks().Single(entry => entry.Name == "lo").Index;
            var own = routes.DumpLinks().Single(entry => entry.Name == "e0").Index;
            // One that has left the configuration meanwhile, and another director's on an interface that is not ours.
            routes.AddAddress(new(own, IpAddress128.Parse("192.168.80.131"), 32) { Protocol = AddressEntry.DirectorProtocol });
            routes.AddAddress(new(loopback, IpAddress128.Parse("192.168.80.132"), 32) { Protocol = AddressEntry.DirectorProtocol });
            link.SetVirtualAddresses(new HashSet<IpAddress128> { Vip.Address });
            Assert.Equal(["192.168.80.130", "192.168.80.131"], link.RemoveLeftovers().Select(address => address.ToString()).Order());
            var left = routes.DumpAddresses().Where(entry => entry.Address.IsV4 && !entry.Address.IsLoopback)
                .Select(entry => entry.Address.ToString());
            Assert.Equal(["192.168.80.128", "192.168.80.132", "192.168.80.140"], left.Order());
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void A_link_is_followed_down_and_up_and_through_its_removal_and_return()
    {
        using var lab = new VrrpLab();
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = Open();
            lab.B.Ip("link", "set", "e0", "down");
            AwaitStatus(link, up: false);
            lab.B.Ip("link", "set", "e0", "up");
            AwaitStatus(link, up: true);
            lab.A.Ip("link", "del", "e0");
            AwaitStatus(link, up: false);
            Assert.True(link.StatusOf(0).Source.IsUnspecified);
            Assert.False(link.Send(0, AdvertisementDatagram.GroupV4, Some.Datagram(VrrpLab.Instance(100), Vip.Address, 100)));
            Assert.False(link.AddAddress(0, Vip));
            Director.Lab.Namespaces.Veth.Connect(lab.A, "e0", lab.B, "e0");
            lab.A.AddAddress("e0", "192.168.80.138/24");
            AwaitStatus(link, up: true);
            VrrpLab.Await("the new address", () => Events(link).Count >= 0 && link.StatusOf(0).Source.ToString() == "192.168.80.138");
            Assert.True(link.Send(0, AdvertisementDatagram.GroupV4, Some.Datagram(VrrpLab.Instance(100), Vip.Address, 100)));
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void Sending_waiting_and_receiving_allocate_nothing()
    {
        using var lab = new VrrpLab();
        var sent = Some.Datagram(VrrpLab.Instance(100), IpAddress128.Parse("192.168.80.128"), 100);
        using var b = NamespaceThread.Run(lab.B, Open);
        NamespaceThread.Run(lab.A, () =>
        {
            using var a = Open();
            var received = new ReceivedDatagrams();
            Exchange(10);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Exchange(1000);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

            void Exchange(int times)
            {
                for (var i = 0; i < times; i++)
                {
                    a.Send(0, AdvertisementDatagram.GroupV4, sent);
                    a.Announce(0, Vip.Address);
                    b.Wait(MonotonicClock.Instance.Now + TimeSpan.FromSeconds(1));
                    b.Receive(received);
                    received.Clear();
                    a.TryReadEvent(out _);
                }
            }
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void A_gratuitous_arp_moves_the_neighbour_s_entry()
    {
        using var lab = new VrrpLab();
        lab.B.Ip("neigh", "add", VrrpLab.Vip, "lladdr", "02:00:00:00:00:99", "dev", "e0", "nud", "reachable");
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = Open();
            Assert.True(link.Announce(0, Vip.Address));
        });
        VrrpLab.Await("the new entry", () => lab.B.Ip("neigh", "show", VrrpLab.Vip)
            .Contains("02:00:00:00:00:0a", StringComparison.Ordinal));
    }

    private static List<LinkEvent> Events(RawVrrpLink link)
    {
        var events = new List<LinkEvent>();
        while (link.TryReadEvent(out var changed)) events.Add(changed);
        return events;
    }

    private static void AwaitStatus(RawVrrpLink link, bool up) =>
        VrrpLab.Await(up ? "up" : "down", () => Events(link).Count >= 0 && link.StatusOf(0).IsUp == up);

    private RawVrrpLink Open()
    {
        var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
        Assert.Equal(0, link.Open("e0"));
        link.Listen([new(0, VrrpLab.Instance(100).Selector, VrrpLab.Instance(100).VirtualRouterId)]);
        return link;
    }
}
