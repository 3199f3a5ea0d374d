using Director.Perf.Routers;
using Director.Perf.Routers.Peers;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>What happens to a machine, its device, its addresses, its processes (docs/interop.md).</summary>
public sealed class LinkTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [InteropFact]
    public Task Cases_29_to_31_a_device_switched_off_or_a_cable_pulled_costs_the_mastership_until_it_is_back() => Task.WhenAll(
        CarrierAsync("29", (duel, on) => duel.A.Machine.Ip("link", "set", VrrpLan.Device, on ? "up" : "down")),
        CarrierAsync("30", (duel, on) => duel.Lan.Plug(duel.A.Machine, on)));

    [InteropFact]
    public Task Case_35_an_address_that_somebody_takes_away_is_back_in_its_own_skew() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        await StartBothAsync(duel);
        var deleted = Duel.Now;
        a.Machine.Ip("address", "del", $"{VrrpLan.Vip}/32", "dev", VrrpLan.Device);
        var resigned = await duel.AdvertAsync(a, deleted, advert => advert.Resigns);
        var again = await duel.AdvertAsync(a, resigned.At, advert => !advert.Resigns);
        duel.Took(duel.A, "35: A from its priority 0", Duel.PlanA.Skew, resigned.At, again.At, Timing.Seconds);
        await duel.UntilAsync("A has the address", () => duel.OnlyOn(a));
        await duel.AdvertAsync(a, again.At + Second / 2);
        duel.Holds(duel.AdvertsOf(b, deleted).Count == 0, "B has not advertised");
    });

    [InteropFact]
    public Task Case_37_the_order_of_addresses_does_not_matter() => Duels.PlayAsync(output, async duel =>
    {
        string[] addresses = ["10.9.0.100", "10.9.0.101", "10.9.0.102"];
        await StartBothAsync(duel, Duel.PlanA with { Addresses = addresses },
            Duel.PlanB with { Addresses = [.. addresses.Reverse()] });
        var since = Duel.Now;
        await duel.AdvertAsync(duel.A, since + Duel.PlanB.MasterDown);
        duel.Holds(duel.AdvertsOf(duel.B, since).Count == 0, "B is backup");
        duel.Holds(addresses.All(address => duel.OnlyOn(duel.A, address)), "A has all addresses");
    });

    [InteropFact]
    public Task Case_41_a_machine_that_was_paused_takes_its_place_again() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        await StartBothAsync(duel);
        await duel.SteadyAsync(a, Second);
        a.Pause(true);
        var last = duel.AdvertsOf(a)[^1];
        var firstOfB = await duel.AdvertAsync(b, last.At);
        duel.Took(duel.B, "41: B from the last advert of A", Duel.PlanB.MasterDown, last.At, firstOfB.At, Timing.Seconds);
        await duel.AdvertAsync(b, firstOfB.At + Second);
        var awake = Duel.Now;
        a.Pause(false);
        var firstOfA = await duel.AdvertAsync(a, awake, advert => !advert.Resigns);
        var adverts = duel.AdvertsOf(a, awake).Select(advert => $"{advert.Priority} after {(advert.At - awake).TotalMilliseconds:0} ms");
        duel.Tell($"41: awake, A advertises {string.Join(", ", adverts)}");
        await duel.UntilAsync("A alone has the address", () => duel.OnlyOn(a));
        await duel.AdvertAsync(a, firstOfA.At + (2 * Second));
        duel.Holds(duel.IsSilent(b, firstOfA.At), "B is silent");
    });

    [InteropFact]
    public Task Case_46_a_reload_disturbs_nobody_and_brings_its_address() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        string[] addresses = [VrrpLan.Vip, "10.9.0.101"];
        await StartBothAsync(duel);
        // Until the last announcement of the transition.
        await duel.FindAsync("A announces again", tap => tap.Announcements.Skip(9).FirstOrDefault(seen => seen.From == a.Machine.Role));
        await duel.AdvertAsync(a, Duel.Now);
        using var watch = new MachineWatch(a.Machine, VrrpLan.Device);
        var reloaded = Duel.Now;
        b.Reload(new(Duel.PlanB with { Addresses = addresses }));
        a.Reload(new(Duel.PlanA with { Addresses = addresses }));
        var told = await duel.FindAsync("A announces the new address", tap => tap.Announcements.FirstOrDefault(
            seen => seen.At >= reloaded && seen.From == a.Machine.Role && seen.Address.ToString() == addresses[1]));
        await duel.AdvertAsync(a, told.At + (2 * Second), advert => advert.Addresses.Count == 2);
        duel.Holds(addresses.All(address => duel.OnlyOn(a, address)), "A has both addresses");
        duel.Holds(watch.Removed(VrrpLan.Vip, reloaded) is null, "the old one was there all the time");
        var adverts = duel.AdvertsOf(a, reloaded - Second);
        foreach (var (one, next) in adverts.Zip(adverts.Skip(1)))
            duel.Took(duel.A, "46: from advert to advert", TimeSpan.Zero, Second, one.At, next.At, Timing.Seconds);
        duel.Holds(adverts.All(advert => !advert.Resigns) && duel.AdvertsOf(b, reloaded).Count == 0, "A was master all the time");
        var storm = duel.Tap.Announcements.Count(seen => seen.At >= reloaded && seen.Address.ToString() == VrrpLan.Vip);
        duel.Tell($"46: {storm} announcements of the old address");
        duel.Holds(storm <= 5, "no storm of announcements");
    });

    [InteropFact]
    public Task Case_47_the_death_of_the_VRRP_process_alone_leaves_no_address_behind() => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        await StartBothAsync(duel);
        await duel.SteadyAsync(a, Second);
        var killed = Duel.Now;
        Director.Lab.Namespaces.Tool.Run("kill", "-9", $"{a.RouterProcess()}");
        if (a is DirectorPeer)
        {
            // Its heir resigns in its place, and comes first of those who wait for their skew.
            var resigned = await duel.AdvertAsync(a, killed, advert => advert.Resigns);
            var again = await duel.AdvertAsync(a, resigned.At, advert => !advert.Resigns);
            duel.Took(duel.A, "47: A from its heir's priority 0", Duel.PlanA.Skew, resigned.At, again.At, Timing.Seconds);
            duel.Holds(duel.AdvertsOf(b, killed).Count == 0, "B has not advertised");
        }

        await duel.AdvertAsync(a, killed + TimeSpan.FromSeconds(2), advert => !advert.Resigns);
        await duel.UntilAsync("A alone has the address", () => duel.OnlyOn(a));
    });

    private static async Task StartBothAsync(Duel duel, RouterPlan? planA = null, RouterPlan? planB = null)
    {
        await duel.StartAsync(duel.B, planB ?? Duel.PlanB);
        await duel.AdvertAsync(duel.A, await duel.StartAsync(duel.A, planA ?? Duel.PlanA));
        await duel.UntilAsync("A alone has the address", () => duel.OnlyOn(duel.A));
    }

    private Task CarrierAsync(string number, Action<Duel, bool> turn) => Duels.PlayAsync(output, async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        await StartBothAsync(duel);
        await duel.SteadyAsync(a, Second);
        using var watch = new MachineWatch(a.Machine, VrrpLan.Device);
        var off = Duel.Now;
        turn(duel, false);
        var last = duel.AdvertsOf(a)[^1];
        await duel.UntilAsync("A has given up the address", () => watch.Removed(VrrpLan.Vip, off) is not null);
        // Of a device that is down the kernel keeps the addresses, so it is the program that took it away.
        duel.Took(duel.A, $"{number}: A gives up the address", TimeSpan.Zero, TimeSpan.FromMilliseconds(50),
            watch.Carrier(false, off) ?? off, watch.Removed(VrrpLan.Vip, off)!.Value, Timing.Seconds);
        var firstOfB = await duel.AdvertAsync(b, off);
        duel.Took(duel.B, $"{number}: B from the last advert of A", Duel.PlanB.MasterDown, last.At, firstOfB.At, Timing.Seconds);
        await duel.UntilAsync("B alone has the address", () => duel.OnlyOn(b));
        await duel.AdvertAsync(b, firstOfB.At + Second);
        var on = Duel.Now;
        turn(duel, true);
        var firstOfA = await duel.AdvertAsync(a, on);
        duel.Took(duel.A, "31: A from its device's return", Duel.PlanA.MasterDown, watch.Carrier(true, on) ?? on, firstOfA.At,
            Timing.Seconds);
        await duel.UntilAsync("A alone has the address", () => duel.OnlyOn(a));
    });
}
