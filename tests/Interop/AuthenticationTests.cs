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
        StandOff.PlayAsync(output, "5", Password(Duel.PlanA, "s3cret"), Password(Duel.PlanB, "other"), "rejectedAuthenticationFailure"),
        StandOff.PlayAsync(output, "6", Password(Duel.PlanA, "s3cret"), Duel.PlanB, "rejectedAuthenticationTypeMismatch"),
        StandOff.PlayAsync(output, "9", Duel.PlanA, Duel.PlanB with { Interval = 2 * Second }, "rejectedInterval"));

    [InteropFact]
    public Task Cases_7_and_8_an_authentication_header_is_refused_where_it_is_asked_for() => Duels.PlayAsync(output,
        [(PeerKind.N, PeerKind.K)], async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        var kind = new[] { "authentication {", "  auth_type AH", "  auth_pass s3cret", "}" };
        a.Start(new PeerPlan(Duel.PlanA.With(kind)));
        await duel.UntilAsync("A says that it does not speak it, and where that was asked", () => a.Lines.Any(line =>
            line.Contains("keepalived.conf:9:", StringComparison.Ordinal)
            && line.Contains("'auth_type AH' is not supported", StringComparison.Ordinal)));
        // It is not played without: nobody is to believe himself safe.
        var started = await duel.StartAsync(b, Duel.PlanB.With(kind));
        var firstOfB = await duel.AdvertAsync(b, started);
        duel.TookFromStart(b, "7: B, alone", Duel.PlanB.MasterDown, started, firstOfB.At, Timing.Seconds);
        var next = await duel.AdvertAsync(b, firstOfB.At + Duel.PlanA.MasterDown);
        duel.Holds(next.AuthenticationSequence > firstOfB.AuthenticationSequence, "B's adverts bear the header");
        duel.Holds(duel.AdvertsOf(a).Count == 0 && duel.OnlyOn(b), "A takes no part");
    });

    private static RouterPlan Password(RouterPlan plan, string password) =>
        plan.With("authentication {", "  auth_type PASS", $"  auth_pass {password}", "}");
}
