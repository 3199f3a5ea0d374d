using Director.Perf.Routers;
using Director.Perf.Routers.Peers;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>The virtual addresses, and the one that adverts come from (docs/interop.md).</summary>
public sealed class AddressTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);
    private static readonly RouterPlan PlanA = Duel.PlanA with { Version = 3, Interval = Tenth };
    private static readonly RouterPlan PlanB = Duel.PlanB with { Version = 3, Interval = Tenth };

    [InteropFact]
    public Task Cases_36_and_48_addresses_that_differ_by_one_and_a_link_local_one_that_is_missing() => Task.WhenAll(
        // keepalived refuses what differs, and the director as backup does not.
        StandOff.PlayAsync(output, [(PeerKind.N, PeerKind.K), (PeerKind.K, PeerKind.K)], "36", MoreA, Duel.PlanB, "addressListsDiffering"),
        OneMoreAddressAsync(),
        LinkLocalAsync());

    private static RouterPlan MoreA { get; } = Duel.PlanA with { Addresses = [VrrpLan.Vip, "10.9.0.101"] };

    private Task OneMoreAddressAsync() => Duels.PlayAsync(output, [(PeerKind.K, PeerKind.N), (PeerKind.N, PeerKind.N)], async duel =>
    {
        await duel.StartAsync(duel.B, Duel.PlanB);
        await duel.AdvertAsync(duel.A, await duel.StartAsync(duel.A, MoreA));
        var since = Duel.Now;
        await duel.SteadyAsync(duel.A, TimeSpan.FromSeconds(1));
        duel.Holds(duel.IsSilent(duel.B, since) && duel.OnlyOn(duel.A), "36: A is the only master");
        await duel.CountsAsync(duel.B, "addressListsDiffering");
        duel.A.Crash();
        var last = duel.AdvertsOf(duel.A)[^1];
        var first = await duel.AdvertAsync(duel.B, last.At);
        duel.Took(duel.B, "36: B from A's last advert", Duel.PlanB.MasterDown, last.At, first.At, Timing.Seconds);
    });

    private Task LinkLocalAsync() => Duels.PlayAsync(output, async duel =>
    {
        string[] addresses = ["fe80::100", "2001:db8:9::100"];
        var (a, b) = (duel.A, duel.B);
        var planA = PlanA with { Addresses = addresses };
        await duel.StartAsync(b, PlanB with { Addresses = addresses });
        await duel.AdvertAsync(a, await duel.StartAsync(a, planA));
        await duel.SteadyAsync(a, Second);
        duel.Holds(addresses.All(address => duel.OnlyOn(a, address)), "A has the addresses");
        var own = duel.AdvertsOf(a)[^1].Source.ToString();

        using var watch = new MachineWatch(a.Machine, VrrpLan.Device);
        var removed = Duel.Now;
        a.Machine.Ip("address", "del", own + "/64", "dev", VrrpLan.Device);
        await duel.UntilAsync("48: A gives up the addresses", () => !addresses.Any(a.Has));
        duel.Took(a, "48: A gives up its address", TimeSpan.Zero, TimeSpan.FromMilliseconds(50),
            watch.Removed(own, removed)!.Value, watch.Removed(addresses[1], removed)!.Value, Timing.Seconds);
        var firstOfB = await duel.AdvertAsync(b, removed);
        // The director resigns all the same; keepalived has nothing to say so from, and B waits for it.
        var last = duel.AdvertsOf(a).Last(advert => advert.At < firstOfB.At);
        duel.Holds(last.Resigns == a is DirectorPeer, "48: the director resigns");
        duel.Took(b, "48: B from A's last advert", last.Resigns ? PlanB.Skew : PlanB.MasterDown, last.At, firstOfB.At, Timing.Tenths);
        await duel.SteadyAsync(b, Second);
        duel.Holds(duel.AdvertsOf(a, firstOfB.At).Count == 0 && addresses.All(address => duel.OnlyOn(b, address)), "48: A is in fault");

        var returned = Duel.Now;
        a.Machine.AddAddress(VrrpLan.Device, own + "/64");
        var firstOfA = await duel.AdvertAsync(a, returned);
        // It came after the first of these and before the second.
        var added = watch.Added(own, returned)!.Value;
        duel.Took(a, "48: A from its address's return", planA.MasterDown, planA.MasterDown + (added - returned), returned, firstOfA.At,
            Timing.Tenths);
        await duel.UntilAsync("A has the addresses", () => addresses.All(address => duel.OnlyOn(a, address)));
    }, ipv6: true);
}
