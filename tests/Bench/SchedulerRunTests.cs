using Director.Bench.Schedulers;
using Director.Datapath.Scheduling;

namespace Director.Tests.Bench;

public sealed class SchedulerRunTests
{
    private static readonly Trace Steady = new("steady", [.. Enumerable.Range(0, 4000).Select(i => new Arrival(i, i % 50, 40))]);

    [Fact]
    public void Connections_alike_one_after_another_are_spread_evenly_by_turn_and_by_load()
    {
        Assert.All((string[])["rr", "wrr", "lc", "wlc", "nq", "sed"], scheduler =>
            Assert.Equal(1, SchedulerRun.Play(scheduler, [1, 1, 1, 1], Steady, PoolChange.None).Load, 0.1));
        Assert.Equal(1, SchedulerRun.Play("wlc", [1, 3], Steady, PoolChange.None).Load, 0.1);
        Assert.Equal(2, SchedulerRun.Play("lc", [1, 3], Steady, PoolChange.None).Load, 0.1);
    }

    [Fact]
    public void All_on_one_server_is_as_many_times_the_mean_as_there_are_servers()
    {
        var result = SchedulerRun.Play("fo", [1, 1, 1, 1], Steady, PoolChange.None);
        Assert.Equal((4, 4, 0), (result.Load, result.Worst, result.Refused));
    }

    [Fact]
    public void A_full_service_refuses_the_rest()
    {
        // Forty connections at once, and room for twelve: a server is full with one more than its weight.
        Assert.Equal(0.7, SchedulerRun.Play("ovf", [5, 5], Steady, PoolChange.None).Refused, 0.01);
    }

    [Fact]
    public void Clients_stay_by_address_and_a_server_that_leaves_moves_those_that_must_be()
    {
        Assert.Equal(0, SchedulerRun.Play("sh", [1, 1, 1, 1], Steady, PoolChange.None).Moved);
        Assert.Equal(0, SchedulerRun.Play("mh", [1, 1, 1, 1], Steady, PoolChange.None).Moved);
        Assert.InRange(SchedulerRun.Play("mh", [1, 1, 1, 1], Steady, PoolChange.Leaves).Moved, 0, 0.01);
        Assert.InRange(SchedulerRun.Play("rr", [1, 1, 1], Steady, PoolChange.None).Moved, 0.5, 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_for_every_scheduler_and_another_seed_another_trace()
    {
        var (once, again) = (Trace.Synthetic(3).ToList(), Trace.Synthetic(3).ToList());
        Assert.Equal(once.Select(trace => trace.Arrivals), again.Select(trace => trace.Arrivals));
        Assert.NotEqual(once[0].Arrivals, Trace.Synthetic(4).First().Arrivals);
        Assert.All(once, trace => Assert.Equal(trace.Arrivals.OrderBy(arrival => arrival.At), trace.Arrivals));
        Assert.All(SchedulerCatalog.Names, scheduler => Assert.Equal(Play(scheduler, once[0]), Play(scheduler, again[0])));

        static SchedulerResult Play(string scheduler, Trace trace) =>
            SchedulerRun.Play(scheduler, [1, 2, 3], trace with { Arrivals = [.. trace.Arrivals.Take(3000)] }, PoolChange.Comes);
    }

    [Fact]
    public void A_recorded_trace_is_read_in_any_order_and_what_is_none_is_refused_by_its_line()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "# msec client seconds\n1702.5 192.0.2.1 0.25\n1701.0 2001:db8::1 3\n\n1704 192.0.2.1 1\n");
            Assert.Equal([new(0, 1, 3), new(1.5, 0, 0.25), new(3, 0, 1)], Trace.Read(path).Arrivals);
            File.WriteAllText(path, "1 192.0.2.1 1\n2 192.0.2.1 -1\n");
            Assert.Contains($"{path}:2: ", Assert.Throws<FormatException>(() => Trace.Read(path)).Message, StringComparison.Ordinal);
            File.WriteAllText(path, "# nothing\n");
            Assert.Throws<FormatException>(() => Trace.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
