using Director.Perf.Routers;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>Version 3, by which intervals are shorter and a backup learns its master's (docs/interop.md).</summary>
public sealed class VersionThreeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);
    private static readonly RouterPlan PlanA = Duel.PlanA with { Version = 3, Interval = Tenth };
    private static readonly RouterPlan PlanB = Duel.PlanB with { Version = 3, Interval = Tenth };

    [InteropFact]
    public Task Cases_10_and_11_a_tenth_of_a_second_by_IPv4() =>
        Duels.PlayAsync(output, duel => StopAndKillAsync(duel, PlanA, PlanB, "10", "11"));

    [InteropFact]
    public Task Case_12_a_tenth_of_a_second_by_IPv6() => Duels.PlayAsync(output, async duel =>
    {
        string[] addresses = ["fe80::100", "2001:db8:9::100"];
        await StopAndKillAsync(duel, PlanA with { Addresses = addresses }, PlanB with { Addresses = addresses }, "12", "12");
        foreach (var address in addresses)
        {
            var told = duel.Tap.Announcements.Where(seen => seen.Address.ToString() == address).ToArray();
            duel.Holds(told.Any(seen => seen.From == duel.A.Machine.Role) && told.Any(seen => seen.From == duel.B.Machine.Role),
                $"both announced {address}");
            duel.Holds(told.All(seen => (seen.Flags & 0x20) != 0), $"announcements of {address} override what neighbours knew");
            duel.Holds(!duel.B.Machine.Ip("-6", "address", "show", "dev", VrrpLan.Device).Contains("tentative", StringComparison.Ordinal),
                "addresses are usable at once");
        }
    }, ipv6: true);

    [InteropFact]
    public Task Cases_13_and_14_a_backup_learns_its_masters_interval() => Task.WhenAll(
        Duels.PlayAsync(output, async duel =>
        {
            var slow = PlanB with { Interval = Second };
            await duel.StartAsync(duel.B, slow);
            await duel.AdvertAsync(duel.A, await duel.StartAsync(duel.A, PlanA));
            await duel.SteadyAsync(duel.A, Second);
            duel.A.Crash();
            var last = duel.AdvertsOf(duel.A)[^1];
            var first = await duel.AdvertAsync(duel.B, last.At);
            duel.Took(duel.B, "13: B, told 1 s, from the last advert of A, told 0.1 s", PlanB.MasterDown, last.At, first.At, Timing.Tenths);
            var second = await duel.AdvertAsync(duel.B, first.At + (first.At - last.At) / 1000);
            duel.Took(duel.B, "13: B to its own next", Second, first.At, second.At, Timing.Tenths);
        }),
        Duels.PlayAsync(output, async duel =>
        {
            var slow = PlanA with { Interval = Second };
            await duel.AdvertAsync(duel.A, await duel.StartAsync(duel.A, slow));
            await duel.StartAsync(duel.B, PlanB);
            await duel.SteadyAsync(duel.A, 2 * Second);
            await duel.SteadyAsync(duel.A, 2 * Second);
            var since = Duel.Now;
            await duel.SteadyAsync(duel.A, 2 * Second);
            duel.Holds(duel.AdvertsOf(duel.B, since).Count == 0 && duel.OnlyOn(duel.A), "14: B, told 0.1 s, is patient");
            duel.A.Crash();
            var last = duel.AdvertsOf(duel.A)[^1];
            var first = await duel.AdvertAsync(duel.B, last.At);
            duel.Took(duel.B, "14: B from the last advert of A, told 1 s", (PlanB with { Interval = Second }).MasterDown, last.At, first.At,
                Timing.Seconds);
        }));

    [InteropFact]
    public Task Case_50_two_virtual_routers_each_have_their_own_master() => Duels.PlayAsync(output, async duel =>
    {
        RouterPlan one = PlanA with { Name = "VI_1", Id = 51 }, two = PlanA with { Name = "VI_2", Id = 52, Addresses = ["10.9.0.101"] };
        await Task.WhenAll(
            duel.StartAsync(duel.A, one, two with { Priority = 100 }), duel.StartAsync(duel.B, one with { Priority = 100 }, two));
        await duel.UntilAsync("each is master of one", () => duel.OnlyOn(duel.A) && duel.OnlyOn(duel.B, "10.9.0.101"));
        await duel.SteadyAsync(duel.A, Second);
        duel.A.Crash();
        var last = duel.AdvertsOf(duel.A, router: 51)[^1];
        var first = await duel.AdvertAsync(duel.B, last.At, advert => advert.Router == 51);
        duel.Took(duel.B, "50: B from the last advert of A", PlanB.MasterDown, last.At, first.At, Timing.Tenths);
        duel.Holds(duel.AdvertsOf(duel.B, last.At, 52).All(advert => !advert.Resigns), "the other goes on meanwhile");
    });

    private static async Task StopAndKillAsync(Duel duel, RouterPlan planA, RouterPlan planB, string kill, string stop)
    {
        var (a, b) = (duel.A, duel.B);
        await duel.StartAsync(b, planB);
        var started = await duel.StartAsync(a, planA);
        var firstOfA = await duel.AdvertAsync(a, started);
        await duel.SteadyAsync(a, Second);
        duel.Holds(planA.Addresses.All(address => duel.OnlyOn(a, address)), "A has the addresses");
        duel.Holds(duel.IsSilent(b, firstOfA.At), "B is silent from A's first advert on");
        a.Stop();
        var resigned = await duel.AdvertAsync(a, firstOfA.At, advert => advert.Resigns);
        var firstOfB = await duel.AdvertAsync(b, resigned.At);
        duel.Took(duel.B, $"{stop}: A stops, B from its priority 0", planB.Skew, resigned.At, firstOfB.At, Timing.Tenths);
        await duel.UntilAsync("B has the addresses", () => planA.Addresses.All(address => duel.OnlyOn(b, address)));
        duel.Holds(a.WaitForEnd(TimeSpan.FromSeconds(20)), "A has ended");

        await duel.AdvertAsync(a, await duel.StartAsync(a, planA));
        await duel.SteadyAsync(a, Second);
        a.Crash();
        var last = duel.AdvertsOf(a)[^1];
        firstOfB = await duel.AdvertAsync(b, last.At);
        duel.Took(duel.B, $"{kill}: A killed, B from its last advert", planB.MasterDown, last.At, firstOfB.At, Timing.Tenths);
        await duel.UntilAsync("B has the addresses", () => planA.Addresses.All(b.Has));
        duel.Holds(duel.Tap.Adverts.All(advert => advert.IsWhole && advert.Version == 3 && advert.HopLimit == 255
            && advert.Interval == planA.Interval), "all adverts are whole, of version 3, from this link, and tell the interval");
    }
}
