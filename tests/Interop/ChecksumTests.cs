using Director.Perf.Routers;
using Director.Perf.Routers.Peers;
using Director.Perf.Routers.Wire;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>What the checksum of version 3 covers over IPv4 (docs/interop.md, docs/vrrp.md).</summary>
public sealed class ChecksumTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);
    private static readonly RouterPlan PlanA = Duel.PlanA with { Version = 3, Interval = Tenth };
    private static readonly RouterPlan PlanB = Duel.PlanB with { Version = 3, Interval = Tenth };

    [InteropFact]
    public Task Case_19_the_message_alone_is_believed_by_the_director_and_by_no_keepalived() => Task.WhenAll(
        Duels.PlayAsync(output, [(PeerKind.N, PeerKind.K)], RefusedAsync),
        Duels.PlayAsync(output, [(PeerKind.N, PeerKind.N)], duel => BelievedAsync(duel, MessageOnly(PlanA), PlanB)),
        Duels.PlayAsync(output, [(PeerKind.N, PeerKind.N), (PeerKind.K, PeerKind.N)],
            duel => BelievedAsync(duel, PlanA, MessageOnly(PlanB))));

    private static RouterPlan MessageOnly(RouterPlan plan) => plan.With("v3_checksum_as_v2");

    private static bool IsMessageOnly(SeenAdvert advert) => Director.Net.Checksum.Compute(advert.Message) == 0;

    private static async Task RefusedAsync(Duel duel)
    {
        var (a, b) = (duel.A, duel.B);
        await duel.StartAsync(b, PlanB);
        await duel.AdvertAsync(a, await duel.StartAsync(a, MessageOnly(PlanA)));
        await duel.UntilAsync("19: both have the address", () => a.Has(VrrpLan.Vip) && b.Has(VrrpLan.Vip));
        await duel.UntilAsync("19: keepalived says why", () => b.Lines.Any(line =>
            line.Contains("checksum", StringComparison.OrdinalIgnoreCase)));
        await duel.SteadyAsync(a, Second);
        duel.Holds(a.Has(VrrpLan.Vip) && b.Has(VrrpLan.Vip), "19: both stay masters");
        duel.Holds(duel.AdvertsOf(a).All(advert => IsMessageOnly(advert) && !advert.HasPseudoHeaderChecksum),
            "19: A's checksums cover the message alone");
    }

    private static async Task BelievedAsync(Duel duel, RouterPlan planA, RouterPlan planB)
    {
        var (a, b) = (duel.A, duel.B);
        await duel.StartAsync(b, planB);
        var firstOfA = await duel.AdvertAsync(a, await duel.StartAsync(a, planA));
        await duel.SteadyAsync(a, Second);
        duel.Holds(duel.IsSilent(b, firstOfA.At) && duel.OnlyOn(a), "19: B believes A");
        if (b is DirectorPeer)
        {
            await duel.CountsAsync(b, "checksumFormsDiffering");
            var counters = (await Duel.CountersOfAsync(b))!;
            duel.Holds(counters.Where(one => one.Key.StartsWith("rejected", StringComparison.Ordinal)).All(one => one.Value == 0),
                "19: B refuses nothing");
        }

        a.Crash();
        var last = duel.AdvertsOf(a)[^1];
        var firstOfB = await duel.AdvertAsync(b, last.At);
        duel.Took(b, "19: B from A's last advert", planB.MasterDown, last.At, firstOfB.At, Timing.Tenths);
        await duel.SteadyAsync(b, Second);
        foreach (var (peer, plan) in new[] { (a, planA), (b, planB) })
        {
            var isMessageOnly = plan.More.Contains("v3_checksum_as_v2");
            duel.Holds(duel.AdvertsOf(peer).All(advert => IsMessageOnly(advert) == isMessageOnly
                && advert.HasPseudoHeaderChecksum == !isMessageOnly), $"19: {peer} sends the form that it was told");
        }
    }
}
