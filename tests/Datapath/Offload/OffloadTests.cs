using Director.Datapath;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath.Offload;

/// <summary>When a flow is opened, when it is closed, and what is known of it in between.</summary>
public sealed class OffloadTests : IDisposable
{
    private readonly OffloadModel _offload = new();
    private readonly Engine _engine;

    public OffloadTests() => _engine = new Engine(offload: _offload).With(Service());

    public static TheoryData<string> Changes => ["next hop", "MTU", "unresolved", "VLAN", "tunnel", "removed", "added again"];

    public void Dispose()
    {
        _engine.Dispose();
        _offload.Dispose();
    }

    [Fact]
    public void An_established_connection_is_offloaded_and_its_end_comes_up()
    {
        _engine.Send(TcpFlags.Syn);
        Assert.False(IsOffloaded(1000));
        _engine.Send(TcpFlags.Ack);
        Assert.True(IsOffloaded(1000));
        Assert.Equal(1, Entry().Count(entry => entry.IsOffloaded));
        _engine.Send(TcpFlags.Fin | TcpFlags.Ack);
        Assert.False(IsOffloaded(1000));
        Assert.Equal(("FIN_WAIT", false), (Entry().Single().StateName, Entry().Single().IsOffloaded));
    }

    [Fact]
    public void It_is_offloaded_only_after_as_many_packets_as_asked_for()
    {
        using var offload = new OffloadModel(openAfter: 3);
        using var engine = new Engine(offload: offload).With(Service());
        engine.Send(TcpFlags.Syn);
        for (var i = 0; i < 4; i++) engine.Send(TcpFlags.Ack);
        Assert.Equal(0, offload.Stage.Sent);
        engine.Send(TcpFlags.Ack);
        Assert.Equal(1, offload.Stage.Sent);
        Assert.Equal((6L, 6L, 1L), (engine.Count(WorkerCounter.Received), engine.Count(WorkerCounter.Forwarded),
            engine.Count(WorkerCounter.Offloaded)));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_server_whose_packets_go_another_way_loses_its_flows_and_no_other_does(string change)
    {
        var (first, second) = Two();
        var server = Engine.Server(1);
        var changed = change switch
        {
            "next hop" => server with { NextHop = server.NextHop!.Value with { Destination = Engine.MacOf(7) } },
            "MTU" => Engine.Server(1, mtu: 1400),
            "unresolved" => Engine.Server(1, resolved: false),
            "VLAN" => server with { NextHop = server.NextHop!.Value with { Vlan = 5 } },
            "tunnel" => server with
            {
                Method = ForwardingMethod.Tunnel,
                NextHop = server.NextHop!.Value with { Address = Ip("10.0.0.1") },
            },
            _ => null,
        };
        _engine.With(changed is null ? Engine.Service("rr", Engine.Server(2)) : Engine.Service("rr", Engine.Server(2), changed));
        if (change == "added again") _engine.With(Service());
        Assert.False(IsOffloaded(first));
        Assert.True(IsOffloaded(second));
    }

    [Fact]
    public void Weights_are_for_new_connections()
    {
        var (first, second) = Two();
        _engine.With(Engine.Service("rr", Engine.Server(1, 0), Engine.Server(2, 5)));
        Assert.True(IsOffloaded(first) && IsOffloaded(second));
    }

    [Fact]
    public void Timeouts_own_addresses_and_links_concern_all()
    {
        Two();
        _engine.With(new ConnectionTimeouts(TimeSpan.FromSeconds(100)), Service());
        Assert.Equal((false, false), (IsOffloaded(1000), IsOffloaded(1001)));
        var table = _engine.Table;
        var rules = table.GenerationOf(1);
        Assert.Equal(rules, Next(own: table.OwnAddresses).GenerationOf(1));
        Assert.NotEqual(rules, Next(own: [Ip("10.0.0.1")]).GenerationOf(1));
        Assert.NotEqual(rules, Next(links: [new(DirectorMac, 1400)]).GenerationOf(1));

        ForwardingTable Next(IReadOnlyCollection<IpAddress128>? own = null, IEnumerable<LinkSpec>? links = null) =>
            ForwardingTable.Build([Service()], table, _engine.Now, own, links);
    }

    [Fact]
    public void A_worker_that_still_has_the_old_table_opens_nothing_by_it()
    {
        using var fleet = new Fleet(1, IpvsSettings.Default, _offload);
        Publish(Engine.MacOf(1), blind: -1);
        fleet.Send(0, Tcp(Engine.Client, 1000, Engine.Vip, Engine.Port, TcpFlags.Syn));
        Ack();
        Ack();
        Assert.Equal(1, _offload.Stage.Sent);
        Publish(Engine.MacOf(5), blind: 0);
        for (var i = 0; i < 5; i++) Assert.Equal(Engine.MacOf(1), Ack().Ethernet.Destination);
        Assert.Equal(1, _offload.Stage.Sent);
        fleet.Pass(1);
        for (var i = 0; i < 5; i++) Assert.Equal(Engine.MacOf(5), Ack().Ethernet.Destination);
        Assert.Equal(5, _offload.Stage.Sent);

        Sent Ack() => fleet.Send(0, Tcp(Engine.Client, 1000, Engine.Vip, Engine.Port, TcpFlags.Ack));

        void Publish(MacAddress mac, int blind)
        {
            var server = Engine.Server(1);
            server = server with { NextHop = server.NextHop!.Value with { Destination = mac } };
            fleet.Publish([Engine.Service("rr", server)], Engine.Links, [], ConnectionTimeouts.Default, blind);
        }
    }

    [Fact]
    public void After_the_epoch_nothing_is_opened_before_frames_that_waited_have_been_taken()
    {
        Two();
        _offload.Grace.IsHeld = true;
        _offload.Flows.CloseAll();
        for (var i = 0; i < 5; i++) _engine.Send(TcpFlags.Ack);
        Assert.False(IsOffloaded(1000));

        // The period is over, but while batches come full there may be frames of before among them.
        _offload.Grace.IsHeld = false;
        var ack = Tcp(Engine.Client, 1000, Engine.Vip, Engine.Port, TcpFlags.Ack);
        byte[][] full = [.. Enumerable.Repeat(ack, DatapathLimits.MaxBatchFrames)];
        for (var i = 0; i < 3; i++) _engine.Send(full);
        Assert.False(IsOffloaded(1000));
        _engine.Send(TcpFlags.Ack);
        _engine.Send(TcpFlags.Ack);
        Assert.True(IsOffloaded(1000));
    }

    [Fact]
    public void A_connection_lives_by_packets_that_only_the_program_sees()
    {
        Establish(1000);
        for (var i = 0; i < 3; i++)
        {
            _engine.Pass(800);
            Assert.True(IsOffloaded(1000));
        }

        _engine.Pass(450);
        Assert.InRange(Entry().Single().Expires, TimeSpan.FromSeconds(450), TimeSpan.FromSeconds(450.3));
        _engine.Pass(449);
        Assert.Equal(1, _engine.Connections.Count);
        _engine.Pass(2);
        Assert.Equal(0, _engine.Connections.Count);
        Assert.False(IsOffloaded(1000));
        Assert.Equal(0, _engine.Forwarder.Flows);
    }

    [Fact]
    public void A_program_that_counts_late_counts_for_its_own_flow()
    {
        using var offload = new OffloadModel(capacity: 2);
        using var engine = new Engine(offload: offload).With(Engine.Service("rr", Engine.Server(1), Engine.Server(2)));
        var server = engine.ServerOf(1000);
        engine.Send(TcpFlags.Ack);
        var before = engine.State(server).ReadTraffic().InPackets;
        offload.Grace.IsHeld = true;
        offload.Stage.Found = () =>
        {
            offload.Stage.Found = null;
            engine.Send(TcpFlags.Rst);

            // So many that every slot of the table is wanted.
            for (ushort port = 2000; port < 2040; port++)
            {
                engine.Send(TcpFlags.Syn, port);
                engine.Send(TcpFlags.Ack, port);
            }
        };
        var sent = engine.Send(TcpFlags.Ack);
        Assert.Equal((Verdict.Forward, server), (sent.Verdict, sent.Egress));
        Assert.Equal(before + 1 + (2 * 20), engine.State(server).ReadTraffic().InPackets);
        Assert.Equal(2 * 20, engine.State(3 - server).ReadTraffic().InPackets);
        offload.Grace.IsHeld = false;
        engine.Pass(1);
        Assert.Equal(before + 2 + (2 * 20), engine.State(server).ReadTraffic().InPackets);
        Assert.Equal(offload.Stage.Sent, engine.Count(WorkerCounter.Offloaded));
    }

    [Fact]
    public void A_flow_without_room_stays_in_user_space_and_is_tried_again()
    {
        using var offload = new OffloadModel(capacity: 2);
        using var engine = new Engine(offload: offload).With(Service());
        var ports = Enumerable.Range(1000, 20).Select(port => (ushort)port).ToList();
        foreach (var port in ports)
        {
            engine.Send(TcpFlags.Syn, port);
            engine.Send(TcpFlags.Ack, port);
        }

        Assert.InRange(engine.Forwarder.Flows, 8, 9);
        Assert.Equal(ports.Count - engine.Forwarder.Flows, engine.Count(WorkerCounter.FlowsRefused));
        foreach (var port in ports) Assert.Equal(Verdict.Forward, engine.Send(TcpFlags.Ack, port).Verdict);
        var last = ports[^1];
        foreach (var port in ports[..^1]) engine.Send(TcpFlags.Rst, port);
        for (var i = 0; i < 70; i++) engine.Send(TcpFlags.Ack, last);
        Assert.Equal(1, engine.Forwarder.Flows);
    }

    [Fact]
    public void What_may_not_leave_by_a_device_stays_in_user_space()
    {
        for (ushort egress = 0; egress < 8; egress++) _offload.Flows.Allow(0, egress, false);
        Two();
        Assert.Equal((0, 0L), (_engine.Forwarder.Flows, _offload.Stage.Sent));
    }

    [Fact]
    public void Another_workers_flow_of_that_name_is_closed_where_a_connection_begins_anew()
    {
        using var fleet = new Fleet(2, IpvsSettings.Default, _offload);
        fleet.Publish([Service()], Engine.Links, [], ConnectionTimeouts.Default, -1);
        var (syn, ack) = (Tcp(Engine.Client, 1, Engine.Vip, 80, TcpFlags.Syn), Tcp(Engine.Client, 1, Engine.Vip, 80, TcpFlags.Ack));
        var first = fleet.Send(0, syn).Egress;
        fleet.Send(0, ack);
        fleet.Send(0, ack);
        Assert.Equal(1, _offload.Stage.Sent);

        // Nobody has told that the card spreads flows otherwise now.
        var second = fleet.Send(1, syn).Egress;
        Assert.NotEqual(first, second);
        for (var i = 0; i < 3; i++) Assert.Equal(second, fleet.Send(1, ack).Egress);
    }

    [Fact]
    public void Counting_is_done_in_stretches()
    {
        const int connections = 3000;
        using var engine = new Engine(4096, offload: _offload).With(Service());
        for (ushort port = 1000; port < 1000 + connections; port++) engine.Send(TcpFlags.Syn, port);
        var answered = 0;
        var count = new OffloadCount(() => answered++);
        var turns = 1;
        while (!count.TryAnswer(engine.Forwarder, engine.Table, engine.Now, isIdle: false)) turns++;
        Assert.Equal((connections + DatapathLimits.OffloadStepsPerBatch - 1) / DatapathLimits.OffloadStepsPerBatch, turns);
        Assert.Equal(0, answered);
    }

    private static VirtualServiceSpec Service() => Engine.Service("rr", Engine.Server(2), Engine.Server(1));

    /// <summary>Connections to the first server and the second, both offloaded; returns their ports.</summary>
    private (ushort First, ushort Second) Two()
    {
        var (one, other) = (Establish(1000), Establish(1001));
        Assert.Equal([1, 2], new[] { one, other }.Order());
        return one == 1 ? ((ushort)1000, (ushort)1001) : ((ushort)1001, (ushort)1000);
    }

    private int Establish(ushort port)
    {
        var server = _engine.ServerOf(port);
        _engine.Send(TcpFlags.Ack, port);
        return server;
    }

    /// <summary>Whether the program sends the flow's next packet.</summary>
    private bool IsOffloaded(ushort port)
    {
        var frame = Tcp(Engine.Client, port, Engine.Vip, Engine.Port, TcpFlags.Ack);
        return _offload.TrySend(frame, DirectorMac, _engine.Now, out _);
    }

    private List<ConnectionEntry> Entry()
    {
        var entries = new List<ConnectionEntry>();
        var scan = new ConnectionScan(() => { });
        while (!scan.IsAtEnd)
        {
            Assert.True(scan.TryAnswer(_engine.Forwarder, _engine.Table, _engine.Now, isIdle: true));
            scan.Read(entries);
        }

        return entries;
    }
}
