using Director.Linux;
using Director.Linux.Vrrp;
using Director.Net;
using Director.Tests.Support;
using Director.Vrrp;
using Director.Vrrp.Ports;

namespace Director.Tests.Linux.Vrrp;

/// <summary>Addresses of both families with their options, and what is announced of them, on real interfaces.</summary>
[Collection("kernel")]
public class AddressOptionTests
{
    private static readonly IpAddress128 VipV6 = IpAddress128.Parse("2001:db8::100");
    private readonly List<string> _problems = [];

    /// <summary>What ip-address(8) shows is what keepalived 2.2.7 makes of the same words.</summary>
    [KernelTheory]
    [InlineData("10.0.0.100", 32, VirtualAddressOptions.None, uint.MaxValue, null, "inet 10.0.0.100/32 scope global e0")]
    [InlineData("10.0.0.100", 24, VirtualAddressOptions.NoPrefixRoute, uint.MaxValue, null,
        "inet 10.0.0.100/24 scope global noprefixroute e0")]
    [InlineData("10.0.0.100", 30, VirtualAddressOptions.None, uint.MaxValue, "10.5.0.2",
        "inet 10.0.0.100 peer 10.5.0.2/30 scope global e0")]
    [InlineData("239.1.1.1", 32, VirtualAddressOptions.JoinsGroup, uint.MaxValue, null, "inet 239.1.1.1/32 scope global autojoin e0")]
    [InlineData("2001:db8::100", 128, VirtualAddressOptions.None, 0u, null, "inet6 2001:db8::100/128 scope global nodad deprecated")]
    [InlineData("2001:db8::100", 64, VirtualAddressOptions.NoPrefixRoute, 1000u, null,
        "inet6 2001:db8::100/64 scope global nodad noprefixroute")]
    [InlineData("2001:db8::100", 64, VirtualAddressOptions.None, uint.MaxValue, null, "inet6 2001:db8::100/64 scope global nodad")]
    [InlineData("2001:db8::100", 64, VirtualAddressOptions.DetectsDuplicates, uint.MaxValue, null, "inet6 2001:db8::100/64 scope global")]
    [InlineData("2001:db8::100", 64, VirtualAddressOptions.Home | VirtualAddressOptions.ManagesTemporary, 0u, null,
        "inet6 2001:db8::100/64 scope global nodad home deprecated mngtmpaddr")]
    public void An_address_has_its_options_and_goes_without_a_trace(
        string text, int prefixLength, VirtualAddressOptions options, uint preferred, string? peer, string shown)
    {
        using var lab = new VrrpLab(ipv6: true);
        lab.A.Sysctl("net.ipv6.conf.e0.accept_dad", "0");
        var address = new VirtualAddress(IpAddress128.Parse(text), prefixLength)
        {
            Options = options, PreferredSeconds = preferred, Peer = peer is null ? null : IpAddress128.Parse(peer),
        };
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = Open();
            Assert.True(link.AddAddress(0, address));
            Assert.True(link.HasAddress(0, address.Address));
            Assert.Contains(shown, Shown(lab).Replace(" proto 0x70", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.True(link.RemoveAddress(0, address));
            Assert.False(link.HasAddress(0, address.Address));
        });
        Assert.DoesNotContain(text, Shown(lab), StringComparison.Ordinal);
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void The_loss_of_an_IPv6_address_is_told_and_one_that_a_predecessor_left_is_removed()
    {
        using var lab = new VrrpLab(ipv6: true);
        NamespaceThread.Run(lab.A, () =>
        {
            using (var predecessor = Open()) Assert.True(predecessor.AddAddress(0, new(VipV6, 64)));
            using var link = Open();
            Assert.Equal([VipV6], link.RemoveLeftovers());
            Assert.True(link.AddAddress(0, new(VipV6, 64)));
            while (link.TryReadEvent(out _)) { }
            lab.A.Ip("address", "del", $"{VipV6}/64", "dev", "e0");
            var events = new List<LinkEvent>();
            while (link.TryReadEvent(out var changed)) events.Add(changed);
            Assert.Contains(new(0, VipV6), events);
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void A_neighbour_advertisement_moves_the_neighbour_s_entry_and_says_whether_we_forward()
    {
        using var lab = new VrrpLab(ipv6: true);
        NamespaceThread.Run(lab.A, () =>
        {
            foreach (var forwards in (ReadOnlySpan<bool>)[false, true])
            {
                using var link = Open();
                lab.A.Sysctl("net.ipv6.conf.e0.forwarding", forwards ? "1" : "0");
                lab.B.Ip("neigh", "replace", $"{VipV6}", "lladdr", "02:00:00:00:00:99", "dev", "e0", "nud", "reachable");
                var job = new AnnouncementJob(new());
                job.SetPlan(new(VrrpLab.Instance(100).Garp, [(0, VipV6)], []));
                link.Announcer.Add(job);
                job.AnnounceMastership();
                link.WakeAnnouncer();
                VrrpLab.Await("the new entry", () => Neighbour(lab).Contains("02:00:00:00:00:0a", StringComparison.Ordinal),
                    () => Neighbour(lab));
                job.Cancel();
                Assert.Equal(forwards, Neighbour(lab).Contains("router", StringComparison.Ordinal));
            }
        });
        Assert.Empty(_problems);
    }

    [KernelFact]
    public void Two_hundred_addresses_are_announced_by_another_thread_than_the_one_that_asks()
    {
        using var lab = new VrrpLab();
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = Open();
            var counters = new VrrpCounters();
            var job = new AnnouncementJob(counters);
            job.SetPlan(new(VrrpLab.Instance(100).Garp,
                [.. Enumerable.Range(1, 200).Select(i => (0, IpAddress128.FromV4(0x0a00_0000u + (uint)i)))], []));
            link.Announcer.Add(job);
            job.AnnounceMastership();
            link.WakeAnnouncer();
            VrrpLab.Await("all announcements", () => counters.AnnouncementsSent >= 1000, () => $"{counters.AnnouncementsSent}");
            Assert.Equal(0, job.TakeFailures(out _));
            job.Cancel();
        });
        Assert.Empty(_problems);
    }

    private static string Shown(VrrpLab lab) => lab.A.Ip("-d", "address", "show", "dev", "e0");

    private static string Neighbour(VrrpLab lab) => lab.B.Ip("-6", "neigh", "show", $"{VipV6}");

    private RawVrrpLink Open()
    {
        var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
        Assert.Equal(0, link.Open("e0"));
        return link;
    }
}
