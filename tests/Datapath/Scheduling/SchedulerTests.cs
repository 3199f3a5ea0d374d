using Director.Datapath;
using Director.Datapath.Scheduling;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>Sequences that the kernel (Debian 6.1.192, ip_vs) gave for SYNs only, servers added 1, 2, 3.</summary>
public sealed class SchedulerTests
{
    [Theory]
    [InlineData("wlc", "1 2 3", "3 2 1 3 2 3 3 2 1 3 2 3 3")]
    [InlineData("wlc", "1 1 1", "3 2 1 3 2 1")]
    [InlineData("lc", "1 2 3", "3 2 1 3 2 1")]
    [InlineData("rr", "1 1 1", "3 2 1 3 2 1 3")]
    [InlineData("rr", "1 2 3", "3 2 1 3 2 1 3")]
    [InlineData("wrr", "1 2 3", "3 2 1 3 3 2 3 2 1 3 3 2")]
    [InlineData("wrr", "3 2 1", "3 2 1 1 2 1 3 2 1 1 2 1 3 2")]
    [InlineData("wrr", "5 1 1", "3 2 1 1 1 1 1 3 2 1 1 1 1 1")]
    [InlineData("wrr", "4 0 2", "3 1 1 3 1 1")]
    [InlineData("sed", "1 2 3", "3 2 3 3 2 1 3 2 3 3 2 1 3")]
    [InlineData("nq", "1 2 3", "3 2 1 3 3 2 3 2 3 3 2 1 3")]
    [InlineData("ovf", "1 2 3", "3 3 3 3 2 2 2 1 1 0 0")]
    [InlineData("fo", "1 3 2", "2 2 2 2")]
    [InlineData("fo", "2 2 1", "2 2 2 2")]
    [InlineData("lblc", "1 1 1", "3 3 2 2 1 1")]
    public void A_fresh_service_gives_the_kernels_sequence(string scheduler, string weights, string expected)
    {
        using var engine = new Engine().With(Engine.Weighted(scheduler, [.. weights.Split(' ').Select(int.Parse)]));
        Assert.Equal(expected, engine.Picks(expected.Split(' ').Length));
    }

    [Fact]
    public void Round_robin_steps_back_when_its_last_pick_leaves_and_sees_a_newcomer_at_the_head()
    {
        using var engine = new Engine().With(Engine.Weighted("rr", 1, 1, 1));
        Assert.Equal("3 2 1 3 2 1 3", engine.Picks(7));
        engine.With(Engine.Service("rr", Engine.Server(1), Engine.Server(3)));
        Assert.Equal("1 3 1 3", engine.Picks(4, 2000));
        engine.With(Engine.Service("rr", Engine.Server(1), Engine.Server(2), Engine.Server(3)));
        Assert.Equal("1 2 3 1 2 3", engine.Picks(6, 3000));
    }

    [Theory]
    [InlineData("2 3", "3 2 3")]
    [InlineData("1 3", "1 3 1")]
    [InlineData("1 2", "1 2 1")]
    [InlineData("1 2 3 4", "1 4 3 2 1")]
    public void Round_robin_goes_on_behind_its_last_pick_whoever_leaves_or_joins(string servers, string expected)
    {
        using var engine = new Engine().With(Engine.Weighted("rr", 1, 1, 1));
        Assert.Equal("3 2", engine.Picks(2));
        engine.With(Engine.Service("rr", [.. servers.Split(' ').Select(number => Engine.Server(int.Parse(number)))]));
        Assert.Equal(expected, engine.Picks(expected.Split(' ').Length, 2000));
    }

    [Fact]
    public void Weighted_round_robin_starts_over_when_a_weight_changes()
    {
        using var engine = new Engine().With(Engine.Weighted("wrr", 1, 2, 3));
        Assert.Equal("3 2 1 3", engine.Picks(4));
        engine.With(Engine.Weighted("wrr", 5, 2, 3));
        Assert.Equal("3 1 3 2 1 3 2 1 1 1 3 1", engine.Picks(12, 2000));
    }

    [Fact]
    public void A_service_that_is_given_another_scheduler_begins_with_the_servers_it_has()
    {
        // Had they been added to weighted round robin one by one, it would have begun with a threshold of 1: "3 2 1 3 3 2".
        using var engine = new Engine().With(Engine.Weighted("rr", 1, 2, 3)).With(Engine.Weighted("wrr", 1, 2, 3));
        Assert.Equal("3 3 2 3 2 1", engine.Picks(6));
    }

    [Fact]
    public void A_service_that_is_given_other_flags_keeps_its_schedulers_place()
    {
        var service = Engine.Weighted("rr", 1, 1, 1);
        using var engine = new Engine().With(service);
        Assert.Equal("3 2", engine.Picks(2));
        engine.With(service with { SchedulerFlags = SchedulerFlags.Third });
        Assert.Equal(SchedulerFlags.Third, engine.Table.Services[0].SchedulerFlags);
        Assert.Equal("1 3", engine.Picks(2, 2000));
    }

    public static TheoryData<string> Names => [.. SchedulerCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Weight_zero_takes_no_connection_and_none_eligible_means_none(string scheduler)
    {
        // Those that hash have no other server to give unless they are told to fall back.
        var clients = Enumerable.Range(1, 250).Select(last => $"10.9.8.{last}").ToList();
        using var engine = new Engine().With(Flagged(0, 1, 0));
        var served = clients.Select(client => engine.ServerOf(1000, client)).ToList();
        if (scheduler is "dh" or "ovf") Assert.DoesNotContain(served, server => server is not (0 or 2));
        else Assert.All(served, server => Assert.Equal(2, server));
        engine.With(Flagged(0, 0, 0));
        Assert.All(clients, client => Assert.Equal(0, engine.ServerOf(2000, client)));
        engine.With(Engine.Service(scheduler));
        Assert.All(clients, client => Assert.Equal(0, engine.ServerOf(3000, client)));

        VirtualServiceSpec Flagged(params int[] weights) =>
            Engine.Weighted(scheduler, weights) with { SchedulerFlags = SchedulerFlags.Fallback };
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_overloaded_server_takes_no_connection(string scheduler)
    {
        var bounded = Engine.Server(1) with { Thresholds = new(1, 0) };
        using var engine = new Engine(capacity: 4096).With(Engine.Service(scheduler, bounded));
        Assert.Equal(1, engine.ServerOf(1000));
        engine.With(Engine.Service(scheduler, bounded, Engine.Server(2, 1000), Engine.Server(3, 1000)));
        var others = Enumerable.Range(1, 250).Select(last => engine.ServerOf(1000, $"10.9.8.{last}")).ToList();
        if (scheduler == "lblc") Assert.Contains(1, others);
        else Assert.DoesNotContain(1, others);
        if (scheduler == "dh") Assert.All(others, server => Assert.Equal(0, server));
        else Assert.Contains(others, server => server > 1);
    }

    [Fact]
    public void The_load_rule_decides_whether_an_active_connection_counts_256_or_257()
    {
        // 256 inactive connections on server 1 against one active on server 2.
        Assert.Equal(2, NextPick(OverheadRule.Total, inactiveOnFirst: 258));
        Assert.Equal(1, NextPick(OverheadRule.Total, inactiveOnFirst: 256));
        Assert.Equal(2, NextPick(OverheadRule.Inactive, inactiveOnFirst: 257));
        Assert.Equal(1, NextPick(OverheadRule.Inactive, inactiveOnFirst: 255));

        static int NextPick(OverheadRule rule, int inactiveOnFirst)
        {
            using var engine = new Engine(settings: new() { Overhead = rule });
            engine.With(Engine.Service("wlc", Engine.Server(1)));
            for (ushort port = 1; port <= inactiveOnFirst; port++)
            {
                engine.Send(TcpFlags.Syn, (ushort)(1000 + port));
                engine.Send(TcpFlags.Ack, (ushort)(1000 + port));
                engine.Send(TcpFlags.Fin, (ushort)(1000 + port));
            }

            Assert.Equal((0, inactiveOnFirst), (engine.State(1).ActiveConnections, engine.State(1).InactiveConnections));
            engine.With(Engine.Service("wlc", Engine.Server(1, 0), Engine.Server(2)));
            Assert.Equal(2, engine.ServerOf(20000));
            engine.With(Engine.Service("wlc", Engine.Server(1), Engine.Server(2)));
            return engine.ServerOf(20001);
        }
    }

    [Fact]
    public void Large_weights_and_loads_do_not_overflow()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", int.MaxValue, int.MaxValue));
        Assert.Equal("2 1 2 1 2 1", engine.Picks(6));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_catalog_has_the_schedulers_that_it_lists(string name)
    {
        Assert.True(SchedulerCatalog.Contains(name));
        Assert.Equal(-1, SchedulerCatalog.Make(name, IpvsSettings.Default, 0).Pick(default));
    }

    [Fact]
    public void The_catalog_has_no_others()
    {
        Assert.False(SchedulerCatalog.Contains("WLC"));
        Assert.Throws<ArgumentOutOfRangeException>(() => SchedulerCatalog.Make("nonesuch", IpvsSettings.Default, 0));
    }

    [Fact]
    public void A_copy_picks_without_moving_the_original()
    {
        using var engine = new Engine().With(Engine.Weighted("rr", 1, 1, 1));
        var scheduler = engine.Table.Services[0].Scheduler;
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(_ => scheduler.Copy()).Aggregate(
            (Scheduler: scheduler.Copy(), Picks: new List<int>()),
            (state, _) =>
            {
                state.Picks.Add(state.Scheduler.Pick(default));
                return state;
            }).Picks);
        Assert.Equal(0, scheduler.Pick(default));
    }
}
