using Director.Datapath;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>Upper and lower thresholds as the kernel keeps them (Debian 6.1.192).</summary>
public sealed class ThresholdTests
{
    [Fact]
    public void A_server_refuses_at_its_upper_threshold_and_takes_again_below_three_quarters_of_it()
    {
        // As recorded with ipvsadm -x 4.
        using var engine = new Engine().With(Bounded(4, 0));
        Assert.Equal("1 1", engine.Picks(2));
        engine.Pass(20);
        Assert.Equal("1 1 0 0", engine.Picks(4, 2000));
        engine.Pass(45);
        Assert.Equal(2, engine.State(1).TotalConnections);
        Assert.Equal("1 1 0", engine.Picks(3, 3000));
    }

    [Theory]
    [InlineData(4, 0, 2)]
    [InlineData(5, 0, 3)]
    [InlineData(8, 0, 5)]
    [InlineData(1, 0, 0)]
    [InlineData(4, 4, 3)]
    [InlineData(4, 1, 0)]
    [InlineData(4, 2, 1)]
    public void The_lower_threshold_says_how_far_the_count_must_fall(int upper, int lower, int releasedAt)
    {
        var server = State(new(upper, lower));
        for (var count = 1; count <= upper; count++)
        {
            Assert.False(server.IsOverloaded);
            server.Bind();
        }

        for (var count = upper; count > releasedAt; count--)
        {
            Assert.True(server.IsOverloaded);
            server.Unbind(wasActive: false, MonoTime.Zero);
        }

        Assert.False(server.IsOverloaded);
        for (var count = releasedAt; count < upper; count++)
        {
            Assert.False(server.IsOverloaded);
            server.Bind();
        }

        Assert.True(server.IsOverloaded);
    }

    [Theory]
    [InlineData(6, 6, 0, true)]
    [InlineData(6, 7, 0, true)]
    [InlineData(6, 8, 7, false)]
    [InlineData(6, 9, 0, false)]
    [InlineData(6, 0, 0, false)]
    [InlineData(4, 6, 0, false)]
    public void An_edit_sets_the_flag_at_the_upper_threshold_and_clears_it_below_the_lower(int count, int upper, int lower, bool expected)
    {
        // Overloaded before the edit if there are six.
        var server = State(new(6, 0));
        for (var i = 0; i < count; i++) server.Bind();
        Assert.Equal(count == 6, server.IsOverloaded);
        server.SetThresholds(new(upper, lower));
        Assert.Equal(expected, server.IsOverloaded);
    }

    [Fact]
    public void An_edit_leaves_a_server_that_takes_connections_between_the_thresholds_as_it_is()
    {
        var server = State(default);
        for (var i = 0; i < 6; i++) server.Bind();
        server.SetThresholds(new(7, 3));
        Assert.False(server.IsOverloaded);
        server.SetThresholds(new(6, 3));
        Assert.True(server.IsOverloaded);
        server.SetThresholds(new(7, 3));
        Assert.True(server.IsOverloaded);
    }

    [Fact]
    public void Templates_do_not_count_and_persistence_does_not_look()
    {
        using var engine = new Engine().With(Bounded(2, 0) with { PersistenceTimeout = TimeSpan.FromSeconds(300) });
        Assert.Equal(1, engine.ServerOf(1000, "10.1.0.1"));
        Assert.Equal((1, 1), (engine.State(1).TotalConnections, engine.State(1).PersistentConnections));
        Assert.False(engine.State(1).IsOverloaded);
        Assert.Equal("1 1 1", engine.Picks(3));
        Assert.Equal(0, engine.ServerOf(1000, "10.1.0.2"));
    }

    [Fact]
    public void Connections_that_exist_stay_with_an_overloaded_server()
    {
        using var engine = new Engine().With(Bounded(1, 0));
        Assert.Equal(1, engine.ServerOf(1000));
        Assert.Equal(0, engine.ServerOf(1001));
        Assert.Equal(1, engine.Send(TcpFlags.Ack, 1000).Egress);
    }

    [Fact]
    public void A_table_takes_new_thresholds_into_force_and_a_returning_server_brings_its_count()
    {
        using var engine = new Engine().With(Bounded(0, 0));
        Assert.Equal("1 1 1", engine.Picks(3));
        engine.With(Bounded(3, 0));
        Assert.Equal(0, engine.ServerOf(2000));
        engine.With(Engine.Service("wlc")).With(Bounded(4, 0));

        // Three are three quarters of four: neither more nor fewer than it takes to change anything.
        Assert.Equal(0, engine.ServerOf(3000));
        engine.With(Bounded(5, 0));
        Assert.Equal("1 1 0", engine.Picks(3, 4000));
        Assert.Equal(new(5, 0), engine.Table.Services[0].Pool[0].Thresholds);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    public void Thresholds_that_the_kernel_refuses_are_refused(int upper, int lower)
    {
        using var engine = new Engine();
        var refusal = Assert.Throws<ArgumentException>(() => engine.With(Bounded(upper, lower)));
        Assert.Contains("bad thresholds", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Workers_that_cross_the_threshold_at_once_leave_the_flag_right()
    {
        const int workers = 4, rounds = 2000;
        var server = State(new(workers * 2, 0));
        using var barrier = new Barrier(workers);
        var wrong = 0;
        var threads = Enumerable.Range(0, workers).Select(_ => new Thread(Work)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal((0, 0), (wrong, server.TotalConnections));

        void Work()
        {
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < 2; i++) server.Bind();
                barrier.SignalAndWait();
                if (!server.IsOverloaded) Interlocked.Increment(ref wrong);
                barrier.SignalAndWait();
                for (var i = 0; i < 2; i++) server.Unbind(wasActive: false, MonoTime.Zero);
                barrier.SignalAndWait();
                if (server.IsOverloaded) Interlocked.Increment(ref wrong);
                barrier.SignalAndWait();
            }
        }
    }

    private static VirtualServiceSpec Bounded(int upper, int lower) =>
        Engine.Service("wlc", Engine.Server(1) with { Thresholds = new(upper, lower) });

    private static RealServerState State(ConnectionThresholds thresholds)
    {
        var server = new RealServerState(1, default, new(), 1);
        server.SetThresholds(thresholds);
        return server;
    }
}
