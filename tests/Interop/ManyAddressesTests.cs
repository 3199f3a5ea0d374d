using Director.Perf.Routers;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>
/// A virtual router of many addresses (docs/interop.md). Alone: keepalived, of real-time priority, needs a processor for most of a second
/// to announce them and to say so, in which it does not advertise.
/// </summary>
[Collection("kernel")]
public sealed class ManyAddressesTests(ITestOutputHelper output)
{
    private const int Count = 200;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Addresses = [.. Enumerable.Range(1, Count).Select(number => $"10.9.2.{number}")];

    [InteropFact]
    public async Task Case_49_two_hundred_addresses_are_announced_at_once_and_no_advert_waits_for_them()
    {
        await PlayAsync(PeerKind.N, Tenth, Timing.Tenths);
        await PlayAsync(PeerKind.K, Second, Timing.Seconds);
    }

    private Task PlayAsync(PeerKind kind, TimeSpan interval, Timing timing) => Duels.PlayAsync(output, [(kind, PeerKind.N)], async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        RouterPlan planA = Plan(Duel.PlanA), planB = Plan(Duel.PlanB);
        await duel.StartAsync(b, planB);
        var firstOfA = await duel.AdvertAsync(a, await duel.StartAsync(a, planA));
        await duel.SteadyAsync(a, 2 * Second);
        duel.Holds(duel.IsSilent(b, firstOfA.At), "B believes A");
        a.Crash();
        var last = duel.AdvertsOf(a)[^1];
        var first = await duel.AdvertAsync(b, last.At);
        duel.Took(b, "49: B from A's last advert", planB.MasterDown, last.At, first.At, timing);
        await duel.AdvertAsync(b, first.At + (2 * Second));
        duel.Holds(duel.Tap.Adverts.All(advert => advert.IsWhole && advert.Message.Length == 8 + (4 * Count)), "adverts have 808 bytes");
        var shown = b.Machine.Ip("-o", "address", "show", "dev", VrrpLan.Device);
        duel.Holds(Addresses.All(address => shown.Contains($" {address}/", StringComparison.Ordinal)), "B has the addresses");

        var firsts = duel.Tap.Announcements.Where(seen => seen.From == b.Machine.Role && seen.At >= last.At)
            .GroupBy(seen => seen.Address.ToString()).Select(told => told.Min(seen => seen.At)).ToArray();
        duel.Holds(firsts.Length == Count, $"{firsts.Length} of {Count} addresses are announced");
        duel.Took(b, "49: from B's first advert to the last address's first announcement", TimeSpan.Zero, TimeSpan.FromMilliseconds(50),
            first.At, firsts.Max(), Timing.Seconds);
        var adverts = duel.AdvertsOf(b, first.At);
        foreach (var (one, next) in adverts.Zip(adverts.Skip(1)))
            duel.Took(b, "49: advert to advert", interval, one.At, next.At, Timing.Seconds);

        RouterPlan Plan(RouterPlan plan) => plan with { Version = 3, Interval = interval, Addresses = Addresses };
    });
}
