using Director.Datapath;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tracking;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>What each sysctl of IPVS changes in the life of a connection.</summary>
public sealed class IpvsSettingsTests
{
    private const TcpFlags FinAck = TcpFlags.Fin | TcpFlags.Ack;

    [Theory]
    [InlineData(0, 3, TcpFlags.Ack, TcpFlags.Rst)]      // CLOSE
    [InlineData(1, 1, TcpFlags.Ack, TcpFlags.Rst)]
    [InlineData(2, 1, TcpFlags.Ack, TcpFlags.Rst)]
    [InlineData(3, 1, TcpFlags.Ack, TcpFlags.Rst)]
    [InlineData(0, 3, TcpFlags.Fin)]                    // TIME_WAIT
    [InlineData(2, 1, TcpFlags.Fin)]
    [InlineData(0, 3, TcpFlags.Ack, FinAck)]            // FIN_WAIT
    [InlineData(1, 3, TcpFlags.Ack, FinAck)]
    [InlineData(2, 1, TcpFlags.Ack, FinAck)]
    [InlineData(3, 1, TcpFlags.Ack, FinAck)]
    [InlineData(3, 3, TcpFlags.Ack)]                    // ESTABLISHED
    public void Conn_reuse_mode_says_which_ended_connections_a_syn_begins_anew(int mode, int expected, params TcpFlags[] after)
    {
        using var engine = new Engine(settings: new() { ConnReuseMode = mode }).With(Engine.Weighted("rr", 1, 1, 1));
        Assert.Equal(3, engine.ServerOf(1000));
        foreach (var flags in after) engine.Send(flags);
        Assert.Equal(2, engine.ServerOf(1001));
        Assert.Equal(expected, engine.Send(TcpFlags.Syn).Egress);
        Assert.Equal(expected == 1 ? 1 : 0, engine.Count(WorkerCounter.ConnectionsReused));
        Assert.Equal(2, engine.Table.Servers.Sum(server => server.TotalConnections));
    }

    [Fact]
    public void With_expire_nodest_conn_a_packet_for_a_server_that_left_is_one_without_a_connection()
    {
        using var engine = new Engine(settings: new() { ExpireNodestConn = true }).With(Engine.Weighted("wlc", 1, 1), Dns(1, 2));
        Assert.Equal("2 1 2 1", engine.Picks(4));
        Assert.Equal(2, engine.Send(Udp(Engine.Client, 1000, Engine.Vip, 53)).Egress);

        engine.With(Engine.Weighted("wlc", 1), Dns(1));
        var sent = engine.Send([
            Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Ack),
            Tcp(Engine.Client, 1002, Engine.Vip, 80, TcpFlags.Syn),
            Udp(Engine.Client, 1000, Engine.Vip, 53),
            Tcp(Engine.Client, 1001, Engine.Vip, 80, TcpFlags.Ack),
        ]);
        Assert.Equal([Verdict.ToHost, Verdict.Forward, Verdict.Forward, Verdict.Forward], sent.Select(frame => frame.Verdict));
        Assert.All(sent.Skip(1), frame => Assert.Equal(1, frame.Egress));
        Assert.Equal((3, 0), (engine.Count(WorkerCounter.ConnectionsOrphaned), engine.Count(DropReason.ServerUnavailable)));
        Assert.Equal((0, 0), (engine.State(2).TotalConnections, engine.State(2).ActiveConnections));
    }

    [Fact]
    public void With_expire_nodest_conn_connections_end_with_their_server_though_no_packet_comes()
    {
        using var engine = new Engine(settings: new() { ExpireNodestConn = true }).With(Engine.Weighted("wlc", 1, 1));
        Assert.Equal("2 1 2 1", engine.Picks(4));
        engine.With(Engine.Weighted("wlc", 1));
        engine.Pass(0.1);
        Assert.Equal((2, 2), (engine.Connections.Count, engine.Count(WorkerCounter.ConnectionsOrphaned)));
        Assert.Equal((0, 2), (engine.State(2).TotalConnections, engine.State(1).TotalConnections));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public void With_expire_nodest_conn_a_syn_leaves_a_server_of_weight_0(bool set, int expected)
    {
        using var engine = new Engine(settings: new() { ExpireNodestConn = set }).With(Engine.Weighted("wlc", 1, 1));
        Assert.Equal(2, engine.ServerOf(1000));
        engine.With(Engine.Weighted("wlc", 1, 0));
        Assert.Equal(2, engine.Send(TcpFlags.Ack).Egress);
        Assert.Equal(expected, engine.Send(TcpFlags.Syn).Egress);
        Assert.Equal(1, engine.State(expected).TotalConnections);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public void With_expire_quiescent_template_a_client_leaves_a_server_of_weight_0(bool set, int expected)
    {
        var fifty = TimeSpan.FromSeconds(50);
        using var engine = new Engine(settings: new() { ExpireQuiescentTemplate = set })
            .With(Engine.Weighted("wlc", 1, 1) with { PersistenceTimeout = fifty });
        Assert.Equal(2, engine.ServerOf(1000));
        engine.With(Engine.Weighted("wlc", 1, 0) with { PersistenceTimeout = fifty });
        Assert.Equal(expected, engine.ServerOf(1001));
        Assert.Equal(2, engine.Send(TcpFlags.Ack).Egress);
    }

    [Theory]
    [InlineData(TcpFlags.Ack, 900)]
    [InlineData(FinAck, 10)]
    [InlineData(TcpFlags.None, 10)]
    public void With_sloppy_tcp_any_segment_but_a_reset_begins_a_connection(TcpFlags flags, int seconds)
    {
        using var engine = new Engine(settings: new() { SloppyTcp = true }).With(Engine.Weighted("wlc", 1));
        Assert.Equal(1, engine.Send(flags).Egress);
        Assert.Equal(Verdict.ToHost, engine.Send(TcpFlags.Rst | TcpFlags.Ack, 1001).Verdict);
        engine.Pass(seconds);
        Assert.Equal(1, engine.Connections.Count);
        engine.Pass(0.2);
        Assert.Equal(0, engine.Connections.Count);
    }

    [Fact]
    public void With_secure_tcp_a_syn_alone_is_no_syn_recv()
    {
        using var engine = new Engine(settings: new() { SecureTcp = true }).With(Engine.Weighted("wlc", 1));
        engine.Send(TcpFlags.Syn);
        engine.Pass(110);
        Assert.Equal((1, 1), (engine.Connections.Count, engine.State(1).ActiveConnections));
        engine.Pass(10.2);
        Assert.Equal(0, engine.Connections.Count);
    }

    [Fact]
    public void Timeouts_are_those_that_were_set()
    {
        var timeouts = new ConnectionTimeouts(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2));
        using var engine = new Engine().With(timeouts, Engine.Weighted("wlc", 1), Dns(1));
        engine.Send(TcpFlags.Syn, 1000);
        engine.Send(TcpFlags.Ack, 1000);
        engine.Send(TcpFlags.Syn, 1001);
        engine.Send(TcpFlags.Ack, 1001);
        engine.Send(FinAck, 1001);
        engine.Send(Udp(Engine.Client, 1000, Engine.Vip, 53));
        foreach (var (seconds, left) in new[] { (2.0, 3), (0.2, 2), (0.8, 2), (0.2, 1), (1.8, 1), (0.2, 0) })
        {
            engine.Pass(seconds);
            Assert.Equal(left, engine.Connections.Count);
        }
    }

    [Fact]
    public void Other_timeouts_hold_for_a_connection_from_its_next_packet_on()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        foreach (var port in new ushort[] { 1000, 1001 })
        {
            engine.Send(TcpFlags.Syn, port);
            engine.Send(TcpFlags.Ack, port);
        }

        engine.With(new ConnectionTimeouts(TimeSpan.FromSeconds(5)), Engine.Weighted("wlc", 1));
        engine.Send(TcpFlags.Ack, 1000);
        engine.Pass(5.2);
        Assert.Equal(1, engine.Connections.Count);
        engine.With(Engine.Weighted("wlc", 1, 1));
        engine.Send(TcpFlags.Ack, 1001);
        engine.Pass(5.2);
        Assert.Equal(0, engine.Connections.Count);
    }

    [Fact]
    public void With_one_packet_scheduling_each_packet_finds_a_server_and_leaves_nothing()
    {
        using var engine = new Engine().With(Dns(1, 2, 3) with { IsOnePacket = true });
        var servers = Enumerable.Range(0, 4).Select(_ => (int)engine.Send(Udp(Engine.Client, 1000, Engine.Vip, 53)).Egress);
        Assert.Equal([3, 2, 1, 3], servers);
        Assert.Equal((0, 4), (engine.Connections.Count, engine.Count(WorkerCounter.OnePackets)));
        Assert.Equal(0, engine.Count(WorkerCounter.ConnectionsCreated));
        Assert.All(engine.Table.Servers, server => Assert.Equal(0, server.TotalConnections));
        Assert.Equal(new(4, 4, 4 * 38), engine.Table.ReadTraffic(engine.Table.Services[0]));
    }

    [Fact]
    public void With_one_packet_scheduling_and_persistence_the_client_stays_and_its_template_holds_nothing()
    {
        using var engine = new Engine().With(Dns(1, 2, 3) with { IsOnePacket = true, PersistenceTimeout = TimeSpan.FromSeconds(50) });
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(3, engine.Send(Udp(Engine.Client, 1000, Engine.Vip, 53)).Egress);
            engine.Pass(40);
        }

        Assert.Equal(1, engine.Persistence.Count);
        engine.Pass(10.3);
        Assert.Equal((0, 0), (engine.Persistence.Count, engine.Table.Servers.Sum(server => server.PersistentConnections)));
    }

    [Fact]
    public void One_packet_scheduling_without_a_server_is_port_unreachable()
    {
        using var engine = new Engine().With(Dns() with { IsOnePacket = true });
        Assert.Equal(Verdict.Reply, engine.Send(Udp(Engine.Client, 1000, Engine.Vip, 53)).Verdict);
        Assert.Equal(0, engine.Count(WorkerCounter.OnePackets));
    }

    private static VirtualServiceSpec Dns(params int[] oldestFirst) => new(
        Engine.Key(IpProtocol.Udp, 53), "rr", null, 32, [.. oldestFirst.Reverse().Select(number => Engine.Server(number))]);
}
