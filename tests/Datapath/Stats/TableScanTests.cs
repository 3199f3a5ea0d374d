using Director.Datapath;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath.Stats;

/// <summary>Walks through a worker's tables: what entries say, and that none is missed or seen twice while others come and go.</summary>
public sealed class TableScanTests
{
    private static int _answers;

    [Fact]
    public void A_connection_is_shown_as_ipvsadm_shows_it()
    {
        using var engine = new Engine().With(Engine.Weighted("rr", 1));
        engine.Send(Tcp(Engine.Client, 1005, Engine.Vip, Engine.Port, TcpFlags.Syn));

        var entry = Assert.Single(Walk(engine, new ConnectionScan(Answered)));
        Assert.Equal((Engine.HttpKey, "10.0.0.2:1005", "10.0.0.100:80", "10.0.0.11:80", "SYN_RECV", false),
            (entry.Service, entry.Client.ToHostPort(), entry.Virtual.ToHostPort(), entry.Server.ToHostPort(), entry.StateName,
                entry.IsTemplate));
        AssertExpires(60, entry);

        engine.Pass(13);
        AssertExpires(47, Assert.Single(Walk(engine, new ConnectionScan(Answered))));

        engine.Send(Tcp(Engine.Client, 1005, Engine.Vip, Engine.Port, TcpFlags.Ack));
        entry = Assert.Single(Walk(engine, new ConnectionScan(Answered)));
        Assert.Equal("ESTABLISHED", entry.StateName);
        AssertExpires(900, entry);
    }

    [Fact]
    public void A_service_of_every_port_keeps_the_ports_of_its_connections()
    {
        var service = Engine.Weighted("rr", 1) with
        {
            Key = Engine.Key(IpProtocol.Udp, 0),
            PersistenceTimeout = TimeSpan.FromSeconds(50),
            Servers = [Engine.Server(1) with { Endpoint = new(Ip("10.0.0.11"), 0) }],
        };
        using var engine = new Engine().With(service);
        engine.Send(Udp(Engine.Client, 1005, Engine.Vip, 53));

        var entry = Assert.Single(Walk(engine, new ConnectionScan(Answered)));
        Assert.Equal(("10.0.0.100:53", "10.0.0.11:53", "UDP"),
            (entry.Virtual.ToHostPort(), entry.Server.ToHostPort(), entry.StateName));
        AssertExpires(300, entry);
    }

    [Fact]
    public void A_template_is_assured_by_a_connection_that_was_established_and_invalid_without_its_server()
    {
        var service = Engine.Weighted("rr", 1) with { PersistenceTimeout = TimeSpan.FromSeconds(50), PersistencePrefixLength = 24 };
        using var engine = new Engine().With(service);
        engine.Send(Tcp(Engine.Client, 1005, Engine.Vip, Engine.Port, TcpFlags.Syn));

        var entry = Assert.Single(Walk(engine, new TemplateScan(Answered)));
        Assert.Equal(("10.0.0.0:0", "10.0.0.100:80", "10.0.0.11:80", "NONE", true),
            (entry.Client.ToHostPort(), entry.Virtual.ToHostPort(), entry.Server.ToHostPort(), entry.StateName, entry.IsTemplate));
        AssertExpires(50, entry);

        engine.Send(Tcp(Engine.Client, 1005, Engine.Vip, Engine.Port, TcpFlags.Ack));
        Assert.Equal("ASSURED", Assert.Single(Walk(engine, new TemplateScan(Answered))).StateName);

        engine.With(service with { Servers = [Engine.Server(2)] });
        engine.Send(Tcp(Engine.Client, 1006, Engine.Vip, Engine.Port, TcpFlags.Syn));
        var both = Walk(engine, new TemplateScan(Answered));
        Assert.Equal(
            ["10.0.0.0:0 10.0.0.100:65535 10.0.0.11:65535", "10.0.0.0:0 10.0.0.100:80 10.0.0.12:80"],
            both.Select(template =>
                $"{template.Client.ToHostPort()} {template.Virtual.ToHostPort()} {template.Server.ToHostPort()}").Order());

        engine.Pass(1100);
        Assert.Empty(Walk(engine, new TemplateScan(Answered)));
        Assert.Empty(Walk(engine, new ConnectionScan(Answered)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(TableScan.Slots - 1)]
    [InlineData(TableScan.Slots)]
    [InlineData(TableScan.Slots + 1)]
    [InlineData((2 * TableScan.Slots) + 7)]
    public void Every_connection_and_template_is_seen_once(int count)
    {
        var service = Engine.Weighted("rr", 1) with { PersistenceTimeout = TimeSpan.FromSeconds(50) };
        using var engine = new Engine(4096, 16 * 4096).With(service);
        for (var i = 0; i < count; i++) Connect(engine, i);

        string[] expected = [.. Enumerable.Range(0, count).Select(ClientOf).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, Clients(Walk(engine, new ConnectionScan(Answered))));
        Assert.Equal(expected, Clients(Walk(engine, new TemplateScan(Answered))));
    }

    [Fact]
    public void What_stays_is_seen_once_while_others_come_and_go()
    {
        using var engine = new Engine(8192).With(Engine.Weighted("rr", 1));
        const int staying = 2000;
        for (var i = 0; i < staying; i++)
        {
            Connect(engine, i);
            engine.Send(Tcp(ClientOf(i), 1000, Engine.Vip, Engine.Port, TcpFlags.Ack));
        }

        var seen = new List<ConnectionEntry>();
        var scan = new ConnectionScan(Answered);
        for (var next = staying; !scan.IsAtEnd; next += 300)
        {
            // Of those that come some run out before the walk gets to their slots, which others take again.
            for (var i = next; i < next + 300; i++) Connect(engine, i);
            engine.Pass(25);
            Assert.True(scan.TryAnswer(engine.Forwarder, engine.Table, engine.Now, isIdle: true));
            scan.Read(seen);
        }

        var clients = Clients(seen);
        Assert.Equal(clients.Distinct(), clients);
        Assert.Empty(Enumerable.Range(0, staying).Select(ClientOf).Except(clients));
    }

    [Fact]
    public void A_worker_answers_even_in_its_sleep_and_not_what_was_withdrawn()
    {
        using var port = new Director.Datapath.Ports.MemoryFramePort(16);
        using var connections = new ConnectionTable(16, 1);
        var forwarder = new Director.Datapath.Forwarding.Forwarder(0, connections, new(16, 1));
        var runner = new ForwardingRunner(port, forwarder, new(ForwardingTable.Empty()), new Standing());

        var withdrawn = new ConnectionScan(() => Assert.Fail("it was withdrawn"));
        runner.Ask(withdrawn);
        runner.Withdraw(withdrawn);
        var thread = new Thread(runner.Run);
        thread.Start();
        SpinWait.SpinUntil(() => runner.Progress > 65);
        using var answered = new ManualResetEventSlim();
        runner.Ask(new ConnectionScan(answered.Set));
        Assert.True(answered.Wait(TimeSpan.FromSeconds(30)));
        runner.Stop();
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
    }

    private static void Answered() => _answers++;

    private static List<ConnectionEntry> Walk(Engine engine, TableScan scan)
    {
        var entries = new List<ConnectionEntry>();
        while (!scan.IsAtEnd)
        {
            var before = _answers;
            Assert.True(scan.TryAnswer(engine.Forwarder, engine.Table, engine.Now, isIdle: true));
            scan.Answered();
            Assert.Equal(before + 1, _answers);
            scan.Read(entries);
        }

        return entries;
    }

    private static string ClientOf(int number) => $"10.1.{number >> 8}.{number & 0xff}";

    private static void Connect(Engine engine, int number) =>
        engine.Send(Tcp(ClientOf(number), 1000, Engine.Vip, Engine.Port, TcpFlags.Syn));

    private static IEnumerable<string> Clients(IEnumerable<ConnectionEntry> entries) =>
        entries.Select(entry => entry.Client.Address.ToString()).Order(StringComparer.Ordinal);

    /// <summary>Within a second below, as ipvsadm's whole seconds are.</summary>
    private static void AssertExpires(int seconds, ConnectionEntry entry) =>
        Assert.InRange(entry.Expires.TotalSeconds, seconds - 0.5, seconds + 0.5);

    private sealed class Standing : IMonoClock
    {
        public MonoTime Now => MonoTime.Zero;
    }
}
