using Director.Perf.Routers;
using Director.Perf.Stress;
using Director.Tests.Lab;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Interop;

/// <summary>Adverts that nobody may believe, and many of them (docs/interop.md).</summary>
[Collection("kernel")]
public sealed class BadAdvertTests(ITestOutputHelper output)
{
    private static readonly byte[] Address = [10, 9, 0, 100];
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Fifth = TimeSpan.FromMilliseconds(200);
    private static readonly RouterPlan Plan = Duel.PlanA with { Version = 3, Interval = Fifth };

    [InteropFact]
    public Task Cases_38_to_40_neither_strangers_nor_the_malformed_nor_the_routed_move_a_master() => Duels.PlayAsync(output,
        [(PeerKind.N, PeerKind.N), (PeerKind.K, PeerKind.N)], async duel =>
    {
        var (a, b) = (duel.A, duel.B);
        await duel.AdvertAsync(a, await duel.StartAsync(a, Plan));
        await duel.StartAsync(b, Plan with { Priority = 100 });
        await duel.SteadyAsync(a, TimeSpan.FromSeconds(1));
        var isOurs = duel.Pair[0] == 'N';
        await SprayAsync(duel, "38: of a number that nobody has, 10,000 a second",
            [BadAdverts.Frame(99, Address, _ => { })], 10_000, unmoved: true);
        await SprayAsync(duel, "39: with more addresses than there are, 20 a second",
            [BadAdverts.Frame((byte)Plan.Id, Address, message => message[3] = 9)], 20, unmoved: isOurs);
        await SprayAsync(duel, "40: from beyond the link, 20 a second",
            [BadAdverts.Frame((byte)Plan.Id, Address, _ => { }, hopLimit: 254)], 20, unmoved: isOurs);
        await duel.AdvertAsync(a, Duel.Now);
        duel.Holds(duel.OnlyOn(a), "A has the address");
    });

    [KernelFact]
    public async Task Busy_processors_collections_and_10000_bad_adverts_a_second_cost_no_advert_and_nobodys_place()
    {
        var result = await StressRun.PlayAsync(
            new StressOptions { Length = TimeSpan.FromSeconds(8), Director = DirectorProgram.Command[0] }, (_, _) => { }, default);
        // How late they are is told, and asserted where nothing else runs (./dev stress).
        output.WriteLine($"{result.Late.Count} adverts, p99.9 {result.P999.TotalMilliseconds:0.00} ms late, by the director's own account "
            + $"{result.LatestByItself.TotalMilliseconds:0.00} ms at most; {result.Bad} bad ones; {result.Collections} collections");
        Assert.True(result.Stood, $"left out {result.Missed}, of the other {result.OfTheOther}, masterships {result.Masterships}");
        Assert.True(result.Late.Count >= 75, $"{result.Late.Count} adverts in 8 s");
        Assert.True(result.Collections >= 20, $"{result.Collections} collections: the main process was not under pressure");
        Assert.True(result.Bad >= 40_000, $"{result.Bad} bad adverts");
    }

    // keepalived puts off its own advert at each bad one: it is silent for as long as they come.
    private static async Task SprayAsync(Duel duel, string what, IReadOnlyList<byte[]> frames, double perSecond, bool unmoved)
    {
        var begun = Duel.Now;
        using (new AdvertSpray(duel.Lan.Client, frames, perSecond)) await Task.Delay(Length);
        var adverts = duel.AdvertsOf(duel.A, begun).Where(advert => advert.At < begun + Length).ToArray();
        duel.Tell($"{what}: {adverts.Length} adverts in {Length.TotalSeconds} s");
        if (!unmoved) return;
        duel.Holds(adverts.Length >= (int)(Length / Fifth) - 1, $"{what}: A goes on");
        foreach (var (one, next) in adverts.Zip(adverts.Skip(1)))
            duel.Took(duel.A, $"{what}: advert to advert", Fifth, one.At, next.At, Timing.Seconds);
        duel.Holds(duel.AdvertsOf(duel.B, begun).Count == 0, $"{what}: B is backup");
    }
}
