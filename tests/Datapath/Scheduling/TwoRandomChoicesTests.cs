using Director.Datapath;
using Director.Datapath.Scheduling;
using Director.Datapath.Tables;

namespace Director.Tests.Datapath;

/// <summary>twos, by its distribution.</summary>
public sealed class TwoRandomChoicesTests
{
    private const int Draws = 60_000;

    [Fact]
    public void Two_draws_by_weight_and_the_less_loaded_wins()
    {
        // Servers 1 and 2 idle and of one weight, 3 loaded and of twice that: it wins only when both draws are its own. Of the five
        // numbers 0 to 4 that a draw takes, the head of the list, 3, has 0, 1 and 2.
        using var engine = new Engine().With(Engine.Weighted("twos", 1, 1, 2));
        for (var i = 0; i < 8; i++) engine.State(3).Bind();
        var counts = Count(engine);
        AssertNear(9 / 25.0, counts[3]);

        // The other two are equals, so the first draw's stands unless only the second is one of them.
        AssertNear(8 / 25.0, counts[2]);
        AssertNear(8 / 25.0, counts[1]);
    }

    [Fact]
    public void Equal_servers_get_equal_shares_but_for_the_one_part_more_of_the_first()
    {
        using var engine = new Engine().With(Engine.Weighted("twos", 1000, 1000, 1000, 0));
        var counts = Count(engine);
        Assert.Equal(0, counts[4]);
        foreach (var server in (int[])[1, 2, 3]) AssertNear(1 / 3.0, counts[server]);
    }

    [Fact]
    public void A_seed_repeats_its_choices_and_another_makes_others()
    {
        Assert.Equal(Choices(7), Choices(7));
        Assert.NotEqual(Choices(7), Choices(8));

        static string Choices(ulong seed)
        {
            var servers = Enumerable.Range(1, 8)
                .Select(id => new PooledServer(new RealServerState(id, default, new(), 1), 1, 1, default)).ToArray();
            var scheduler = SchedulerCatalog.Make("twos", IpvsSettings.Default, seed).Succeed(new(servers));
            return string.Join(' ', Enumerable.Range(0, 40).Select(_ => scheduler.Pick(default)));
        }
    }

    private static int[] Count(Engine engine)
    {
        var scheduler = engine.Table.Services[0].Scheduler;
        var counts = new int[5];
        for (var i = 0; i < Draws; i++) counts[scheduler.Pool.Count - scheduler.Pick(default)]++;
        return counts;
    }

    /// <summary>Within five standard deviations; the seed is fixed, so it holds always or never.</summary>
    private static void AssertNear(double share, int count)
    {
        var deviation = Math.Sqrt(Draws * share * (1 - share));
        Assert.InRange(count, (Draws * share) - (5 * deviation), (Draws * share) + (5 * deviation));
    }
}
