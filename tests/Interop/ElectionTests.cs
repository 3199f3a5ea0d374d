using Director.Perf.Routers;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>Who is master, from when on, by version 2 (docs/interop.md).</summary>
public sealed class ElectionTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [InteropFact]
    public Task Cases_1_to_3_the_higher_preempts_and_its_stop_and_its_death_are_noticed_in_time() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        var started = await duel.StartAsync(b, Duel.PlanB);
        var firstOfB = await duel.AdvertAsync(b, started);
        duel.TookFromStart(duel.B, "1: B alone, from its start", Duel.PlanB.MasterDown, started, firstOfB.At, Timing.Seconds);
        started = await duel.StartAsync(a, Duel.PlanA);
        var firstOfA = await duel.AdvertAsync(a, started);
        duel.TookFromStart(duel.A, "1: A preempts, from its own start", Duel.PlanA.MasterDown, started, firstOfA.At, Timing.Seconds);
        await duel.SteadyAsync(a, Second);
        duel.Holds(duel.OnlyOn(a), "A has the address");
        duel.Holds(duel.IsSilent(b, firstOfA.At), "B is silent from A's first advert on");
        duel.Holds(duel.AdvertsOf(b).All(advert => !advert.Resigns), "B has not resigned");

        a.Stop();
        var resigned = await duel.AdvertAsync(a, firstOfA.At, advert => advert.Resigns);
        firstOfB = await duel.AdvertAsync(b, resigned.At);
        duel.Took(duel.B, "3: A stops, B from its priority 0", Duel.PlanB.Skew, resigned.At, firstOfB.At, Timing.Seconds);
        await duel.UntilAsync("B has the address", () => duel.OnlyOn(b));
        duel.Holds(a.WaitForEnd(TimeSpan.FromSeconds(20)), "A has ended");

        started = await duel.StartAsync(a, Duel.PlanA);
        await duel.AdvertAsync(a, started);
        await duel.SteadyAsync(a, Second);
        a.Crash();
        var last = duel.AdvertsOf(a)[^1];
        firstOfB = await duel.AdvertAsync(b, last.At);
        duel.Took(duel.B, "2: A killed, B from its last advert", Duel.PlanB.MasterDown, last.At, firstOfB.At, Timing.Seconds);
        await duel.UntilAsync("B has the address", () => b.Has(VrrpLan.Vip));
        duel.Holds(a.Has(VrrpLan.Vip), "nobody is left to take the address from A");
    });

    [InteropFact]
    public Task Cases_23_to_25_the_higher_waits_if_it_is_told_to_but_not_for_a_dead_master() =>
        Task.WhenAll(WithoutPreemptionAsync(), WithDelayAsync());

    [InteropFact]
    public Task Cases_26_and_27_of_equals_the_first_is_master_and_once_parted_the_higher_address() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        await duel.StartAsync(a, Duel.PlanB);
        var started = await duel.StartAsync(b, Duel.PlanB);
        var firstOfA = await duel.AdvertAsync(a, started);
        await duel.AdvertAsync(a, firstOfA.At + Duel.PlanB.MasterDown + Second);
        duel.Holds(duel.AdvertsOf(b).Count == 0 && duel.OnlyOn(a), "26: the first to start is master, the higher address backup");

        duel.Lan.Partition(b.Machine, apart: true);
        await duel.AdvertAsync(b, firstOfA.At);
        await duel.AdvertAsync(a, Duel.Now);
        await duel.UntilAsync("27: apart, both have the address", () => a.Has(VrrpLan.Vip) && b.Has(VrrpLan.Vip));
        duel.Lan.Partition(b.Machine, apart: false);
        var connected = Duel.Now;
        await duel.UntilAsync("27: together, only the higher address has it", () => duel.OnlyOn(b));
        await duel.AdvertAsync(b, connected + (2 * Second));
        await duel.SteadyAsync(b, Second);
        duel.Holds(duel.IsSilent(a, connected + Second), "A is silent within an interval");
        duel.Holds(duel.AdvertsOf(a).All(advert => !advert.Resigns), "A has not resigned");
        // Whoever's advert comes first after the healing: A yields at B's, and B answers A's.
        if (duel.AdvertsOf(a, connected) is not [var lower, ..]) return;
        var answer = await duel.AdvertAsync(b, lower.At);
        duel.Took(duel.B, "27: B answers the lower address", TimeSpan.Zero, TimeSpan.FromMilliseconds(50), lower.At, answer.At,
            Timing.Seconds);
        await duel.FindAsync("B announces the address", tap => tap.Announcements.FirstOrDefault(
            announcement => announcement.From == b.Machine.Role && announcement.At >= lower.At));
    });

    [InteropFact]
    public Task Case_28_of_two_owners_one_yields() => Duels.PlayAsync(output,
        [(PeerKind.N, PeerKind.K), (PeerKind.K, PeerKind.N), (PeerKind.N, PeerKind.N)], async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        var owner = Duel.PlanA with { Priority = 255, State = "MASTER" };
        await Task.WhenAll(duel.StartAsync(a, owner), duel.StartAsync(b, owner));
        await duel.UntilAsync("one of them has the address", () => a.Has(VrrpLan.Vip) != b.Has(VrrpLan.Vip));
        var settled = Duel.Now;
        await Task.Delay(3 * Second);
        var masters = duel.Tap.Adverts.Where(advert => advert.At > settled).Select(advert => advert.From).Distinct().ToArray();
        duel.Tell($"28: {string.Join(", ", masters)} is master, by priority {duel.Tap.Adverts[^1].Priority}");
        duel.Holds(masters.Length == 1, "one of them advertises");
        if (duel.Pair == "N/N") duel.Holds(masters[0] == b.Machine.Role && duel.Tap.Adverts[^1].Priority == 255, "the higher address does");
    });

    [InteropFact]
    public Task Case_50_two_virtual_routers_each_have_their_own_master() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        RouterPlan one = new() { Name = "VI_1", Id = 51 }, two = new() { Name = "VI_2", Id = 52, Addresses = ["10.9.0.101"] };
        await Task.WhenAll(
            duel.StartAsync(a, one with { Priority = 150 }, two with { Priority = 100 }),
            duel.StartAsync(b, one with { Priority = 100 }, two with { Priority = 150 }));
        await duel.UntilAsync("each is master of one", () => duel.OnlyOn(a) && duel.OnlyOn(b, "10.9.0.101"));
        await duel.AdvertAsync(a, Duel.Now);
        await duel.AdvertAsync(b, Duel.Now);
        a.Crash();
        var last = duel.AdvertsOf(a, router: 51)[^1];
        var first = await duel.AdvertAsync(b, last.At, advert => advert.Router == 51);
        duel.Took(duel.B, "50: B from the last advert of A", Duel.PlanB.MasterDown, last.At, first.At, Timing.Seconds);
        var beside = duel.AdvertsOf(b, last.At, 52);
        duel.Holds(beside.Zip(beside.Skip(1)).All(pair => pair.Second.At - pair.First.At < 1.5 * Second), "the other goes on meanwhile");
    });

    private Task WithoutPreemptionAsync() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        await duel.AdvertAsync(b, await duel.StartAsync(b, Duel.PlanB));
        var started = await duel.StartAsync(a, Duel.PlanA.With("nopreempt"));
        await duel.AdvertAsync(b, started + Duel.PlanA.MasterDown + (2 * Second));
        duel.Holds(duel.AdvertsOf(a).Count == 0, "A stays backup");
        b.Crash();
        var last = duel.AdvertsOf(b)[^1];
        var firstOfA = await duel.AdvertAsync(a, last.At);
        duel.Took(duel.A, "23: A from the last advert of B", Duel.PlanA.MasterDown, last.At, firstOfA.At, Timing.Seconds);
    });

    private Task WithDelayAsync() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        var delay = TimeSpan.FromSeconds(5);
        var plan = Duel.PlanA.With("preempt_delay 5");
        await duel.AdvertAsync(b, await duel.StartAsync(b, Duel.PlanB));
        var started = await duel.StartAsync(a, plan);
        var heard = await duel.AdvertAsync(b, started);
        var firstOfA = await duel.AdvertAsync(a, started);
        // The last advert of B that A accepted came within an interval before the delay's end, and A waits for the next.
        var least = delay + plan.MasterDown - Second;
        duel.Took(duel.A, "24: A from the first advert of B that it heard", least, least + Second, heard.At, firstOfA.At, Timing.Seconds);
        await duel.SteadyAsync(a, Second);
        duel.Holds(duel.OnlyOn(a), "A has the address");

        a.Stop();
        duel.Holds(a.WaitForEnd(TimeSpan.FromSeconds(20)), "A has ended");
        await duel.AdvertAsync(b, Duel.Now);
        started = await duel.StartAsync(a, plan);
        heard = await duel.AdvertAsync(b, started);
        b.Crash();
        var last = duel.AdvertsOf(b)[^1];
        firstOfA = await duel.AdvertAsync(a, started);
        duel.Took(duel.A, "25: A from the last advert of B", plan.MasterDown, last.At, firstOfA.At, Timing.Seconds);
    });
}
