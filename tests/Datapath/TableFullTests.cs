using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>What happens to new flows when the connection table has no room.</summary>
public sealed class TableFullTests
{
    private const int Capacity = 32;

    [Fact]
    public void A_new_flow_is_still_forwarded_and_its_packets_agree_on_the_server()
    {
        using var engine = Full();
        var servers = new HashSet<int>();
        for (ushort port = 5000; port < 5100; port++)
        {
            var server = engine.ServerOf(port);
            servers.Add(server);
            Assert.Equal(server, engine.Send(TcpFlags.Ack, port).Egress);
            Assert.Equal(server, engine.Send(TcpFlags.Fin | TcpFlags.Ack, port).Egress);
            Assert.Equal(server, engine.Send(TcpFlags.Rst, port).Egress);
        }

        Assert.Equal([1, 2], servers.Order());
        Assert.Equal((100, 400), (engine.Count(WorkerCounter.TableFull), engine.Count(WorkerCounter.ForwardedUntracked)));
        Assert.Equal(Capacity, engine.Connections.Count);
        Assert.Equal(Capacity, engine.Table.Servers.Sum(server => server.TotalConnections));
    }

    [Fact]
    public void Weight_zero_takes_no_untracked_flow_and_no_server_is_an_answer()
    {
        using var engine = Full();
        engine.With(Engine.Weighted("wlc", 0, 1));
        for (ushort port = 5000; port < 5050; port++) Assert.Equal(2, engine.ServerOf(port));
        engine.With(Engine.Weighted("wlc", 0, 0));
        Assert.Equal(Verdict.Reply, engine.Send(TcpFlags.Syn, 6000).Verdict);
    }

    [Fact]
    public void Once_there_is_room_flows_are_tracked_and_the_untracked_ones_live_on_for_a_while()
    {
        using var engine = Full();
        var server = engine.ServerOf(5000);
        engine.Pass(60.2);
        Assert.Equal(0, engine.Connections.Count);
        Assert.Equal(server, engine.Send(TcpFlags.Ack, 5000).Egress);
        Assert.NotEqual(0, engine.ServerOf(7000));
        Assert.Equal(1, engine.Connections.Count);
        engine.Pass(901);
        Assert.Equal(Verdict.ToHost, engine.Send(TcpFlags.Ack, 5000).Verdict);
    }

    [Fact]
    public void A_persistent_client_keeps_its_server_without_a_connection()
    {
        using var engine = new Engine(Capacity);
        engine.With(Engine.Weighted("rr", 1, 1, 1) with { PersistenceTimeout = TimeSpan.FromSeconds(50) });
        var first = engine.ServerOf(1001);
        for (ushort port = 1002; port <= 1000 + Capacity; port++) Assert.Equal(first, engine.ServerOf(port));
        for (ushort port = 5000; port < 5020; port++) Assert.Equal(first, engine.ServerOf(port));
        var other = engine.ServerOf(6000, "10.0.0.3");
        for (ushort port = 6001; port < 6020; port++) Assert.Equal(other, engine.ServerOf(port, "10.0.0.3"));
        Assert.Equal(40, engine.Count(WorkerCounter.TableFull));
    }

    private static Engine Full()
    {
        var engine = new Engine(Capacity).With(Engine.Weighted("wlc", 1, 1));
        for (ushort port = 1001; port <= 1000 + Capacity; port++) Assert.NotEqual(0, engine.ServerOf(port));
        Assert.Equal(0, engine.Count(WorkerCounter.TableFull));
        return engine;
    }
}
