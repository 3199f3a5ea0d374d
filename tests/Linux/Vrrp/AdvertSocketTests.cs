using System.Buffers.Binary;
using System.Diagnostics;
using Director.Lab.Namespaces;
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

/// <summary>Adverts of every kind on a real wire, and what the kernel keeps away.</summary>
[Collection("kernel")]
public sealed class AdvertSocketTests : IDisposable
{
    private const byte Id = 201;
    private static readonly IpAddress128 A4 = IpAddress128.Parse("192.168.80.128");
    private static readonly IpAddress128 B4 = IpAddress128.Parse("192.168.80.129");
    private static readonly IpAddress128 A6 = IpAddress128.Parse("fe80::ff:fe00:a");
    private static readonly IpAddress128 B6 = IpAddress128.Parse("fe80::ff:fe00:b");

    private readonly VrrpLab _lab = new();
    private readonly List<string> _problems = [];

    public AdvertSocketTests()
    {
        // Without duplicate detection, which takes seconds.
        foreach (var machine in new[] { _lab.A, _lab.B })
        {
            machine.Sysctl("net.ipv6.conf.e0.accept_dad", "0");
            machine.Sysctl("net.ipv6.conf.e0.disable_ipv6", "0");
        }
    }

    [KernelTheory]
    [InlineData("v4")]
    [InlineData("v4 group")]
    [InlineData("v4 unicast")]
    [InlineData("v6")]
    [InlineData("v6 unicast")]
    public void An_advert_arrives_as_it_was_sent_does_not_come_back_and_its_sender_is_known(string kind)
    {
        var settings = SettingsOf(kind);
        using var b = Open(_lab.B, settings, B6);
        using var a = Open(_lab.A, settings, A6);
        var (from, to) = settings.IsV6 ? (A6, B6) : (A4, B4);
        var sent = Some.Datagram(settings, from, settings.IsUnicast ? to : settings.Selector.Group, 100);
        Assert.True(a.Send(0, Some.Packet(sent).Destination, sent));
        var received = new ReceivedDatagrams();
        Await(b, received, 1);
        Assert.Equal(sent, received[0].ToArray());
        Assert.False(received.WasFragmented(0));
        Assert.Equal("02:00:00:00:00:0a", b.SenderOf(SubscriptionOf(settings), from).ToString());
        Assert.Null(b.SenderOf(SubscriptionOf(settings), to));
        received.Clear();
        Assert.True(a.Receive(received));
        Assert.Equal(0, received.Count);
        Assert.Empty(_problems);
    }

    [KernelTheory]
    [InlineData("v4 unicast", 64)]
    [InlineData("v6 unicast", 64)]
    [InlineData("v6 unicast", 255)]
    public void The_ttl_of_a_unicast_advert_is_what_was_configured_and_is_seen(string kind, byte ttl)
    {
        var settings = SettingsOf(kind) with { UnicastTimeToLive = ttl };
        using var b = Open(_lab.B, settings, B6);
        using var a = Open(_lab.A, settings, A6);
        var (from, to) = settings.IsV6 ? (A6, B6) : (A4, B4);
        Assert.True(a.Send(0, to, Some.Datagram(settings, from, to, 100)));
        var received = new ReceivedDatagrams();
        Await(b, received, 1);
        Assert.Equal(ttl, Some.Packet(received[0].ToArray()).TimeToLive);
    }

    [KernelTheory]
    [InlineData("v4")]
    [InlineData("v6")]
    [InlineData("v4 unicast")]
    public void Adverts_of_routers_that_are_not_ours_stay_in_the_kernel_and_are_counted(string kind)
    {
        var settings = SettingsOf(kind);
        using var b = Open(_lab.B, settings, B6);
        using var a = Open(_lab.A, settings, A6);
        for (var i = 0; i < 100; i++) Send(a, settings with { VirtualRouterId = (byte)(1 + i) });
        Send(a, settings);
        var received = new ReceivedDatagrams();
        Await(b, received, 1);
        Assert.Equal(Id, Some.Packet(received[0].ToArray()).VirtualRouterId);
        Assert.Equal((100, 0), (b.TakeUnknown(), b.TakeUnknown()));
        Assert.Equal(0, b.TakeRouted(SubscriptionOf(settings)));

        // Where somebody wants to know, one a second of each comes through.
        b.Listen([SubscriptionOf(settings) with { WantsUnknown = true }]);
        for (var i = 0; i < 50; i++) Send(a, settings with { VirtualRouterId = 7 });
        Send(a, settings);
        received.Clear();
        Await(b, received, 2);
        Assert.Equal(7, Some.Packet(received[0].ToArray()).VirtualRouterId);
        Assert.InRange(b.TakeUnknown(), 40, 49);
        Assert.Empty(_problems);
    }

    [KernelTheory]
    [InlineData("v4")]
    [InlineData("v6")]
    public void Multicast_adverts_that_have_been_routed_stay_in_the_kernel_but_for_one_a_second_and_are_counted(string kind)
    {
        var settings = SettingsOf(kind);
        using var b = Open(_lab.B, settings, B6);
        using var a = Open(_lab.A, settings, A6);
        for (var i = 0; i < 50; i++) Send(a, settings, datagram => datagram[settings.IsV6 ? 7 : 8] = 254);
        Send(a, settings);
        var received = new ReceivedDatagrams();
        Await(b, received, 2);
        Assert.Equal(254, Some.Packet(received[0].ToArray()).TimeToLive);
        Assert.InRange(b.TakeRouted(SubscriptionOf(settings)), 40, 49);
        Assert.Equal(0, b.TakeUnknown());
    }

    [KernelFact]
    public void A_unicast_router_does_not_hear_multicast_and_the_other_way_round()
    {
        var (unicast, multicast) = (SettingsOf("v4 unicast"), SettingsOf("v4"));
        using var b = Open(_lab.B, unicast, B6);
        using var a = Open(_lab.A, multicast, A6);
        Send(a, multicast);
        Send(a, unicast);
        var received = new ReceivedDatagrams();
        Await(b, received, 1);
        Assert.Equal(B4, Some.Packet(received[0].ToArray()).Destination);
        Send(b, unicast, from: B4, to: A4);
        Send(b, multicast, from: B4);
        received.Clear();
        Await(a, received, 1);
        Assert.True(Some.Packet(received[0].ToArray()).Destination.IsMulticast);
    }

    [KernelTheory]
    [InlineData("v4")]
    [InlineData("v6")]
    public void Without_a_filter_which_needs_a_right_adverts_of_all_routers_and_distances_are_received(string kind)
    {
        var settings = SettingsOf(kind);
        using var a = Open(_lab.A, settings, A6);
        using var b = NamespaceThread.Run(_lab.B, () =>
        {
            using var routes = new RouteSocket();
            var index = routes.DumpLinks().Single(link => link.Name == "e0").Index;
            return new AdvertReceiver(settings.Selector, index, "e0", reporterIndex: 0, receiveBuffer: 0, filter: null);
        });
        Send(a, settings with { VirtualRouterId = 7 });
        Send(a, settings, datagram => datagram[settings.IsV6 ? 7 : 8] = 254);
        var received = new ReceivedDatagrams();
        VrrpLab.Await("both", () => b.Receive(received, 0) && received.Count == 2);
        Assert.Equal((7, 254), (Some.Packet(received[0].ToArray()).VirtualRouterId, Some.Packet(received[1].ToArray()).TimeToLive));
    }

    [KernelFact]
    public void An_advert_in_fragments_which_the_kernel_puts_together_is_known_to_be_one()
    {
        var settings = SettingsOf("v4") with
        {
            Addresses = [.. Enumerable.Range(1, 10).Select(i => new VirtualAddress(IpAddress128.FromV4(0x0a00_0000u + (uint)i)))],
        };
        using var b = Open(_lab.B, settings, B6);
        using var a = Open(_lab.A, settings, A6);
        var whole = Some.Datagram(settings, A4, 100);
        byte[] first = whole[..(20 + 24)];
        byte[] second = [.. whole[..20], .. whole[(20 + 24)..]];
        foreach (var (fragment, flags) in new[] { (first, 0x2000), (second, 24 / 8) })
        {
            BinaryPrimitives.WriteUInt16BigEndian(fragment.AsSpan(2), (ushort)fragment.Length);
            BinaryPrimitives.WriteUInt16BigEndian(fragment.AsSpan(6), (ushort)flags);
            Assert.True(a.Send(0, settings.Selector.Group, fragment));
        }

        var received = new ReceivedDatagrams();
        Await(b, received, 1);
        Assert.Equal(whole.Length, received[0].Length);
        Assert.True(received.WasFragmented(0));
    }

    [KernelFact]
    public void An_interface_without_ipv6_is_not_up_for_ipv6_until_it_has_a_link_local_address()
    {
        _lab.A.Sysctl("net.ipv6.conf.e0.disable_ipv6", "1");
        var settings = SettingsOf("v6");
        using var link = NamespaceThread.Run(_lab.A, () => Opened(settings));
        Assert.True(link.StatusOf(0).LinkLocal.IsUnspecified);
        NamespaceThread.Run(_lab.A, () =>
        {
            _lab.A.Sysctl("net.ipv6.conf.e0.disable_ipv6", "0");
            VrrpLab.Await("the link-local address", () => Events(link) >= 0 && link.StatusOf(0) is { IsUp: true, LinkLocal: var own }
                && own == A6, () => $"{link.StatusOf(0)} {string.Join('\n', _problems)}");
        });
    }

    [KernelFact]
    public void Exchanging_ipv6_adverts_allocates_nothing()
    {
        var settings = SettingsOf("v6");
        using var b = Open(_lab.B, settings, B6);
        using var a = Open(_lab.A, settings, A6);
        var sent = Some.Datagram(settings, A6, 100);
        var received = new ReceivedDatagrams();
        Exchange(10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Exchange(int times)
        {
            for (var i = 0; i < times; i++)
            {
                a.Send(0, AdvertisementDatagram.GroupV6, sent);
                b.Wait(MonotonicClock.Instance.Now + TimeSpan.FromSeconds(1));
                b.Receive(received);
                received.Clear();
            }
        }
    }

    [KernelTheory]
    [InlineData("unknown")]
    [InlineData("malformed")]
    [InlineData("lower")]
    public void Ten_thousand_datagrams_a_second_do_not_delay_adverts(string flood)
    {
        var settings = SettingsOf("v4") with { AdvertInterval = TimeSpan.FromSeconds(1) };
        using var master = VrrpNode.Start(_lab.B, settings with { Priority = 200 });
        VrrpLab.Await("mastership", () => master.HasLogged("Master MasterSilent"), () => string.Join('\n', master.Log));
        using var a = Open(_lab.A, settings with { VirtualRouterId = 250 }, A6);
        var datagram = Some.Datagram(flood == "unknown" ? settings with { VirtualRouterId = 99 } : settings, A4, 50);
        if (flood == "malformed") datagram[26] ^= 1;
        var sent = 0;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(3);)
        {
            var due = (int)(watch.Elapsed.TotalSeconds * 10_000);
            for (; sent < due; sent++) a.Send(0, AdvertisementDatagram.GroupV4, datagram);
            Thread.Sleep(1);
        }

        master.Stop();
        Assert.InRange(sent, 10_000, 30_000);
        // Half an interval is far more than the flood may cost; a loaded machine costs the rest.
        Assert.True(master.Counters.MaxAdvertLateness < TimeSpan.FromMilliseconds(500), $"{master.Counters.MaxAdvertLateness}");
        Assert.InRange(master.Counters.AdvertisementsSent, 3, long.MaxValue);
    }

    public void Dispose() => _lab.Dispose();

    private static AdvertSubscription SubscriptionOf(VrrpInstanceSettings settings) =>
        new(0, settings.Selector, settings.VirtualRouterId);

    private static VrrpInstanceSettings SettingsOf(string kind)
    {
        var v4 = VrrpLab.Instance(100) with { Version = VrrpVersion.V3, Password = null };
        var v6 = v4 with { Addresses = [new(IpAddress128.Parse("fe80::100"), 64), new(IpAddress128.Parse("2001:db8::100"), 64)] };
        return kind switch
        {
            "v4" => v4,
            "v4 group" => v4 with { MulticastGroup = IpAddress128.Parse("224.0.0.118") },
            "v4 unicast" => v4 with { Peers = [new(A4), new(B4)] },
            "v6" => v6,
            "v6 unicast" => v6 with { Peers = [new(A6), new(B6)] },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
        };
    }

    private static void Send(RawVrrpLink by, VrrpInstanceSettings settings, Action<byte[]>? damage = null, IpAddress128? from = null,
        IpAddress128? to = null)
    {
        var destination = settings.IsUnicast ? to ?? (settings.IsV6 ? B6 : B4) : settings.Selector.Group;
        var datagram = Some.Datagram(settings, from ?? (settings.IsV6 ? A6 : A4), destination, 100);
        damage?.Invoke(datagram);
        Assert.True(by.Send(0, destination, datagram));
    }

    /// <summary>Exactly so many datagrams come; what would be more has come before the last, for the wire keeps its order.</summary>
    private static void Await(RawVrrpLink link, ReceivedDatagrams received, int count)
    {
        VrrpLab.Await("datagrams", () =>
        {
            link.Receive(received);
            return received.Count >= count;
        });
        Assert.Equal(count, received.Count);
    }

    private static int Events(RawVrrpLink link)
    {
        var count = 0;
        while (link.TryReadEvent(out _)) count++;
        return count;
    }

    private RawVrrpLink Open(NetworkNamespace where, VrrpInstanceSettings settings, IpAddress128 linkLocal)
    {
        return NamespaceThread.Run(where, () =>
        {
            var link = Opened(settings);
            if (settings.IsV6)
                VrrpLab.Await("the link-local address", () => Events(link) >= 0 && link.StatusOf(0).LinkLocal == linkLocal);
            Assert.True(link.StatusOf(0).IsUp);
            return link;
        });
    }

    private RawVrrpLink Opened(VrrpInstanceSettings settings)
    {
        var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
        Assert.Equal(0, link.Open("e0"));
        link.Listen([SubscriptionOf(settings)]);
        return link;
    }
}
