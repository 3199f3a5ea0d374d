using Director.Lab.Namespaces;
using Director.Perf.Routers;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>Routers that follow something else (docs/interop.md).</summary>
public sealed class TrackingTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [InteropFact]
    public Task Cases_32_and_33_a_weight_lowers_a_priority_and_a_script_without_one_costs_the_mastership() =>
        Task.WhenAll(WeightAsync(), ScriptAsync());

    [InteropFact]
    public Task Case_34_a_group_moves_as_a_whole() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        RouterPlan one = new() { Name = "VI_1", Id = 51 };
        RouterPlan two = new() { Name = "VI_2", Id = 52, Addresses = ["10.9.1.100"], Device = VrrpLan.SecondDevice };
        string[] group = ["vrrp_sync_group G_1 {\n  group {\n    VI_1\n    VI_2\n  }\n}"];
        await duel.StartAsync(b, new PeerPlan([one, two], group, []));
        var startedA = await duel.StartAsync(a, new PeerPlan([one with { Priority = 150 }, two with { Priority = 150 }], group, []));
        await duel.AdvertAsync(a, startedA);
        await duel.UntilAsync("A has both addresses", () => duel.OnlyOn(a) && duel.OnlyOn(a, "10.9.1.100"));
        await duel.SteadyAsync(a, Second);
        using var watch = new MachineWatch(a.Machine, VrrpLan.SecondDevice);
        var off = Duel.Now;
        a.Machine.Ip("link", "set", VrrpLan.SecondDevice, "down");
        var resigned = await duel.AdvertAsync(a, off, advert => advert.Resigns && advert.Router == 51);
        duel.Took(duel.A, "34: A resigns the other instance", TimeSpan.Zero, TimeSpan.FromMilliseconds(50), off, resigned.At,
            Timing.Seconds);
        await duel.UntilAsync("A has neither address", () => !a.Has(VrrpLan.Vip) && !a.Has("10.9.1.100"));
        var last = duel.AdvertsOf(a, router: 52).Last(advert => !advert.Resigns);
        var first = await duel.AdvertAsync(b, off, advert => advert.Router == 51);
        // The one would go after its skew, and waits for the other, which hears nobody resign.
        duel.Took(duel.B, "34: B's first instance, from the last advert of A's second", Duel.PlanB.MasterDown, last.At, first.At,
            Timing.Seconds);
        var second = await duel.AdvertAsync(b, off, advert => advert.Router == 52);
        duel.Took(duel.B, "34: B's instances, from one to the other", TimeSpan.Zero, TimeSpan.FromMilliseconds(20),
            first.At < second.At ? first.At : second.At, first.At < second.At ? second.At : first.At, Timing.Seconds);
        await duel.UntilAsync("B has both addresses", () => duel.OnlyOn(b) && duel.OnlyOn(b, "10.9.1.100"));
    }, second: true);

    private Task WeightAsync() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        Veth.Connect(a.Machine, "x0", a.Machine, "x1");
        await duel.StartAsync(b, Duel.PlanB);
        await duel.AdvertAsync(a, await duel.StartAsync(a, Duel.PlanA.With("track_interface {", "  x0 weight -60", "}")));
        await duel.SteadyAsync(a, Second);
        var off = Duel.Now;
        a.Machine.Ip("link", "set", "x1", "down");
        var lower = await duel.AdvertAsync(a, off, advert => advert.Priority == 90);
        duel.Took(duel.A, "32: A tells its lower priority", TimeSpan.Zero, Second, off, lower.At, Timing.Seconds);
        var last = duel.AdvertsOf(a).Last(advert => advert.Priority == 150);
        var first = await duel.AdvertAsync(b, off);
        duel.Took(duel.B, "32: B from the last advert that it accepted", Duel.PlanB.MasterDown, last.At, first.At, Timing.Seconds);
        await duel.AdvertAsync(b, first.At + Second);
        duel.Holds(duel.IsSilent(a, first.At) && duel.OnlyOn(b), "A yields");
        duel.Holds(duel.AdvertsOf(a).All(advert => !advert.Resigns), "A has not resigned");
    });

    private Task ScriptAsync() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        var file = Path.Combine(duel.Lan.Directory, "well");
        await File.WriteAllTextAsync(file, "");
        await duel.StartAsync(b, Duel.PlanB);
        PeerPlan plan = new([Duel.PlanA.With("track_script {", "  well", "}")],
            [$"vrrp_script well {{\n  script \"/usr/bin/test -e {file}\"\n  interval 1\n  fall 2\n  rise 1\n  user root\n}}"], []);
        await duel.AdvertAsync(a, await duel.StartAsync(a, plan));
        await duel.SteadyAsync(a, Second);
        var failing = Duel.Now;
        File.Delete(file);
        var resigned = await duel.AdvertAsync(a, failing, advert => advert.Resigns);
        // The first failure comes within an interval, the second an interval later; a script takes its time on a busy machine.
        duel.Took(duel.A, "33: A resigns at the second failure", Second, (2 * Second) + (Second / 2), failing, resigned.At, Timing.Seconds);
        var first = await duel.AdvertAsync(b, resigned.At);
        // keepalived resigns twice, one right after the other.
        var last = duel.AdvertsOf(a).Last(advert => advert.At <= first.At);
        duel.Took(duel.B, "33: B from the priority 0", Duel.PlanB.Skew, last.At, first.At, Timing.Seconds);
        await duel.UntilAsync("B alone has the address", () => duel.OnlyOn(b));
    });
}
