using Director.Datapath;
using Director.Datapath.Ports;
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

    [Fact]
    public void Weighted_round_robin_starts_over_when_a_weight_changes()
    {
        using var engine = new Engine().With(Engine.Weighted("wrr", 1, 2, 3));
        Assert.Equal("3 2 1 3", engine.Picks(4));
        engine.With(Engine.Weighted("wrr", 5, 2, 3));
        Assert.Equal("3 1 3 2 1 3 2 1 1 1 3 1", engine.Picks(12, 2000));
    }

    [Theory]
    [InlineData("wlc")]
    [InlineData("lc")]
    [InlineData("rr")]
    [InlineData("wrr")]
    public void Weight_zero_takes_no_connection_and_none_eligible_means_none(string scheduler)
    {
        using var engine = new Engine().With(Engine.Weighted(scheduler, 0, 1, 0));
        Assert.Equal("2 2 2 2", engine.Picks(4));
        engine.With(Engine.Weighted(scheduler, 0, 0, 0));
        Assert.Equal(Verdict.Reply, engine.Send(TcpFlags.Syn, 5000).Verdict);
        engine.With(Engine.Service(scheduler));
        Assert.Equal(Verdict.Reply, engine.Send(TcpFlags.Syn, 5001).Verdict);
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
            using var engine = new Engine(compat: new(rule));
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

    [Fact]
    public void The_catalog_knows_the_names_it_lists_and_no_others()
    {
        foreach (var name in SchedulerCatalog.Names)
        {
            Assert.True(SchedulerCatalog.TryGet(name, default, out var scheduler));
            Assert.Equal(-1, scheduler.Pick(default));
        }

        Assert.False(SchedulerCatalog.Contains("WLC"));
        Assert.False(SchedulerCatalog.TryGet("nonesuch", default, out _));
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
