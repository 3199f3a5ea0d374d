using System.Text;
using Director.Perf.Routers;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>Whose adverts are believed, by version 2 (docs/interop.md).</summary>
public sealed class AuthenticationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [InteropFact]
    public Task Case_4_routers_of_one_password_are_a_pair() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        await duel.StartAsync(b, Password(Duel.PlanB, "s3cret"));
        var started = await duel.StartAsync(a, Password(Duel.PlanA, "s3cret"));
        var firstOfA = await duel.AdvertAsync(a, started);
        duel.TookFromStart(duel.A, "4: A from its start", Duel.PlanA.MasterDown, started, firstOfA.At, Timing.Seconds);
        await duel.SteadyAsync(a, Second);
        duel.Holds(duel.OnlyOn(a), "A has the address");
        a.Stop();
        var resigned = await duel.AdvertAsync(a, firstOfA.At, advert => advert.Resigns);
        var firstOfB = await duel.AdvertAsync(b, resigned.At);
        duel.Took(duel.B, "4: A stops, B from its priority 0", Duel.PlanB.Skew, resigned.At, firstOfB.At, Timing.Seconds);
        duel.Holds(a.WaitForEnd(TimeSpan.FromSeconds(20)), "A has ended");
        await duel.AdvertAsync(a, await duel.StartAsync(a, Password(Duel.PlanA, "s3cret")));
        await duel.SteadyAsync(a, Second);
        a.Crash();
        var last = duel.AdvertsOf(a)[^1];
        firstOfB = await duel.AdvertAsync(b, last.At);
        duel.Took(duel.B, "4: A killed, B from its last advert", Duel.PlanB.MasterDown, last.At, firstOfB.At, Timing.Seconds);
        var password = Encoding.ASCII.GetBytes("s3cret\0\0");
        duel.Holds(duel.Tap.Adverts.All(advert => advert.IsWhole && advert.AuthenticationType == 1
            && advert.Authentication.AsSpan().SequenceEqual(password)), "all adverts carry the password");
    });

    [InteropFact]
    public Task Cases_5_6_and_9_of_different_passwords_kinds_of_authentication_or_intervals_both_are_masters() => Task.WhenAll(
        BothAreMastersAsync("5", Password(Duel.PlanA, "s3cret"), Password(Duel.PlanB, "other"), "rejectedAuthenticationFailure"),
        BothAreMastersAsync("6", Password(Duel.PlanA, "s3cret"), Duel.PlanB, "rejectedAuthenticationTypeMismatch"),
        BothAreMastersAsync("9", Duel.PlanA, Duel.PlanB with { Interval = 2 * Second }, "rejectedInterval"));

    private static RouterPlan Password(RouterPlan plan, string password) =>
        plan.With("authentication {", "  auth_type PASS", $"  auth_pass {password}", "}");

    private Task BothAreMastersAsync(string number, RouterPlan planA, RouterPlan planB, string counter) =>
        Duels.PlayAsync(output, async duel =>
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
