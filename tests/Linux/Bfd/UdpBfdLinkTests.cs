using System.Text.RegularExpressions;
using Director.Bfd;
using Director.Bfd.Ports;
using Director.Linux;
using Director.Linux.Bfd;
using Director.Linux.Vrrp;
using Director.Net;
using Director.Tests.Bfd.Support;
using Director.Tests.Linux.Vrrp;
using Director.Tests.Support;

namespace Director.Tests.Linux.Bfd;

[Collection("kernel")]
public class UdpBfdLinkTests
{
    [KernelFact]
    public void Two_of_ours_come_up_over_IPv4_and_IPv6_at_once_and_one_sees_the_other_die_and_return()
    {
        using var lab = new BfdLab();
        using var a = BfdNode.Start(lab.A, BfdLab.AtA, BfdLab.V6(BfdLab.AtA) with { Name = "b6" });
        using (var b = BfdNode.Start(lab.B, BfdLab.AtB, BfdLab.V6(BfdLab.AtB) with { Name = "a6" }))
        {
            foreach (var session in new[] { "b", "b6" }) a.AwaitState(session, BfdState.Up);
            foreach (var session in new[] { "a", "a6" }) b.AwaitState(session, BfdState.Up);
            b.Crash();
        }

        foreach (var session in new[] { "b", "b6" }) a.AwaitState(session, BfdState.Down);
        Assert.Contains("b Down DetectionTimeExpired", a.Log);
        using (var b = BfdNode.Start(lab.B, BfdLab.AtB))
        {
            a.AwaitState("b", BfdState.Up);
            b.Stop();
        }

        VrrpLab.Await("the goodbye", () => a.Log.Contains("b Down NeighborSignaledDown"), () => string.Join('\n', a.Log));
    }

    [KernelFact]
    public void A_packet_tells_where_it_came_from_and_went_to_and_its_hop_limit()
    {
        using var lab = new BfdLab();
        BfdSettings[] sent = [BfdLab.AtA with { HopLimit = 254 }, BfdLab.V6(BfdLab.AtA) with { HopLimit = 77 },
            BfdLab.AtA with { IsMultihop = true }, BfdLab.V6(BfdLab.AtA) with { IsMultihop = true, HopLimit = 1 }];
        NamespaceThread.Run(lab.B, () =>
        {
            using var waiter = new RawVrrpLink(MonotonicClock.Instance, Assert.Fail);
            using var b = new UdpBfdLink(waiter.Watch, Assert.Fail);
            foreach (var settings in new[] { BfdLab.AtB, BfdLab.AtB with { IsMultihop = true } })
            {
                b.Open(settings);
                b.Open(BfdLab.V6(settings));
            }

            using var a = NamespaceThread.Run(lab.A, () => new UdpBfdLink(_ => { }, Assert.Fail));
            foreach (var settings in sent)
            {
                var packet = SomeBfd.Bytes(SomeBfd.Control(BfdState.Down) with { DetectMultiplier = settings.HopLimit });
                NamespaceThread.Run(lab.A, () => Assert.True(a.Send(a.Open(settings), packet)));
                var packets = new ReceivedPackets();
                VrrpLab.Await("the packet", () =>
                {
                    waiter.Wait(MonotonicClock.Instance.Now + TimeSpan.FromSeconds(1));
                    return b.Receive(packets) && packets.Count == 1;
                });
                Assert.Equal(packet, packets[0].ToArray());
                Assert.Equal(new PacketOrigin(settings.Source!.Value, settings.Neighbor, settings.HopLimit, settings.IsMultihop),
                    packets.OriginOf(0));
            }
        });
    }

    [KernelFact]
    public void Packets_come_from_ports_of_their_own_marked_as_control_traffic()
    {
        using var lab = new BfdLab();
        using var tap = lab.B.Start("tcpdump", "-i", "e0", "-n", "-v", "-l", "--immediate-mode", "udp");
        VrrpLab.Await("tcpdump", () => tap.Lines.Any(line => line.Contains("listening", StringComparison.Ordinal)));
        using var a = BfdNode.Start(lab.A, BfdLab.AtA, BfdLab.V6(BfdLab.AtA) with { Name = "b6" },
            BfdLab.AtA with { Name = "far", IsMultihop = true });
        string Seen() => string.Join('\n', tap.Lines);
        VrrpLab.Await("packets", () => Seen() is var text && text.Contains(".4784:", StringComparison.Ordinal)
            && text.Contains("192.168.80.129.3784:", StringComparison.Ordinal)
            && text.Contains("fd80::129.3784:", StringComparison.Ordinal), Seen);
        Assert.Contains("tos 0xc0, ttl 255", Seen(), StringComparison.Ordinal);
        Assert.Contains("class 0xc0", Seen(), StringComparison.Ordinal);
        Assert.Contains("hlim 255", Seen(), StringComparison.Ordinal);
        var ports = Regex.Matches(Seen(), @"(?:80\.128|::128)\.(\d+) >").Select(match => match.Groups[1].Value).Distinct().Select(int.Parse)
            .ToList();
        Assert.Equal(3, ports.Count);
        Assert.All(ports, port => Assert.InRange(port, 49152, 65535));
    }

    [KernelFact]
    public void A_packet_from_beyond_a_router_is_not_taken_on_one_hop()
    {
        using var lab = new BfdLab();
        using var a = BfdNode.Start(lab.A, BfdLab.AtA);
        using var b = BfdNode.Start(lab.B, BfdLab.AtB with { HopLimit = 254 });
        VrrpLab.Await("rejections", () => a.Log.Contains("rejected HopLimit 192.168.80.129"), () => string.Join('\n', a.Log));
        Assert.Equal(BfdState.Down, a.State("b"));
    }

    [KernelFact]
    public void A_source_address_that_is_not_there_yet_is_told_once_and_waited_for()
    {
        using var lab = new BfdLab();
        using var b = BfdNode.Start(lab.B, BfdLab.AtB with { Neighbor = IpAddress128.Parse("192.168.80.140") });
        using var a = BfdNode.Start(lab.A, BfdLab.AtA with { Source = IpAddress128.Parse("192.168.80.140") });
        VrrpLab.Await("failures", () => a.Log.Count(line => line == "b send failed") >= 2, () => string.Join('\n', a.Log));
        Assert.Single(a.Log, line => line.Contains("no BFD packets for now: bind 192.168.80.140", StringComparison.Ordinal));
        lab.A.AddAddress("e0", "192.168.80.140/24");
        a.AwaitState("b", BfdState.Up);
    }

    [KernelFact]
    public void Sending_and_receiving_allocate_nothing()
    {
        using var lab = new BfdLab();
        NamespaceThread.Run(lab.A, () =>
        {
            using var link = new UdpBfdLink(_ => { }, Assert.Fail);
            var own = new[] { BfdLab.AtB with { Source = null }, BfdLab.V6(BfdLab.AtB) }.Select(link.Open).ToList();
            var packet = SomeBfd.Bytes(SomeBfd.Control(BfdState.Down));
            var packets = new ReceivedPackets();
            var received = 0;
            Exchange(10);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Exchange(1000);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(2020, received);

            void Exchange(int times)
            {
                for (var i = 0; i < times; i++)
                {
                    link.Send(own[0], packet);
                    link.Send(own[1], packet);
                    packets.Clear();
                    link.Receive(packets);
                    received += packets.Count;
                }
            }
        });
    }
}
