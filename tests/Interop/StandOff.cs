using Director.Perf.Routers;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>Two routers of which neither believes the other: both are master.</summary>
internal static class StandOff
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Plays it with keepalived on one side and the other, and against itself.</summary>
    public static Task PlayAsync(ITestOutputHelper output, string number, RouterPlan planA, RouterPlan planB, string counter) =>
        PlayAsync(output, Duels.WithKeepalived, number, planA, planB, counter);

    /// <summary>Plays it with these pairs; a director counts each advert that it refuses as <paramref name="counter"/>.</summary>
    public static Task PlayAsync(
        ITestOutputHelper output, IReadOnlyList<(PeerKind A, PeerKind B)> pairs, string number, RouterPlan planA, RouterPlan planB,
        string counter) => Duels.PlayAsync(output, pairs, async duel =>
    {
        await Task.WhenAll(duel.StartAsync(duel.A, planA), duel.StartAsync(duel.B, planB));
        await duel.UntilAsync("both have the address", () => duel.A.Has(VrrpLan.Vip) && duel.B.Has(VrrpLan.Vip));
        var both = Duel.Now;
        await Task.Delay(4 * Second);
        duel.Holds(duel.A.Has(VrrpLan.Vip) && duel.B.Has(VrrpLan.Vip), "both have the address for good");
        foreach (var peer in new[] { duel.A, duel.B })
        {
            var adverts = duel.AdvertsOf(peer, both);
            duel.Holds(adverts.All(advert => !advert.Resigns), $"{peer} does not resign");
            // keepalived puts off its own advert at each that it refuses, and is silent beside one that advertises as often.
            if (await Duel.CountersOfAsync(peer) is not { } counters) continue;
            duel.Holds(adverts.Count >= 2, $"{peer} advertises");
            var rejected = counters.Where(one => one.Key.StartsWith("rejected", StringComparison.Ordinal));
            duel.Tell($"{number}: {peer} counted {string.Join(", ", rejected)}");
            duel.Holds(counters.GetValueOrDefault(counter) > 0, $"{peer} counts {counter}");
        }
    });
}
