using Director.Perf.Routers;
using Director.Perf.Routers.Peers;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>Adverts from peer to peer, without a group (docs/interop.md).</summary>
public sealed class UnicastTests(ITestOutputHelper output)
{
    private const string A = "10.9.0.1", B = "10.9.0.2", A6 = "2001:db8:9::1", B6 = "2001:db8:9::2", Vip6 = "2001:db8:9::100";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);
    private static readonly RouterPlan PlanA = Duel.PlanA with { Version = 3, Interval = Tenth };
    private static readonly RouterPlan PlanB = Duel.PlanB with { Version = 3, Interval = Tenth };

    [InteropFact]
    public Task Cases_15_and_16_peers_by_IPv4_and_IPv6() => Task.WhenAll(
        Duels.PlayAsync(output, duel => StopAndKillAsync(duel, "15", Unicast(PlanA, A, B), Unicast(PlanB, B, A))),
        Duels.PlayAsync(output, duel => StopAndKillAsync(duel, "16",
            Unicast(PlanA with { Addresses = [Vip6] }, A6, B6), Unicast(PlanB with { Addresses = [Vip6] }, B6, A6)), ipv6: true));

    [InteropFact]
    public Task Cases_17_and_18_who_is_no_peer_and_who_speaks_to_the_group_instead() => Task.WhenAll(
        Duels.PlayAsync(output, async duel =>
        {
            duel.B.Start(new PeerPlan(Unicast(PlanB, B, "10.9.0.77")));
            duel.A.Start(new PeerPlan(Unicast(PlanA, A, B)));
            await duel.AdvertAsync(duel.A, Duel.Now);
            await duel.SteadyAsync(duel.A, Second);
            // keepalived believes whoever speaks to it; the director asks who it is.
            if (duel.B is DirectorPeer)
                await duel.UntilAsync("17: B does not believe a stranger", () => duel.A.Has(VrrpLan.Vip) && duel.B.Has(VrrpLan.Vip));
            else
                await duel.UntilAsync("17: B believes a stranger", () => duel.OnlyOn(duel.A));
        }),
        Duels.PlayAsync(output, async duel =>
        {
            duel.B.Start(new PeerPlan(PlanB));
            duel.A.Start(new PeerPlan(Unicast(PlanA, A, B)));
            await duel.UntilAsync("18: both are masters", () => duel.A.Has(VrrpLan.Vip) && duel.B.Has(VrrpLan.Vip));
            await Task.Delay(Second);
            duel.Holds(duel.A.Has(VrrpLan.Vip) && duel.B.Has(VrrpLan.Vip), "both stay masters");
        }));

    private static RouterPlan Unicast(RouterPlan plan, string source, string peer) =>
        plan.With($"unicast_src_ip {source}", "unicast_peer {", "  " + peer, "}");

    private static async Task StopAndKillAsync(Duel duel, string number, RouterPlan planA, RouterPlan planB)
    {
        var (a, b) = (duel.A, duel.B);
        var vip = planA.Addresses[0];
        var since = Duel.Now;
        b.Start(new PeerPlan(planB));
        await duel.AdvertAsync(b, since);
        a.Start(new PeerPlan(planA));
        var firstOfA = await duel.AdvertAsync(a, since);
        await duel.SteadyAsync(a, Second);
        duel.Holds(duel.OnlyOn(a, vip), "A has the address");
        a.Stop();
        var resigned = await duel.AdvertAsync(a, firstOfA.At, advert => advert.Resigns);
        var firstOfB = await duel.AdvertAsync(b, resigned.At);
        duel.Took(duel.B, $"{number}: A stops, B from its priority 0", planB.Skew, resigned.At, firstOfB.At, Timing.Tenths);
        duel.Holds(a.WaitForEnd(TimeSpan.FromSeconds(20)), "A has ended");
        // Nobody speaks VRRP on A's machine now, which says so to B (ICMP protocol unreachable): B does not mind.
        await duel.SteadyAsync(b, Second);

        since = Duel.Now;
        a.Start(new PeerPlan(planA));
        await duel.AdvertAsync(a, since);
        await duel.SteadyAsync(a, Second);
        a.Crash();
        var last = duel.AdvertsOf(a)[^1];
        firstOfB = await duel.AdvertAsync(b, last.At);
        duel.Took(duel.B, $"{number}: A killed, B from its last advert", planB.MasterDown, last.At, firstOfB.At, Timing.Tenths);
        duel.Holds(duel.AdvertsOf(a).All(advert => advert.Destination.ToString() == (planA.IsIpv6 ? B6 : B)), "A speaks to B alone");
        duel.Holds(duel.AdvertsOf(b).All(advert => advert.Destination.ToString() == (planA.IsIpv6 ? A6 : A)), "B speaks to A alone");
        duel.Holds(duel.Tap.Adverts.All(advert => advert.HasPseudoHeaderChecksum), "checksums cover the addresses of the packet");
    }
}
