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

/// <summary>Datagrams in pieces: the first has the ports, the others go where it went.</summary>
public sealed class FragmentTests
{
    private const string VipV6 = "2001:db8::100";
    private const string ClientV6 = "2001:db8:1::2";

    [Fact]
    public void Later_fragments_follow_the_first_and_the_datagram_counts_as_one_packet_of_its_whole_length()
    {
        using var engine = new Engine().With(Dns(1, 2));
        var whole = Udp(Engine.Client, 1000, Engine.Vip, 53, payload: 3000);
        var pieces = Fragments.Cut(whole, 1480, identification: 7);
        Assert.Equal(3, pieces.Count);
        foreach (var piece in pieces)
        {
            var sent = engine.Send(piece.ToArray());
            Assert.Equal((Verdict.Forward, (ushort)2), (sent.Verdict, sent.Egress));
            var expected = piece.ToArray();
            Engine.MacOf(2).WriteTo(expected);
            DirectorMac.WriteTo(expected.AsSpan(6));
            expected[14 + 8] = 63;
            FixHeaderChecksum(expected);
            Assert.Equal(expected, sent.Frame);
        }

        Assert.Equal(new(1, 1, 3028), engine.Table.ReadTraffic(engine.Table.Services[0]));
        Assert.Equal((1, 2), (engine.Connections.Count, engine.Count(WorkerCounter.FragmentsFollowed)));
    }

    [Fact]
    public void Fragments_whose_first_has_not_come_are_dropped_and_counted()
    {
        using var engine = new Engine().With(Dns(1));
        var pieces = Fragments.Cut(Udp(Engine.Client, 1000, Engine.Vip, 53, payload: 3000), 1480, identification: 7);
        Assert.Equal(Verdict.Drop, engine.Send(pieces[1].ToArray()).Verdict);
        Assert.Equal(Verdict.Forward, engine.Send(pieces[0].ToArray()).Verdict);
        Assert.Equal(Verdict.Forward, engine.Send(pieces[2].ToArray()).Verdict);
        Assert.Equal(1, engine.Count(DropReason.Fragment));
    }

    [Fact]
    public void Datagrams_are_told_apart_by_client_identification_and_protocol()
    {
        using var engine = new Engine().With(Dns(1), Engine.Weighted("wlc", 1));
        Assert.Equal(Verdict.Forward, engine.Send(Fragments.Cut(Udp(Engine.Client, 1, Engine.Vip, 53, payload: 3000), 1480, 7)[0]).Verdict);
        Assert.Equal(Verdict.Drop, engine.Send(Fragments.Cut(Udp(Engine.Client, 1, Engine.Vip, 53, payload: 3000), 1480, 8)[1]).Verdict);
        Assert.Equal(Verdict.Drop, engine.Send(Fragments.Cut(Udp("10.0.0.3", 1, Engine.Vip, 53, payload: 3000), 1480, 7)[1]).Verdict);
        var tcp = Tcp(Engine.Client, 1, Engine.Vip, 80, TcpFlags.Syn, payload: 3000, dontFragment: false);
        Assert.Equal(Verdict.Drop, engine.Send(Fragments.Cut(tcp, 1480, 7)[1]).Verdict);
        Assert.Equal(Verdict.Forward, engine.Send(Fragments.Cut(Udp(Engine.Client, 1, Engine.Vip, 53, payload: 3000), 1480, 7)[1]).Verdict);
    }

    [Fact]
    public void A_datagram_is_remembered_for_half_a_minute_of_ipv6_a_whole_one()
    {
        using var engine = new Engine().With(Dns(1), Six(1));
        var four = Fragments.Cut(Udp(Engine.Client, 1000, Engine.Vip, 53, payload: 3000), 1480, 7);
        engine.Send(four[0].ToArray());
        engine.Send(PieceV6(0));
        engine.Pass(29.9);
        Assert.Equal(Verdict.Forward, engine.Send(four[1].ToArray()).Verdict);
        engine.Pass(0.3);
        Assert.Equal(Verdict.Drop, engine.Send(four[2].ToArray()).Verdict);
        engine.Pass(29.7);
        Assert.Equal(Verdict.Forward, engine.Send(PieceV6(1448)).Verdict);
        engine.Pass(0.4);
        Assert.Equal(Verdict.Drop, engine.Send(PieceV6(1448)).Verdict);
    }

    [Fact]
    public void What_goes_to_the_host_goes_there_whole()
    {
        using var engine = new Engine().With(Dns(1));
        foreach (var piece in Fragments.Cut(Udp(Engine.Client, 1000, Engine.Vip, 54, payload: 3000), 1480, 7))
        {
            var sent = engine.Send(piece.ToArray());
            Assert.Equal(Verdict.ToHost, sent.Verdict);
            Assert.Equal(piece, sent.Frame);
        }
    }

    [Fact]
    public void No_error_is_owed_for_a_later_fragment()
    {
        using var engine = new Engine().With(Dns());
        var pieces = Fragments.Cut(Udp(Engine.Client, 1000, Engine.Vip, 53, payload: 3000), 1480, 7);
        Assert.Equal(Verdict.Reply, engine.Send(pieces[0].ToArray()).Verdict);
        Assert.Equal(Verdict.Drop, engine.Send(pieces[1].ToArray()).Verdict);
        Assert.Equal(1, engine.Count(DropReason.Fragment));

        engine.With(Dns(1));
        Assert.Equal(Verdict.Forward, engine.Send(pieces[0].ToArray()).Verdict);
        var last = pieces[1].ToArray();
        last[14 + 8] = 1;
        FixHeaderChecksum(last);
        Assert.Equal(Verdict.Drop, engine.Send(last).Verdict);
        engine.With(Engine.Weighted("wlc", 1));
        Assert.Equal(Verdict.Drop, engine.Send(pieces[2].ToArray()).Verdict);
        Assert.Equal((1, 1), (engine.Count(DropReason.TtlExceeded), engine.Count(DropReason.ServerUnavailable)));
    }

    [Fact]
    public void A_first_fragment_moves_its_connection_as_a_whole_packet_does()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        engine.Send(TcpFlags.Syn);
        var ack = Fragments.Cut(Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Ack, payload: 2000, dontFragment: false), 1000, 7);
        foreach (var piece in ack) Assert.Equal(Verdict.Forward, engine.Send(piece).Verdict);
        engine.Pass(899);
        Assert.Equal((1, 1), (engine.Connections.Count, engine.State(1).ActiveConnections));
    }

    [Fact]
    public void Fragments_of_ipv6_follow_too()
    {
        using var engine = new Engine().With(Six(1, 2));
        Assert.Equal(2, engine.Send(PieceV6(0)).Egress);
        Assert.Equal(2, engine.Send(PieceV6(1448)).Egress);
        Assert.Equal(Verdict.Drop, engine.Send(PieceV6(1448, identification: 8)).Verdict);
        Assert.Equal((1, 1), (engine.Connections.Count, engine.Count(DropReason.Fragment)));
    }

    [Fact]
    public void The_table_of_datagrams_is_bounded_and_the_one_that_ends_first_makes_room()
    {
        var table = new FragmentTable();
        var first = new ConnectionKey(0, 0, 0);
        table.Add(first, 0, To(5), 100);
        for (var i = 1u; i <= 3; i++) table.Add(new(0, 0, i), 0, To(6), 100 + i);
        Assert.True(table.TryFind(first, 0, 99, out var way));
        Assert.Equal(5, way.Server);
        Assert.False(table.TryFind(first, 0, 100, out _));
        table.Add(new(0, 0, 4), 0, To(7), 200);
        Assert.False(table.TryFind(first, 0, 1, out _));
        for (var i = 1u; i <= 4; i++) Assert.True(table.TryFind(new(0, 0, i), 0, 1, out _));
        table.Add(new(0, 0, 4), 0, To(8), 300);
        Assert.True(table.TryFind(new(0, 0, 4), 0, 250, out way));
        Assert.Equal(8, way.Server);
        Assert.True(table.TryFind(new(0, 0, 1), 0, 1, out _));

        static FragmentWay To(int server) => new(server, 0, default);
    }

    [Fact]
    public void The_fragments_and_the_whole_packets_of_a_flow_meet_though_the_card_parts_them()
    {
        var peers = new ConnectionPeers();
        using var first = new ConnectionTable(64, 1);
        using var second = new ConnectionTable(64, 2);
        peers.Add(first);
        peers.Add(second);
        var whole = new Forwarder(0, first, new(16, 1), null, peers);
        var parts = new Forwarder(1, second, new(16, 1), null, peers);
        var table = ForwardingTable.Build([Dns(1, 2, 3, 4)], ForwardingTable.Empty(2), MonoTime.Zero);

        var one = Process(whole, Udp(Engine.Client, 1000, Engine.Vip, 53));
        foreach (var piece in Fragments.Cut(Udp(Engine.Client, 1000, Engine.Vip, 53, payload: 3000), 1480, 7))
            Assert.Equal(one, Process(parts, piece));

        var other = Process(parts, Fragments.Cut(Udp(Engine.Client, 1001, Engine.Vip, 53, payload: 3000), 1480, 8)[0]);
        Assert.NotEqual(one, other);
        Assert.Equal(other, Process(whole, Udp(Engine.Client, 1001, Engine.Vip, 53)));
        Assert.Equal((1, 1), (first.Count, second.Count));

        ushort Process(Forwarder forwarder, byte[] frame)
        {
            using var port = new MemoryFramePort();
            var batch = new FrameBatch();
            Assert.True(port.TryPut(frame));
            port.Receive(batch);
            forwarder.Process(batch, table, MonoTime.Zero);
            Assert.Equal(Verdict.Forward, batch[0].Verdict);
            return batch[0].Egress;
        }
    }

    private static byte[] PieceV6(ushort offset, uint identification = 7)
    {
        var header = new byte[8];
        header[0] = 6;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(offset | (offset == 0 ? 1 : 0)));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), identification);
        return TcpV6(ClientV6, 1000, VipV6, 80, TcpFlags.Syn, payload: 1400, extensions: header, firstHeader: 44);
    }

    private static VirtualServiceSpec Dns(params int[] oldestFirst) => new(
        Engine.Key(IpProtocol.Udp, 53), "rr", null, 32, [.. oldestFirst.Reverse().Select(number => Engine.Server(number))]);

    private static VirtualServiceSpec Six(params int[] oldestFirst) => new(
        Engine.Key(IpProtocol.Tcp, 80, VipV6), "rr", null, 128, [.. oldestFirst.Reverse().Select(number => Engine.ServerV6(number))]);
}
