using System.Buffers.Binary;
using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>ICMP errors about a connection's packets, as routers on the server's way to the client send them.</summary>
public sealed class RelatedIcmpTests
{
    private const string Router = "10.9.9.9";
    private const string VipV6 = "2001:db8::100";
    private const string ClientV6 = "2001:db8:1::2";
    private const string RouterV6 = "2001:db8:9::9";

    [Theory]
    [InlineData(3, 4)]
    [InlineData(3, 1)]
    [InlineData(4, 0)]
    [InlineData(11, 0)]
    public void An_error_about_a_connection_goes_to_its_server_as_it_is_and_counts_as_a_packet(byte type, byte code)
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1, 1));
        Assert.Equal(2, engine.ServerOf(1000));
        var frame = Error(type, code, Engine.Client, 1000);
        var sent = engine.Send(frame.ToArray());

        Assert.Equal((Verdict.Forward, (ushort)2), (sent.Verdict, sent.Egress));
        Engine.MacOf(2).WriteTo(frame);
        DirectorMac.WriteTo(frame.AsSpan(6));
        frame[14 + 8] = 63;
        FixHeaderChecksum(frame);
        Assert.Equal(frame, sent.Frame);
        Assert.Equal(new(1, 2, 40 + 56), engine.State(2).ReadTraffic());
        Assert.Equal(1, engine.Count(WorkerCounter.IcmpFollowed));
    }

    [Fact]
    public void It_neither_moves_the_connection_nor_keeps_it_alive()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        engine.Send(TcpFlags.Syn);
        for (var i = 0; i < 6; i++)
        {
            engine.Pass(10);
            Assert.Equal(Verdict.Forward, engine.Send(Error(3, 4, Engine.Client, 1000)).Verdict);
        }

        engine.Pass(0.2);
        Assert.Equal(0, engine.Connections.Count);
        Assert.Equal(Verdict.ToHost, engine.Send(Error(3, 4, Engine.Client, 1000)).Verdict);
    }

    [Fact]
    public void What_belongs_to_no_connection_is_left_to_the_host_unchanged()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        engine.Send(TcpFlags.Syn);
        byte[][] others =
        [
            Error(3, 4, Engine.Client, 1001), Error(3, 4, "10.0.0.3", 1000), Error(8, 0, Engine.Client, 1000),
            Error(5, 0, Engine.Client, 1000), Error(12, 0, Engine.Client, 1000), Error(3, 4, Engine.Client, 1000, protocol: 17),
            Error(3, 4, Engine.Client, 1000, protocol: 50), Error(3, 4, Engine.Client, 1000, fragment: 1),
            Error(3, 4, Engine.Client, 1000)[..(14 + 20 + 8 + 20)],
        ];
        foreach (var frame in others)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(16), (ushort)(frame.Length - 14));
            FixHeaderChecksum(frame);
            var sent = engine.Send(frame.ToArray());
            Assert.Equal(Verdict.ToHost, sent.Verdict);
            Assert.Equal(frame, sent.Frame);
        }

        Assert.Equal((1, 0), (engine.State(1).ReadTraffic().InPackets, engine.Count(WorkerCounter.IcmpFollowed)));
    }

    [Fact]
    public void With_schedule_icmp_an_error_about_no_connection_starts_one_for_three_seconds()
    {
        using var engine = new Engine(settings: new() { ScheduleIcmp = true }).With(Engine.Weighted("wlc", 1, 1));
        Assert.Equal(2, engine.Send(Error(3, 4, Engine.Client, 1000)).Egress);
        Assert.Equal(2, engine.Send(Error(3, 4, Engine.Client, 1000)).Egress);
        Assert.Equal((0, 1), (engine.State(2).ActiveConnections, engine.State(2).InactiveConnections));
        Assert.Equal(new(1, 2, 2 * 56), engine.State(2).ReadTraffic());
        engine.Pass(2.9);
        Assert.Equal(1, engine.Connections.Count);
        engine.Pass(0.3);
        Assert.Equal((0, 0), (engine.Connections.Count, engine.State(2).TotalConnections));

        engine.With(Engine.Service("wlc"));
        Assert.Equal(Verdict.Drop, engine.Send(Error(3, 4, Engine.Client, 1000)).Verdict);
        engine.With(Engine.Weighted("wlc", 1) with { Key = Engine.Key(IpProtocol.Tcp, 81) });
        Assert.Equal(Verdict.ToHost, engine.Send(Error(3, 4, Engine.Client, 1000)).Verdict);
    }

    [Fact]
    public void A_quoted_first_fragment_has_ports_and_is_followed()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        engine.Send(TcpFlags.Syn);
        Assert.Equal(Verdict.Forward, engine.Send(Error(11, 1, Engine.Client, 1000, fragment: 0x2000)).Verdict);
    }

    [Fact]
    public void No_error_is_answered_by_an_error()
    {
        using var engine = new Engine().With(Engine.Service("wlc", Engine.Server(1, mtu: 50)));
        engine.Send(TcpFlags.Syn);
        var last = Error(3, 4, Engine.Client, 1000);
        last[14 + 8] = 1;
        FixHeaderChecksum(last);
        Assert.Equal(Verdict.Drop, engine.Send(last).Verdict);
        Assert.Equal(Verdict.Drop, engine.Send(Error(3, 4, Engine.Client, 1000)).Verdict);
        var spoilt = Error(3, 4, Engine.Client, 1000);
        spoilt[^1] ^= 1;
        Assert.Equal(Verdict.Drop, engine.Send(spoilt).Verdict);
        Assert.Equal((1, 1, 1), (
            engine.Count(DropReason.TtlExceeded), engine.Count(DropReason.TooBig), engine.Count(DropReason.BadIcmpChecksum)));
    }

    [Fact]
    public void The_server_may_be_unreachable_gone_or_this_host_itself()
    {
        using var engine = new Engine().With(Engine.Service("wlc", Engine.Server(1, resolved: false)));
        engine.Send(TcpFlags.Syn);
        Assert.Equal(Verdict.Drop, engine.Send(Error(3, 4, Engine.Client, 1000)).Verdict);
        Assert.Equal(2, engine.Count(DropReason.NeighbourUnresolved));
        engine.With(Engine.Service("wlc", Engine.Server(1) with { IsLocal = true }));
        Assert.Equal(Verdict.ToHost, engine.Send(Error(3, 4, Engine.Client, 1000)).Verdict);
        engine.With(Engine.Service("wlc"));
        Assert.Equal(Verdict.Drop, engine.Send(Error(3, 4, Engine.Client, 1000)).Verdict);
        Assert.Equal(1, engine.Count(DropReason.ServerUnavailable));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_error_of_icmpv6_is_followed_too(byte type)
    {
        using var engine = ServedV6();
        engine.Send(TcpV6(ClientV6, 1000, VipV6, 80, TcpFlags.Syn));
        var frame = ErrorV6(type, 1000);
        var sent = engine.Send(frame.ToArray());

        Assert.Equal((Verdict.Forward, (ushort)1), (sent.Verdict, sent.Egress));
        Engine.MacOf(1).WriteTo(frame);
        DirectorMac.WriteTo(frame.AsSpan(6));
        frame[14 + 7] = 63;
        Assert.Equal(frame, sent.Frame);
    }

    [Fact]
    public void Other_icmpv6_is_the_hosts_and_an_error_in_pieces_is_dropped()
    {
        using var engine = ServedV6();
        engine.Send(TcpV6(ClientV6, 1000, VipV6, 80, TcpFlags.Syn));
        Assert.Equal(Verdict.ToHost, engine.Send(ErrorV6(2, 1001)).Verdict);
        Assert.Equal(Verdict.ToHost, engine.Send(ErrorV6(128, 1000)).Verdict);
        Assert.Equal(Verdict.ToHost, engine.Send(ErrorV6(2, 1000, cut: 1)).Verdict);
        var piece = Ipv6(RouterV6, VipV6, 44, [58, 0, 0, 1, 0, 0, 0, 1, .. ErrorV6(2, 1000)[54..]]);
        Assert.Equal(Verdict.Drop, engine.Send(piece).Verdict);
        Assert.Equal(1, engine.Count(DropReason.Fragment));
    }

    [Fact]
    public void An_error_that_came_to_another_worker_than_the_connection_is_followed_from_there()
    {
        var peers = new ConnectionPeers();
        using var first = new ConnectionTable(64, 1);
        using var second = new ConnectionTable(64, 2);
        peers.Add(first);
        peers.Add(second);
        var owner = new Forwarder(0, first, new(16, 1), null, peers);
        var other = new Forwarder(1, second, new(16, 1), null, peers);
        var table = ForwardingTable.Build([Engine.Weighted("wlc", 1)], ForwardingTable.Empty(2), MonoTime.Zero);
        Assert.Equal(Verdict.ToHost, Process(other, Error(3, 4, Engine.Client, 1000)));
        Assert.Equal(Verdict.Forward, Process(owner, Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn)));
        Assert.Equal(Verdict.Forward, Process(other, Error(3, 4, Engine.Client, 1000)));
        Assert.Equal(Verdict.ToHost, Process(other, Error(3, 4, Engine.Client, 1001)));
        Assert.Equal(2, table.Servers.Single().ReadTraffic().InPackets);

        Verdict Process(Forwarder forwarder, byte[] frame)
        {
            using var port = new MemoryFramePort();
            var batch = new FrameBatch();
            Assert.True(port.TryPut(frame));
            port.Receive(batch);
            forwarder.Process(batch, table, MonoTime.Zero);
            return batch[0].Verdict;
        }
    }

    /// <summary>An error about a packet from the VIP to a client, of which it quotes the header and eight bytes.</summary>
    private static byte[] Error(byte type, byte code, string client, ushort clientPort, byte protocol = 6, ushort fragment = 0)
    {
        var quoted = Ipv4(Engine.Vip, client, (IpProtocol)protocol, new byte[8], dontFragment: false)[14..];
        BinaryPrimitives.WriteUInt16BigEndian(quoted.AsSpan(6), fragment);
        BinaryPrimitives.WriteUInt16BigEndian(quoted.AsSpan(20), Engine.Port);
        BinaryPrimitives.WriteUInt16BigEndian(quoted.AsSpan(22), clientPort);
        byte[] message = [type, code, 0, 0, 0, 0, 5, 0, .. quoted];
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), Checksum.Compute(message));
        return Ipv4(Router, Engine.Vip, IpProtocol.Icmp, message);
    }

    private static byte[] ErrorV6(byte type, ushort clientPort, int cut = 0)
    {
        var quoted = TcpV6(VipV6, 80, ClientV6, clientPort, TcpFlags.Ack)[14..(14 + 44 - cut)];
        return Ipv6(RouterV6, VipV6, (byte)IpProtocol.IcmpV6, [type, 0, 0, 0, 0, 0, 5, 0, .. quoted]);
    }

    private static Engine ServedV6() => new Engine().With(
        new VirtualServiceSpec(Engine.Key(IpProtocol.Tcp, 80, VipV6), "wlc", null, 128, [Engine.ServerV6(1)]));
}
