using Director.Perf.Routers;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>The time of day is not what routers go by (docs/interop.md).</summary>
public sealed class ClockTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);

    // A namespace has no time of day of its own, so it is the programs that are told another one: every question for CLOCK_REALTIME
    // goes through a library (faketime(1)), which adds what stands in a file.
    [FaketimeFact]
    public Task Case_42_a_step_of_the_time_of_day_moves_nobody() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        var file = Path.Combine(duel.Lan.Directory, "time-of-day");
        await StepAsync("+0");
        a.Environment = b.Environment =
        [
            $"LD_PRELOAD={FaketimeFactAttribute.Library}", $"FAKETIME_TIMESTAMP_FILE={file}", "FAKETIME_CACHE_DURATION=1",
            "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_FORCE_MONOTONIC_FIX=0",
        ];
        RouterPlan planA = Plan(Duel.PlanA), planB = Plan(Duel.PlanB);
        await duel.StartAsync(b, planB);
        await duel.AdvertAsync(a, await duel.StartAsync(a, planA));
        await duel.SteadyAsync(a, Second);
        foreach (var step in new[] { "+1h", "-1h" })
        {
            var stepped = Duel.Now;
            await StepAsync(step);
            // The library looks into the file again when more than a second has passed, by whole ones.
            await Task.Delay(2.5 * Second);
            // What they write down shows that the step has come to them.
            foreach (var (peer, plan) in new[] { (a, planA), (b, planB) })
            {
                peer.Reload(new(plan));
                var shown = DateTime.Now.AddHours(step == "+1h" ? 1 : -1);
                string[] hours = [Hour(shown), Hour(shown.AddSeconds(30))];
                await duel.UntilAsync($"42: {peer} writes down its time of day, {shown:HH:mm}", () =>
                    hours.Any(hour => peer.Lines[^1].Contains(hour, StringComparison.Ordinal)));
            }

            await duel.SteadyAsync(a, Second);
            var adverts = duel.AdvertsOf(a, stepped);
            foreach (var (one, next) in adverts.Zip(adverts.Skip(1)))
                duel.Took(a, $"42: {step}, advert to advert", TimeSpan.Zero, Tenth, one.At, next.At, Timing.Seconds);
            duel.Holds(adverts.All(advert => !advert.Resigns) && adverts.Count >= 10, $"42: {step}, A is master all the time");
            duel.Holds(duel.AdvertsOf(b, stepped).Count == 0 && duel.OnlyOn(a), $"42: {step}, B is backup all the time");
        }

        a.Crash();
        var last = duel.AdvertsOf(a)[^1];
        var first = await duel.AdvertAsync(b, last.At);
        duel.Took(b, "42: A killed, B from its last advert", planB.MasterDown, last.At, first.At, Timing.Tenths);

        Task StepAsync(string to) => File.WriteAllTextAsync(file, to + "\n");
    });

    private static string Hour(DateTime time) => time.ToString(" HH:", System.Globalization.CultureInfo.InvariantCulture);

    private static RouterPlan Plan(RouterPlan plan) => plan with { Version = 3, Interval = Tenth };
}
