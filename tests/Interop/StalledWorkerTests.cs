using Director.Perf.Routers;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>
/// A director one of whose forwarding workers stands still, while everything else of it goes on, is master no longer (docs/vrrp.md, "Where
/// it runs").
/// </summary>
public sealed class StalledWorkerTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Fifth = TimeSpan.FromMilliseconds(200);
    private static readonly string Service = $$"""
        virtual_server {{VrrpLan.Vip}} 80 {
          lb_algo rr
          lb_kind DR
          protocol TCP
          real_server 10.9.0.3 80 {
          }
        }
        """;

    [InteropFact]
    public Task One_of_its_workers_stands_still_and_it_resigns_within_an_advert() => Task.WhenAll(
        StallAsync("xdp", workers: 1, new RouterPlan()),
        StallAsync("packet", workers: 2, new RouterPlan { Version = 3, Interval = TimeSpan.FromMilliseconds(500) }),
        // Shorter than that only if it is asked for: see there.
        StallAsync("packet", workers: 2, new RouterPlan { Version = 3, Interval = Fifth }, "DIRECTOR_Datapath__ShortestStall=200"));

    private Task StallAsync(string mode, int workers, RouterPlan plan, params string[] more) => Duels.PlayAsync(output,
        [(PeerKind.N, PeerKind.K)], async duel =>
    {
        var (a, b, interval) = (duel.A, duel.B, plan.Interval);
        RouterPlan planA = plan with { Priority = 150 }, planB = plan with { Priority = 100 };
        a.Environment = [$"DIRECTOR_Datapath__Mode={mode}", $"DIRECTOR_Datapath__Workers={workers}", .. more];
        await duel.StartAsync(b, planB);
        await duel.AdvertAsync(a, await duel.StartAsync(a, new PeerPlan([planA], [Service], [])));
        await duel.UntilAsync("A alone has the address", () => duel.OnlyOn(a));
        await duel.SteadyAsync(a, interval);
        DateTime stalled;
        using (await StoppedThread.StopAsync(a.ProcessId, $"worker-{workers - 1}"))
        {
            stalled = Duel.Now;
            var resigned = await duel.AdvertAsync(a, stalled, advert => advert.Resigns);
            duel.Took(a, $"{mode}, each {interval.TotalMilliseconds} ms: from the worker's last turn to the priority 0", TimeSpan.Zero,
                interval, stalled, resigned.At, Timing.Seconds);
            var first = await duel.AdvertAsync(b, resigned.At);
            duel.Took(b, "B from the priority 0", planB.Skew, resigned.At, first.At, plan.Version == 3 ? Timing.Tenths : Timing.Seconds);
            await duel.UntilAsync("B alone has the address", () => duel.OnlyOn(b));
            await duel.SteadyAsync(b, interval);
            duel.Holds(duel.AdvertsOf(a, first.At).Count == 0, "A stays away");
            duel.Holds(a.IsRunning, "A's main process goes on");
        }

        var released = Duel.Now;
        await duel.AdvertAsync(a, released);
        await duel.UntilAsync("A alone has the address again", () => duel.OnlyOn(a));
    });
}
