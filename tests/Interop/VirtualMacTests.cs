using Director.Perf.Routers;
using Director.Perf.Routers.Peers;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>The virtual router's own hardware address (docs/interop.md).</summary>
public sealed class VirtualMacTests(ITestOutputHelper output)
{
    private const string VirtualMac = "00:00:5e:00:01:33";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);

    [InteropFact(frr: true)]
    public Task Case_45_the_clients_entry_never_changes() => Duels.PlayAsync(output,
        [.. Duels.WithKeepalived, (PeerKind.N, PeerKind.F), (PeerKind.F, PeerKind.N)], async duel =>
    {
        var (a, b, client) = (duel.A, duel.B, duel.Lan.Client);
        RouterPlan planA = Plan(Duel.PlanA), planB = Plan(Duel.PlanB);
        // Else a router's kernel asks for the client, to answer it, from the device below and as the virtual address (arp_announce 0).
        foreach (var machine in new[] { a.Machine, b.Machine })
        {
            machine.Ip("neigh", "replace", "10.9.0.3", "lladdr", duel.Lan.MacOf(client), "dev", VrrpLan.Device, "nud", "permanent");
            // The others do that themselves; FRR leaves it to who sets up the machine.
            machine.Sysctl($"net.ipv4.conf.{VrrpLan.Device}.arp_ignore", "1");
        }

        using var entries = client.Start("ip", "monitor", "neigh");
        b.Start(new PeerPlan(planB));
        await duel.AdvertAsync(b, default);
        using var asking = client.Start("ping", "-n", "-i", "0.05", VrrpLan.Vip);
        await AnsweredByAsync(b);
        var since = Duel.Now;
        a.Start(new PeerPlan(planA));
        await duel.AdvertAsync(a, since);
        await AnsweredByAsync(a);
        await duel.SteadyAsync(a, Second);

        // What is left of a machine without power answers nobody.
        duel.Lan.Plug(a.Machine, inserted: false);
        a.Crash();
        var last = duel.AdvertsOf(a)[^1];
        var first = await duel.AdvertAsync(b, last.At);
        // FRR counts in hundredths of a second, cut off.
        var down = b is FrrPeer ? TimeSpan.FromMilliseconds(360) : planB.MasterDown;
        duel.Took(b, "45: B from A's last advert", down, last.At, first.At, Timing.Tenths);
        await AnsweredByAsync(b);
        await duel.SteadyAsync(b, Second);

        duel.Holds(duel.Tap.Adverts.All(advert => advert.SourceMac == VirtualMac), "all adverts are from the virtual MAC address");
        var told = duel.Tap.Announcements.Where(seen => seen.Address.ToString() == VrrpLan.Vip).ToArray();
        foreach (var peer in new[] { a, b })
            duel.Holds(told.Any(seen => seen.From == peer.Machine.Role), $"{peer} announces the address");
        duel.Holds(told.All(seen => seen.SourceMac == VirtualMac && seen.AnnouncedMac == VirtualMac), "by the virtual MAC address");
        var changes = entries.Lines.Where(line => line.Contains(VrrpLan.Vip + " ", StringComparison.Ordinal)
            && line.Contains("lladdr", StringComparison.Ordinal)).ToArray();
        duel.Holds(changes.Length > 0, "the client has learnt the address");
        duel.Holds(changes.All(line => line.Contains("lladdr " + VirtualMac, StringComparison.Ordinal)),
            $"the client knows no other hardware address: {string.Join("; ", changes)}");

        Task AnsweredByAsync(Peer master)
        {
            var from = Duel.Now;
            return duel.UntilAsync($"45: {master} answers the client", () =>
                duel.Tap.Echoes.Any(echo => echo.From == master.Machine.Role && echo.At >= from));
        }
    });

    private static RouterPlan Plan(RouterPlan plan) => (plan with { Version = 3, Interval = Tenth }).With("use_vmac");
}
