using Director.Datapath;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>A connection from its SYN to its end, and what it counts for meanwhile.</summary>
public sealed class ConnectionLifeTests
{
    private const TcpFlags FinAck = TcpFlags.Fin | TcpFlags.Ack;

    [Fact]
    public void The_usual_walk_counts_and_lasts_as_in_the_kernel()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        Step(engine, TcpFlags.Syn, active: 1, inactive: 0, seconds: 60);
        Step(engine, TcpFlags.Ack, active: 1, inactive: 0, seconds: 900);
        Step(engine, TcpFlags.Psh | TcpFlags.Ack, active: 1, inactive: 0, seconds: 900);
        Step(engine, FinAck, active: 0, inactive: 1, seconds: 120);
        Step(engine, TcpFlags.Ack, active: 0, inactive: 1, seconds: 120);
        Step(engine, TcpFlags.Syn, active: 1, inactive: 0, seconds: 60);
        Step(engine, TcpFlags.Rst, active: 1, inactive: 0, seconds: 60);
        Step(engine, TcpFlags.Ack, active: 1, inactive: 0, seconds: 900);
        Step(engine, TcpFlags.Rst, active: 0, inactive: 1, seconds: 10);
        engine.Pass(0.3);
        Assert.Equal((0, 0), (engine.Connections.Count, engine.State(1).TotalConnections));
        Assert.Equal((1, 1), (engine.Count(WorkerCounter.ConnectionsCreated), engine.Count(WorkerCounter.ConnectionsExpired)));
    }

    [Theory]
    [InlineData(60, TcpFlags.Syn)]
    [InlineData(900, TcpFlags.Syn, TcpFlags.Ack)]
    [InlineData(120, TcpFlags.Syn, TcpFlags.Ack, FinAck)]
    [InlineData(120, TcpFlags.Syn, TcpFlags.Fin)]
    [InlineData(10, TcpFlags.Syn, TcpFlags.Ack, TcpFlags.Rst)]
    [InlineData(10, TcpFlags.Syn, TcpFlags.None)]
    public void It_ends_when_its_state_times_out_and_never_before(int seconds, params TcpFlags[] packets)
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        foreach (var flags in packets) engine.Send(flags);
        engine.Pass(seconds);
        Assert.Equal((1, 1), (engine.Connections.Count, engine.State(1).TotalConnections));
        engine.Pass(0.15);
        Assert.Equal((0, 0, 0), (engine.Connections.Count, engine.State(1).TotalConnections, engine.State(1).ActiveConnections));
    }

    [Fact]
    public void Every_packet_restarts_the_timer()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        engine.Send(TcpFlags.Syn);
        for (var i = 0; i < 5; i++)
        {
            engine.Pass(59);
            Assert.Equal(Verdict.Forward, engine.Send(TcpFlags.Syn).Verdict);
        }

        Assert.Equal(1, engine.Count(WorkerCounter.ConnectionsCreated));
        engine.Pass(60.2);
        Assert.Equal(0, engine.Connections.Count);
    }

    [Fact]
    public void An_established_connection_stays_with_its_server_whatever_its_weight()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1, 1));
        Assert.Equal(2, engine.ServerOf(1000));
        engine.With(Engine.Weighted("wlc", 1, 0));
        Assert.Equal(2, engine.Send(TcpFlags.Ack).Egress);
        Assert.Equal(2, engine.Send(TcpFlags.Syn).Egress);
        Assert.Equal("1 1 1", engine.Picks(3, 2000));
    }

    [Theory]
    [InlineData(1, TcpFlags.Ack, TcpFlags.Rst)]     // CLOSE: scheduled anew
    [InlineData(1, TcpFlags.Fin)]                   // TIME_WAIT: scheduled anew
    [InlineData(3, TcpFlags.Ack, FinAck)]           // FIN_WAIT: the same server
    [InlineData(3, TcpFlags.Ack)]                   // ESTABLISHED: the same server
    public void A_syn_on_an_old_connection_is_scheduled_anew_only_after_its_end(int expected, params TcpFlags[] after)
    {
        using var engine = new Engine().With(Engine.Weighted("rr", 1, 1, 1));
        Assert.Equal(3, engine.ServerOf(1000));
        foreach (var flags in after) engine.Send(flags);
        Assert.Equal(2, engine.ServerOf(1001));
        Assert.Equal(expected, engine.Send(TcpFlags.Syn).Egress);
        Assert.Equal(2, engine.Connections.Count);
        Assert.Equal(expected == 1 ? 1 : 0, engine.Count(WorkerCounter.ConnectionsReused));
        Assert.Equal(2, engine.Table.Servers.Sum(server => server.TotalConnections));
        Assert.Equal(2, engine.Table.Servers.Sum(server => server.ActiveConnections));
    }

    [Fact]
    public void A_reused_connection_still_counts_while_its_successor_is_scheduled()
    {
        // Both idle but for the old connection, in CLOSE on server 1: wlc sees total 1 there, so server 2 gets the new one.
        using var engine = new Engine().With(Engine.Service("wlc", Engine.Server(1)));
        engine.Send(TcpFlags.Syn);
        engine.Send(TcpFlags.Ack);
        engine.Send(TcpFlags.Rst);
        engine.With(Engine.Service("wlc", Engine.Server(2), Engine.Server(1)));
        Assert.Equal(2, engine.Send(TcpFlags.Syn).Egress);
        Assert.Equal((0, 1), (engine.State(1).TotalConnections, engine.State(2).TotalConnections));
    }

    [Fact]
    public void The_connections_of_a_removed_server_are_dropped_even_their_syns_until_it_returns_with_its_counters()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1, 1));
        Assert.Equal("2 1", engine.Picks(2));
        engine.Send(TcpFlags.Ack);
        var state = engine.State(2);

        engine.With(Engine.Service("wlc", Engine.Server(1)));
        Assert.Equal(Verdict.Drop, engine.Send(TcpFlags.Ack).Verdict);
        Assert.Equal(Verdict.Drop, engine.Send(TcpFlags.Syn).Verdict);
        Assert.Equal(2, engine.Count(DropReason.ServerUnavailable));
        Assert.False(engine.Table.IsAvailable(state));
        Assert.Equal("1 1", engine.Picks(2, 3000));

        engine.Pass(800);
        engine.With(Engine.Weighted("wlc", 1, 1));
        Assert.Same(state, engine.State(2));
        Assert.Equal(1, state.ActiveConnections);
        Assert.Equal(new(1, 2, 80), state.ReadTraffic());
        Assert.Equal(2, engine.Send(TcpFlags.Ack).Egress);
    }

    [Fact]
    public void A_removed_server_is_forgotten_two_minutes_after_nothing_refers_to_it_any_more()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1, 1));
        Assert.Equal(2, engine.ServerOf(1000));
        var state = engine.State(2);
        engine.With(Engine.Service("wlc", Engine.Server(1)));
        engine.Pass(61);
        engine.With(Engine.Service("wlc", Engine.Server(1)));
        Assert.Contains(state, engine.Table.Servers);
        engine.Pass(120);
        engine.With(Engine.Weighted("wlc", 1, 1));
        Assert.NotSame(state, engine.State(2));
        Assert.Equal(default, engine.State(2).ReadTraffic());
        Assert.Equal(1, engine.Table.ReadTraffic(engine.Table.Services[0]).Connections);
    }

    [Fact]
    public void A_returning_server_stands_first_as_the_kernel_adds_it()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1, 1, 1));
        engine.With(Engine.Service("wlc", Engine.Server(2), Engine.Server(3)));
        engine.With(Engine.Weighted("wlc", 1, 1, 1));
        Assert.Equal("1 3 2", engine.Picks(3));
    }

    [Fact]
    public void A_service_that_goes_leaves_its_connections_to_be_dropped_while_another_of_the_family_stays()
    {
        var other = new VirtualServiceSpec(Engine.Key(Director.Net.IpProtocol.Tcp, 81), "wlc", null, 32, [Engine.Server(3)]);
        var http = Engine.Weighted("wlc", 1);
        using var engine = new Engine().With(http, other);
        engine.Send(TcpFlags.Syn);
        var state = engine.State(1);

        engine.With(other);
        Assert.Equal(Verdict.Drop, engine.Send(TcpFlags.Ack).Verdict);
        Assert.Equal(Verdict.ToHost, engine.Send(TcpFlags.Syn, 2000).Verdict);

        engine.With();
        Assert.Equal(Verdict.ToHost, engine.Send(TcpFlags.Ack).Verdict);

        engine.With(http);
        Assert.Equal(1, engine.Send(TcpFlags.Ack).Egress);
        Assert.Same(state, engine.State(1));
        Assert.Equal((1, new ServerTraffic(0, 1, 40)), (state.ActiveConnections, state.ReadTraffic()));
    }

    [Fact]
    public void Unchanged_services_are_shared_between_tables()
    {
        var other = new VirtualServiceSpec(Engine.Key(Director.Net.IpProtocol.Tcp, 81), "rr", null, 32, [Engine.Server(3)]);
        using var engine = new Engine().With(Engine.Weighted("wlc", 1, 2), other);
        var (first, second) = (engine.Table.Services[0], engine.Table.Services[1]);
        engine.With(Engine.Weighted("wlc", 1, 3), other);
        Assert.NotSame(first, engine.Table.Services[0]);
        Assert.Same(second, engine.Table.Services[1]);
    }

    [Fact]
    public void A_table_that_cannot_be_is_refused_with_the_name_of_what_is_wrong()
    {
        using var engine = new Engine();
        Refused("listed twice", Engine.Weighted("wlc", 1), Engine.Weighted("rr", 1));
        Refused("'nonesuch'", Engine.Weighted("nonesuch", 1));
        Refused("[10.0.0.11]:80", Engine.Service("wlc", Engine.Server(1), Engine.Server(1)));
        Refused("negative weight", Engine.Weighted("wlc", -1));
        Refused("not positive", Engine.Weighted("wlc", 1) with { PersistenceTimeout = TimeSpan.Zero });
        Refused("prefix", Engine.Weighted("wlc", 1) with { PersistenceTimeout = TimeSpan.FromSeconds(1), PersistencePrefixLength = 33 });

        void Refused(string because, params VirtualServiceSpec[] specs)
        {
            var refusal = Assert.Throws<ArgumentException>(() => ForwardingTable.Build(specs, engine.Table, engine.Now));
            Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
        }
    }

    private static void Step(Engine engine, TcpFlags flags, int active, int inactive, int seconds)
    {
        // Left alone until just before its end, it must still be there for the next packet.
        Assert.Equal(Verdict.Forward, engine.Send(flags).Verdict);
        Assert.Equal((active, inactive), (engine.State(1).ActiveConnections, engine.State(1).InactiveConnections));
        engine.Pass(seconds - 0.1);
        Assert.Equal(1, engine.Connections.Count);
    }
}
