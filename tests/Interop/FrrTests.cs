using Director.Perf.Routers;
using Director.Perf.Routers.Peers;
using Director.Perf.Routers.Wire;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>With FRR, which keeps time in hundredths of a second, cut off, and its addresses on a macvlan (docs/interop.md).</summary>
public sealed class FrrTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);

    [InteropFact(frr: true)]
    public Task Case_21_FRR_succeeds_whoever_stops() => Duels.PlayAsync(output, Pairs(PeerKind.F, asMaster: false), async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        b.Start(new PeerPlan(Duel.PlanB));
        await duel.AdvertAsync(b, Duel.Now);
        var firstOfA = await duel.AdvertAsync(a, await duel.StartAsync(a, Duel.PlanA));
        await duel.SteadyAsync(a, Second);
        duel.Holds(duel.IsSilent(b, firstOfA.At), "FRR yields");
        a.Stop();
        var resigned = await duel.AdvertAsync(a, firstOfA.At, advert => advert.Resigns);
        var firstOfB = await duel.AdvertAsync(b, resigned.At);
        duel.Took(duel.B, "21: FRR from the priority 0", TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(610),
            resigned.At, firstOfB.At, Timing.Seconds);
        var told = await duel.FindAsync("FRR announces the address", tap => tap.Announcements.FirstOrDefault(
            seen => seen.From == b.Machine.Role && seen.At >= firstOfB.At - Second && seen.Address.ToString() == VrrpLan.Vip));
        duel.Holds(told.SourceMac == "00:00:5e:00:01:33", "it announces the virtual MAC address");
        await duel.AdvertAsync(b, firstOfB.At + Second);
        duel.Holds(duel.Tap.Announcements.Count(seen => seen.From == b.Machine.Role && seen.At > resigned.At) == 1, "it does so once");
    });

    [InteropFact(frr: true)]
    public Task Case_22_FRR_is_succeeded_when_it_stops() => Duels.PlayAsync(output, Pairs(PeerKind.F, asMaster: true), async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        await duel.StartAsync(b, Duel.PlanB);
        a.Start(new PeerPlan(Duel.PlanA));
        await duel.AdvertAsync(a, Duel.Now);
        await duel.SteadyAsync(a, Second);
        await duel.SteadyAsync(a, Second);
        duel.Holds(!b.Has(VrrpLan.Vip), "B is backup");
        a.Stop();
        var resigned = await duel.AdvertAsync(a, Duel.Now - Second, advert => advert.Resigns);
        var firstOfB = await duel.AdvertAsync(b, resigned.At);
        duel.Took(duel.B, "22: B from FRR's priority 0", Duel.PlanB.Skew, resigned.At, firstOfB.At, Timing.Seconds);
        await duel.UntilAsync("B has the address", () => b.Has(VrrpLan.Vip));
    });

    [InteropFact(frr: true)]
    public Task Case_20_half_a_second_by_version_3() => Duels.PlayAsync(output, Pairs(PeerKind.F, asMaster: false), async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        var half = TimeSpan.FromMilliseconds(500);
        var planA = Duel.PlanA with { Version = 3, Interval = half };
        b.Start(new PeerPlan(Duel.PlanB with { Version = 3, Interval = half }));
        await duel.AdvertAsync(b, Duel.Now);
        var started = await duel.StartAsync(a, planA);
        var firstOfA = await duel.AdvertAsync(a, started);
        duel.TookFromStart(duel.A, "20: A from its start", planA.MasterDown, started, firstOfA.At, Timing.Tenths);
        await duel.SteadyAsync(a, Second);
        duel.Holds(duel.IsSilent(b, firstOfA.At), "FRR yields");
        a.Crash();
        var last = duel.AdvertsOf(a)[^1];
        var firstOfB = await duel.AdvertAsync(b, last.At);
        // 3 × 0.5 s and 0.3047 s, cut off.
        duel.Took(duel.B, "20: FRR from A's last advert", TimeSpan.FromMilliseconds(1800), last.At, firstOfB.At, Timing.Seconds);
    });

    [InteropFact(frr: true)]
    public Task Cases_1_to_3_and_10_to_14_each_succeeds_the_other() => Task.WhenAll(
        SucceedsAsync("1–3", Duel.PlanA, Duel.PlanB),
        SucceedsAsync("10, 11", Version3(Duel.PlanA, Tenth), Version3(Duel.PlanB, Tenth)),
        SucceedsAsync("12", OverIpv6(Duel.PlanA), OverIpv6(Duel.PlanB)),
        SucceedsAsync("13", Version3(Duel.PlanA, Tenth), Version3(Duel.PlanB, Second)),
        SucceedsAsync("14", Version3(Duel.PlanA, Second), Version3(Duel.PlanB, Tenth)));

    private static RouterPlan Version3(RouterPlan plan, TimeSpan interval) => plan with { Version = 3, Interval = interval };

    private static RouterPlan OverIpv6(RouterPlan plan) => Version3(plan, Tenth) with { Addresses = ["fe80::100", "2001:db8:9::100"] };

    /// <summary>A preempts, is stopped, preempts again, is killed.</summary>
    private Task SucceedsAsync(string number, RouterPlan planA, RouterPlan planB) => Duels.PlayAsync(output,
        [(PeerKind.N, PeerKind.F), (PeerKind.F, PeerKind.N)], async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        // In version 3 a backup goes by its master's interval.
        var backup = planB with { Interval = planA.Interval };
        var timing = planA.Interval == Second ? Timing.Seconds : Timing.Tenths;
        b.Start(new PeerPlan(planB));
        await duel.AdvertAsync(b, default);
        var firstOfA = await PreemptAsync(default);
        a.Stop();
        var resigned = await duel.AdvertAsync(a, firstOfA.At, advert => advert.Resigns);
        var firstOfB = await duel.AdvertAsync(b, resigned.At);
        Took("A stops, B from its priority 0", backup.Skew, resigned);
        duel.Holds(a.WaitForEnd(TimeSpan.FromSeconds(20)), "A has ended");
        await PreemptAsync(firstOfB.At);
        a.Crash();
        var last = duel.AdvertsOf(a)[^1];
        firstOfB = await duel.AdvertAsync(b, last.At);
        Took("A killed, B from its last advert", backup.MasterDown, last);
        duel.Holds(duel.Tap.Adverts.All(advert => advert.IsWhole && advert.HopLimit == 255 && advert.Version == planA.Version),
            "all adverts are whole, from this link, and of the version");

        void Took(string what, TimeSpan exact, SeenAdvert from)
        {
            var least = b is FrrPeer ? Cut(exact) : exact;
            // Of IPv6 FRR's first advert finds no link-local address on the device that it has just let up: only the second goes out.
            var most = b is FrrPeer && planB.IsIpv6 ? least + backup.Interval : least;
            duel.Took(b, $"{number}: {what}", least, most, from.At, firstOfB.At, b is FrrPeer ? Timing.Seconds : timing);
        }

        async Task<SeenAdvert> PreemptAsync(DateTime since)
        {
            a.Start(new PeerPlan(planA));
            var first = await duel.AdvertAsync(a, since, advert => !advert.Resigns);
            await duel.SteadyAsync(a, planA.Interval);
            await duel.SteadyAsync(a, Second);
            duel.Holds(duel.IsSilent(b, first.At), $"{number}: B yields");
            // FRR keeps its addresses, on a device that it holds down.
            if (b is not FrrPeer) await duel.UntilAsync($"{number}: B gives up the addresses", () => !planB.Addresses.Any(b.Has));
            return first;
        }
    }, planA.IsIpv6);

    private static TimeSpan Cut(TimeSpan exact) => TimeSpan.FromMilliseconds(10 * Math.Floor(exact.TotalMilliseconds / 10));

    // The director, and keepalived as the reference.
    private static (PeerKind A, PeerKind B)[] Pairs(PeerKind frr, bool asMaster) => asMaster
        ? [(frr, PeerKind.N), (frr, PeerKind.K)]
        : [(PeerKind.N, frr), (PeerKind.K, frr)];
}
