using Director.Datapath;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>Which client stays with which server, and for how long.</summary>
public sealed class PersistenceTests
{
    [Fact]
    public void A_client_stays_with_its_server_and_others_are_scheduled()
    {
        using var engine = Persistent("rr", seconds: 50, prefix: 32);
        Assert.Equal("3 3 3 3", engine.Picks(4));
        Assert.Equal(2, engine.ServerOf(1000, "10.0.0.3"));
        Assert.Equal(1, engine.ServerOf(1000, "10.0.0.4"));
        Assert.Equal(3, engine.ServerOf(1004));
        Assert.Equal((3, 4), (engine.Count(WorkerCounter.Scheduled), engine.Count(WorkerCounter.Persisted)));
        Assert.All(engine.Table.Servers, server => Assert.Equal(1, server.PersistentConnections));
        Assert.Equal(5, engine.State(3).TotalConnections);
    }

    [Fact]
    public void A_mask_makes_a_network_one_client()
    {
        using var engine = Persistent("rr", seconds: 50, prefix: 24);
        Assert.Equal(3, engine.ServerOf(1000, "10.1.2.3"));
        Assert.Equal(3, engine.ServerOf(1000, "10.1.2.250"));
        Assert.Equal(2, engine.ServerOf(1000, "10.1.3.3"));
        Assert.Equal(2, engine.Persistence.Count);
    }

    [Fact]
    public void Weight_zero_does_not_move_a_client_but_removal_does()
    {
        using var engine = Persistent("rr", seconds: 50, prefix: 32);
        Assert.Equal(3, engine.ServerOf(1000));
        Configure(engine, "rr", 50, 32, Engine.Server(1), Engine.Server(2), Engine.Server(3, 0));
        Assert.Equal(3, engine.ServerOf(1001));
        Configure(engine, "rr", 50, 32, Engine.Server(1), Engine.Server(2));
        Assert.Equal(2, engine.ServerOf(1002));
        Assert.Equal(2, engine.ServerOf(1003));
        Assert.Equal(2, engine.Persistence.Count);

        // The server returns: its connections are forwarded again, but its template stays dead.
        Configure(engine, "rr", 50, 32, Engine.Server(1), Engine.Server(2), Engine.Server(3));
        Assert.Equal(3, engine.Send(TcpFlags.Ack, 1000).Egress);
        Assert.Equal(2, engine.ServerOf(1004));
    }

    [Fact]
    public void Only_new_connections_restart_the_template_and_it_ends_on_time_without_any()
    {
        using var engine = Persistent("rr", seconds: 50, prefix: 32);
        Assert.Equal(3, engine.ServerOf(1000));
        Close(engine, 1000);
        engine.Pass(40);
        Assert.Equal(3, engine.ServerOf(1001));
        Close(engine, 1001);
        engine.Pass(49.9);
        Assert.Equal(1, engine.Persistence.Count);
        engine.Pass(0.3);
        Assert.Equal((0, 0), (engine.Persistence.Count, engine.State(3).PersistentConnections));
        Assert.Equal(2, engine.ServerOf(1002));
        Assert.Equal(1, engine.Count(WorkerCounter.TemplatesExpired));
    }

    [Fact]
    public void A_template_that_runs_out_over_live_connections_gets_a_minute_and_keeps_to_minutes()
    {
        using var engine = Persistent("rr", seconds: 5, prefix: 32);
        Assert.Equal(3, engine.ServerOf(1000));
        engine.Send(TcpFlags.Ack, 1000);
        engine.Pass(30);
        Assert.Equal(1, engine.Persistence.Count);
        Assert.Equal(3, engine.ServerOf(1001));
        Close(engine, 1000);
        Close(engine, 1001);
        engine.Pass(55);
        Assert.Equal((0, 1), (engine.Connections.Count, engine.Persistence.Count));
        engine.Pass(5.3);
        Assert.Equal(0, engine.Persistence.Count);
    }

    [Theory]
    [InlineData(TcpFlags.Ack, TcpFlags.Rst)]
    [InlineData(TcpFlags.Fin)]
    public void A_syn_on_a_closed_connection_under_a_template_takes_the_connection_up_again(params TcpFlags[] after)
    {
        using var engine = Persistent("rr", seconds: 50, prefix: 32);
        Assert.Equal(3, engine.ServerOf(1000));
        foreach (var flags in after) engine.Send(flags);
        Assert.Equal(3, engine.ServerOf(1000));
        Assert.Equal((1, 0), (engine.Count(WorkerCounter.ConnectionsCreated), engine.Count(WorkerCounter.ConnectionsReused)));
        Assert.Equal(1, engine.State(3).ActiveConnections);
    }

    [Fact]
    public void Without_an_eligible_server_no_template_is_made()
    {
        using var engine = Persistent("rr", seconds: 50, prefix: 32);
        Configure(engine, "rr", 50, 32, Engine.Server(1, 0));
        Assert.Equal(Verdict.Reply, engine.Send(TcpFlags.Syn).Verdict);
        Assert.Equal((0, 0), (engine.Persistence.Count, engine.Connections.Count));
    }

    [Fact]
    public void A_full_table_is_counted_and_the_scheduler_decides()
    {
        using var engine = new Engine(capacity: 1024, templates: 16);
        Configure(engine, "rr", 50, 32, Engine.Server(1), Engine.Server(2), Engine.Server(3));
        for (var i = 0; i < 200; i++) Assert.NotEqual(0, engine.ServerOf(1000, $"10.9.0.{i}"));
        Assert.True(engine.Persistence.Count <= engine.Persistence.Capacity);
        Assert.Equal(200 - engine.Persistence.Count, engine.Count(WorkerCounter.PersistenceFull));
        Assert.Equal(engine.Persistence.Count, engine.Table.Servers.Sum(server => server.PersistentConnections));
        Assert.Equal(200, engine.Connections.Count);
        engine.Pass(125);
        Assert.Equal((0, 0), (engine.Persistence.Count, engine.Connections.Count));
    }

    [Fact]
    public void Ports_of_a_service_of_every_port_share_one_template()
    {
        var any = new VirtualServiceSpec(
            Engine.Key(Director.Net.IpProtocol.Tcp, 0), "rr", TimeSpan.FromSeconds(50), 32, [Engine.Server(3), Engine.Server(2)]);
        using var engine = new Engine().With(any);
        Assert.Equal(3, engine.Send(TcpFlags.Syn, 1000, port: 80).Egress);
        Assert.Equal(3, engine.Send(TcpFlags.Syn, 1000, port: 443).Egress);
        Assert.Equal(2, engine.Send(TcpFlags.Syn, 1000, "10.0.0.3", port: 443).Egress);
    }

    private static Engine Persistent(string scheduler, int seconds, int prefix)
    {
        var engine = new Engine();
        Configure(engine, scheduler, seconds, prefix, Engine.Server(1), Engine.Server(2), Engine.Server(3));
        return engine;
    }

    private static void Configure(Engine engine, string scheduler, int seconds, int prefix, params RealServerSpec[] oldestFirst) =>
        engine.With(Engine.Service(scheduler, oldestFirst) with
        {
            PersistenceTimeout = TimeSpan.FromSeconds(seconds), PersistencePrefixLength = prefix,
        });

    /// <summary>Resets a connection, which then lasts ten seconds.</summary>
    private static void Close(Engine engine, ushort port)
    {
        engine.Send(TcpFlags.Ack, port);
        engine.Send(TcpFlags.Rst, port);
    }
}
