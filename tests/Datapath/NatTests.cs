using System.Buffers.Binary;
using Director.Datapath;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>Masquerading, both ways. Servers listen on a port of their own.</summary>
public sealed class NatTests
{
    private const ushort ServerPort = 8080;
    private const string VipV6 = "2001:db8::100";
    private const string ClientV6 = "2001:db8:1::2";
    private const string ServerV6 = "2001:db8::11";
    private const string Server = "10.0.0.11";
    private const string Own = "10.0.0.1";
    private const string Router = "10.9.9.9";
    private const string RouterV6 = "2001:db8:9::9";

    public static TheoryData<bool, bool> FamiliesAndProtocols =>
        new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(FamiliesAndProtocols))]
    public void The_servers_address_and_port_go_in_and_the_vips_come_out_again(bool isV6, bool isUdp)
    {
        using var engine = new Engine().With(Service(isV6, isUdp));
        for (var payload = 0; payload < 40; payload++)
        {
            var request = engine.Send(Request(isV6, isUdp, payload), ingress: 5);
            Assert.Equal((Verdict.Forward, (ushort)1), (request.Verdict, request.Egress));
            Assert.Equal((Engine.MacOf(1), DirectorMac), (request.Ethernet.Destination, request.Ethernet.Source));
            AssertSame(Packet(isV6, isUdp, ClientOf(isV6), 1000, ServerOf(isV6), ServerPort, payload, hops: 63), request.Frame);

            var answer = engine.Send(Packet(isV6, isUdp, ServerOf(isV6), ServerPort, ClientOf(isV6), 1000, payload, hops: 64));
            Assert.Equal((Verdict.Forward, (ushort)5), (answer.Verdict, answer.Egress));
            Assert.Equal((ClientMac, Engine.LinkMac(5)), (answer.Ethernet.Destination, answer.Ethernet.Source));
            AssertSame(Packet(isV6, isUdp, VipOf(isV6), Engine.Port, ClientOf(isV6), 1000, payload, hops: 63), answer.Frame);
        }

        Assert.Equal((1, 40L, 80L), (engine.Connections.Count, engine.Count(WorkerCounter.Answers), engine.Count(WorkerCounter.Forwarded)));
        var traffic = engine.Table.ReadTraffic(engine.Table.Services[0]);
        Assert.Equal((1, 40, 40), (traffic.Connections, traffic.InPackets, traffic.OutPackets));
        Assert.Equal(traffic.InBytes, traffic.OutBytes);
    }

    [Fact]
    public void A_wrong_checksum_stays_wrong_by_as_much()
    {
        using var engine = new Engine().With(Service());
        var frame = Request();
        var field = frame.AsSpan(14 + 20 + 16);
        BinaryPrimitives.WriteUInt16BigEndian(field, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(field) - 1));
        var segment = engine.Send(frame).Ip.Payload.ToArray();
        var sum = Checksum.PseudoHeaderV4(Ip(Engine.Client).V4, Ip(Server).V4, IpProtocol.Tcp, segment.Length);
        Assert.Equal(1, Checksum.Finish(Checksum.Add(segment, sum)));
    }

    [Fact]
    public void A_datagram_without_a_checksum_gets_one_both_ways()
    {
        using var engine = new Engine().With(Service(isUdp: true));
        var request = Request(isUdp: true);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(14 + 20 + 6), 0);
        AssertSame(Packet(false, true, Engine.Client, 1000, Server, ServerPort, 10, 63), engine.Send(request).Frame);
        var answer = Answer(isUdp: true);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(14 + 20 + 6), 0);
        AssertSame(Packet(false, true, Engine.Vip, Engine.Port, Engine.Client, 1000, 10, 63), engine.Send(answer).Frame);
    }

    [Fact]
    public void Of_udp_a_checksum_that_comes_to_nothing_is_written_as_all_ones()
    {
        using var engine = new Engine().With(Service(isUdp: true));
        for (var first = 0; first <= ushort.MaxValue; first++)
        {
            var request = Request(isUdp: true, payload: 2);
            BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(14 + 28), (ushort)first);
            Resum(request, 6);
            var datagram = engine.Send(request).Ip.Payload.ToArray();
            if (BinaryPrimitives.ReadUInt16BigEndian(datagram.AsSpan(6)) == ushort.MaxValue) return;
        }

        Assert.Fail("no payload came to a checksum of 0");
    }

    [Fact]
    public void Answers_go_where_the_clients_last_packet_came_from()
    {
        using var engine = new Engine().With(Service());
        engine.Send(Request(), ingress: 2);
        Assert.Equal(2, engine.Send(Answer()).Egress);
        var moved = Request();
        Mac("02:00:00:00:00:77").WriteTo(moved.AsSpan(6));
        engine.Send(moved, ingress: 3);
        var answer = engine.Send(Answer());
        Assert.Equal((3, Mac("02:00:00:00:00:77")), (answer.Egress, answer.Ethernet.Destination));
    }

    [Fact]
    public void What_a_server_sends_on_no_connection_is_the_hosts()
    {
        using var engine = new Engine().With(Service());
        var answer = Answer();
        Assert.Equal((Verdict.ToHost, Convert.ToHexString(answer)), Left(engine.Send(answer.ToArray())));
        engine.Send(Request());
        Assert.Equal(Verdict.ToHost, engine.Send(Packet(false, false, Server, 8081, Engine.Client, 1000, 0, 64)).Verdict);
        Assert.Equal(Verdict.ToHost, engine.Send(Packet(false, false, "10.0.0.12", ServerPort, Engine.Client, 1000, 0, 64)).Verdict);
        Assert.Equal(Verdict.Forward, engine.Send(answer).Verdict);

        static (Verdict, string) Left(Sent sent) => (sent.Verdict, Convert.ToHexString(sent.Frame));
    }

    [Fact]
    public void An_answer_with_no_hop_left_or_too_long_is_refused_from_this_hosts_own_address()
    {
        using var engine = new Engine().With(Service());
        engine.Send(Request(), ingress: 5);
        var dying = Packet(false, false, Server, ServerPort, Engine.Client, 1000, 0, 1);
        var refused = engine.Send(dying.ToArray(), ingress: 1);
        Assert.Equal(Verdict.Reply, refused.Verdict);
        Assert.Equal((Ip(Own), Ip(Server), 11), (refused.Ip.Source, refused.Ip.Destination, refused.Ip.Payload[0]));
        Assert.Equal(dying[14..], refused.Ip.Payload[8..].ToArray());

        refused = engine.Send(Packet(false, false, Server, ServerPort, Engine.Client, 1000, 1461, 64));
        Assert.Equal((Verdict.Reply, 3, 4), (refused.Verdict, refused.Ip.Payload[0], refused.Ip.Payload[1]));
        Assert.Equal(1500, BinaryPrimitives.ReadUInt16BigEndian(refused.Ip.Payload[6..]));
        Assert.Equal(0, engine.State(1, ServerPort).ReadTraffic().OutPackets);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_error_about_an_answer_reaches_the_server_as_about_its_own_packet(bool isV6)
    {
        using var engine = new Engine().With(Service(isV6));
        engine.Send(Request(isV6));
        var quoted = Packet(isV6, false, VipOf(isV6), Engine.Port, ClientOf(isV6), 1000, 8, 63)[14..];
        var sent = engine.Send(Error(isV6, isV6 ? RouterV6 : Router, VipOf(isV6), quoted));
        Assert.Equal((Verdict.Forward, (ushort)1), (sent.Verdict, sent.Egress));
        var expected = Packet(isV6, false, ServerOf(isV6), ServerPort, ClientOf(isV6), 1000, 8, 63)[14..];
        AssertQuotes(sent.Frame, Error(isV6, isV6 ? RouterV6 : Router, ServerOf(isV6), expected, hops: 63), isV6);
        Assert.Equal(1, engine.Count(WorkerCounter.IcmpFollowed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_error_about_a_request_reaches_the_client_from_the_vip_as_about_its_own_packet(bool isV6)
    {
        using var engine = new Engine().With(Service(isV6));
        engine.Send(Request(isV6), ingress: 4);
        var quoted = Packet(isV6, false, ClientOf(isV6), 1000, ServerOf(isV6), ServerPort, 8, 62)[14..];
        var sent = engine.Send(Error(isV6, isV6 ? RouterV6 : Router, ClientOf(isV6), quoted));
        Assert.Equal((Verdict.Forward, (ushort)4), (sent.Verdict, sent.Egress));
        var expected = Packet(isV6, false, ClientOf(isV6), 1000, VipOf(isV6), Engine.Port, 8, 62)[14..];
        AssertQuotes(sent.Frame, Error(isV6, VipOf(isV6), ClientOf(isV6), expected, hops: 63), isV6);
        Assert.Equal(1, engine.Count(WorkerCounter.Answers));
    }

    [Fact]
    public void An_error_about_a_request_with_a_wrong_checksum_is_dropped()
    {
        using var engine = new Engine().With(Service());
        engine.Send(Request());
        var error = Error(false, Router, Engine.Client, Packet(false, false, Engine.Client, 1000, Server, ServerPort, 8, 62)[14..]);
        error[14 + 20 + 2] ^= 1;
        Assert.Equal(Verdict.Drop, engine.Send(error).Verdict);
        Assert.Equal(1, engine.Count(DropReason.BadIcmpChecksum));
    }

    [Fact]
    public void Fragments_are_translated_both_ways_and_come_together_again()
    {
        using var engine = new Engine().With(Service(isUdp: true));
        AssertPieces(Request(isUdp: true, payload: 3000), Packet(false, true, Engine.Client, 1000, Server, ServerPort, 3000, 63));
        AssertPieces(Answer(isUdp: true, payload: 3000), Packet(false, true, Engine.Vip, Engine.Port, Engine.Client, 1000, 3000, 63));
        var traffic = engine.Table.ReadTraffic(engine.Table.Services[0]);
        Assert.Equal(new(1, 1, 3028, 1, 3028), traffic);

        // A piece of a datagram of the server's own.
        var stranger = Fragments.Cut(Packet(false, true, Server, ServerPort, Engine.Client, 7, 3000, 64), 1480, 9);
        Assert.All(stranger, piece => Assert.Equal(Verdict.ToHost, engine.Send(piece).Verdict));

        void AssertPieces(byte[] whole, byte[] expected)
        {
            var payload = new List<byte>();
            foreach (var piece in Fragments.Cut(whole, 1480, 7))
            {
                var sent = engine.Send(piece);
                Assert.Equal(Verdict.Forward, sent.Verdict);
                Assert.True(sent.Ip.IsChecksumValid);
                Assert.Equal(expected[26..34], sent.Frame[26..34]);
                payload.AddRange(sent.Ip.Payload);
            }

            Assert.Equal(expected[34..], payload);
        }
    }

    [Fact]
    public void The_connection_walks_by_what_both_sides_send()
    {
        using var engine = new Engine().With(Service());
        engine.Send(Request(flags: TcpFlags.Syn));
        Assert.Equal((1, 0), Counts());
        engine.Send(Answer(flags: TcpFlags.Syn | TcpFlags.Ack));
        engine.Send(Request(flags: TcpFlags.Ack));
        engine.Send(Answer(flags: TcpFlags.Fin | TcpFlags.Ack));
        Assert.Equal((0, 1), Counts());

        // FIN_WAIT from the server's side, TIME_WAIT from the client's; an answer restarts the timer as a request does.
        engine.Send(Request(flags: TcpFlags.Fin | TcpFlags.Ack));
        engine.Pass(119);
        Assert.Equal(1, engine.Connections.Count);
        Assert.Equal(Verdict.Forward, engine.Send(Answer(flags: TcpFlags.Ack)).Verdict);
        engine.Pass(119);
        Assert.Equal(1, engine.Connections.Count);
        engine.Pass(2);
        Assert.Equal(0, engine.Connections.Count);
        Assert.Equal(Verdict.ToHost, engine.Send(Answer(flags: TcpFlags.Ack)).Verdict);

        (int, int) Counts() => (engine.State(1, ServerPort).ActiveConnections, engine.State(1, ServerPort).InactiveConnections);
    }

    [Fact]
    public void A_server_that_has_left_or_is_reached_otherwise_now_still_has_its_answers_translated()
    {
        using var engine = new Engine().With(Service());
        engine.Send(Request());
        engine.With(Service() with { Servers = [] });
        Assert.Equal(Ip(Engine.Vip), engine.Send(Answer()).Ip.Source);
        Assert.Contains((IpProtocol.Tcp, new Endpoint(Ip(Server), ServerPort)), engine.Table.Masqueraded);

        var direct = Service().Servers[0] with { Method = ForwardingMethod.DirectRouting };
        engine.With(Service() with { Servers = [direct] });
        Assert.Equal(Ip(Server), engine.Send(Request()).Ip.Destination);
        Assert.Equal(Ip(Engine.Vip), engine.Send(Answer()).Ip.Source);
        Assert.Equal(Ip(Engine.Vip), engine.Send(Request(clientPort: 1001)).Ip.Destination);
    }

    [Fact]
    public void Without_room_for_a_connection_a_masqueraded_server_gets_nothing()
    {
        using var engine = new Engine(capacity: 1).With(Service());
        Assert.Equal(Verdict.Forward, engine.Send(Request()).Verdict);
        Assert.Equal(Verdict.Drop, engine.Send(Request(clientPort: 1001)).Verdict);
        Assert.Equal((1, 0), (engine.Count(DropReason.TableFull), engine.Count(WorkerCounter.ForwardedUntracked)));
        engine.Pass(62);
        Assert.Equal(Verdict.Forward, engine.Send(Request(clientPort: 1001)).Verdict);
        Assert.Equal(Verdict.Forward, engine.Send(Answer(clientPort: 1001)).Verdict);
        Assert.Equal(Verdict.ToHost, engine.Send(Answer()).Verdict);
    }

    [Fact]
    public void One_packet_is_translated_and_its_answer_is_not()
    {
        using var engine = new Engine().With(Service(isUdp: true) with { IsOnePacket = true });
        AssertSame(Packet(false, true, Engine.Client, 1000, Server, ServerPort, 10, 63), engine.Send(Request(isUdp: true)).Frame);
        Assert.Equal(Verdict.ToHost, engine.Send(Answer(isUdp: true)).Verdict);
    }

    [Fact]
    public void Of_a_service_of_every_port_the_port_that_was_asked_for_stays()
    {
        var service = new VirtualServiceSpec(Engine.Key(IpProtocol.Tcp, 0), "rr", TimeSpan.FromSeconds(50), 32, [Spec(Server, 0)]);
        using var engine = new Engine().With(service);
        var sent = engine.Send(Tcp(Engine.Client, 1000, Engine.Vip, 443, TcpFlags.Syn));
        AssertSame(Tcp(Engine.Client, 1000, Server, 443, TcpFlags.Syn, ttl: 63), sent.Frame);
        var answer = engine.Send(Tcp(Server, 443, Engine.Client, 1000, TcpFlags.Ack));
        AssertSame(Tcp(Engine.Vip, 443, Engine.Client, 1000, TcpFlags.Ack, ttl: 63), answer.Frame);
    }

    [Theory]
    [InlineData(80, 8080, 8080)]
    [InlineData(80, 0, 80)]
    [InlineData(0, 8080, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(21, 21, 0)]
    [InlineData(21, 2121, 0)]
    public void Answers_are_asked_for_from_the_ports_that_connections_get(int service, int server, int answering)
    {
        var spec = new VirtualServiceSpec(
            Engine.Key(IpProtocol.Tcp, (ushort)service), "rr", TimeSpan.FromSeconds(50), 32, [Spec(Server, (ushort)server)]);
        using var engine = new Engine().With(spec);
        Assert.Equal([(IpProtocol.Tcp, new Endpoint(Ip(Server), (ushort)answering))], engine.Table.Masqueraded);
    }

    [Fact]
    public void A_tunnel_and_a_masqueraded_server_stand_side_by_side_in_a_pool()
    {
        var tunnel = Engine.Server(2) with { Method = ForwardingMethod.Tunnel, NextHop = Hop() };
        using var engine = new Engine().With(Service() with { Scheduler = "rr", Servers = [tunnel, .. Service().Servers] });
        Assert.Equal(74, engine.Send(TcpFlags.Syn, 1000).Frame.Length);
        Assert.Equal(Ip(Server), engine.Send(TcpFlags.Syn, 1001).Ip.Destination);
    }

    private static VirtualServiceSpec Service(bool isV6 = false, bool isUdp = false) => new(
        Engine.Key(isUdp ? IpProtocol.Udp : IpProtocol.Tcp, Engine.Port, VipOf(isV6)), "wlc", null, isV6 ? 128 : 32,
        [Spec(ServerOf(isV6), ServerPort)]);

    private static RealServerSpec Spec(string server, ushort port) =>
        new(new(Ip(server), port), 1, Hop()) { Method = ForwardingMethod.Masquerading };

    private static NextHop Hop() => new(1, Engine.MacOf(1), DirectorMac, 3100) { Address = Ip(Own) };

    private static string VipOf(bool isV6) => isV6 ? VipV6 : Engine.Vip;

    private static string ClientOf(bool isV6) => isV6 ? ClientV6 : Engine.Client;

    private static string ServerOf(bool isV6) => isV6 ? ServerV6 : Server;

    private static byte[] Request(
        bool isV6 = false, bool isUdp = false, int payload = 10, ushort clientPort = 1000, TcpFlags flags = TcpFlags.Syn) =>
        Packet(isV6, isUdp, ClientOf(isV6), clientPort, VipOf(isV6), Engine.Port, payload, 64, flags);

    private static byte[] Answer(
        bool isV6 = false, bool isUdp = false, int payload = 10, ushort clientPort = 1000, TcpFlags flags = TcpFlags.Syn) =>
        Packet(isV6, isUdp, ServerOf(isV6), ServerPort, ClientOf(isV6), clientPort, payload, 64, flags);

    private static byte[] Packet(bool isV6, bool isUdp, string source, ushort sourcePort, string destination, ushort destinationPort,
        int payload, byte hops, TcpFlags flags = TcpFlags.Syn) => (isV6, isUdp) switch
    {
        (false, false) => Tcp(source, sourcePort, destination, destinationPort, flags, payload, hops),
        (false, true) => Udp(source, sourcePort, destination, destinationPort, payload, hops),
        (true, false) => TcpV6(source, sourcePort, destination, destinationPort, flags, payload, hops),
        _ => UdpV6(source, sourcePort, destination, destinationPort, payload, hops),
    };

    private static byte[] Error(bool isV6, string source, string destination, byte[] quoted, byte hops = 64)
    {
        byte[] message = [(byte)(isV6 ? 1 : 3), 0, 0, 0, 0, 0, 0, 0, .. quoted];
        var sum = isV6 ? Checksum.PseudoHeaderV6(Ip(source), Ip(destination), IpProtocol.IcmpV6, message.Length) : 0;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), Checksum.Finish(Checksum.Add(message, sum)));
        return isV6
            ? Ipv6(source, destination, (byte)IpProtocol.IcmpV6, message, hops)
            : Ipv4(source, destination, IpProtocol.Icmp, message, hops);
    }

    /// <summary>All but the MAC addresses.</summary>
    private static void AssertSame(byte[] expected, byte[] frame) =>
        Assert.Equal(Convert.ToHexString(expected[12..]), Convert.ToHexString(frame[12..]));

    /// <summary>All, but for the checksum of the quoted segment, which nobody mends, and ICMP's over it, which must be right.</summary>
    private static void AssertQuotes(byte[] frame, byte[] expected, bool isV6)
    {
        var icmp = 14 + (isV6 ? 40 : 20);
        var quotedChecksum = icmp + 8 + (isV6 ? 40 : 20) + 16;
        var sum = isV6
            ? Checksum.PseudoHeaderV6(
                IpAddress128.ReadV6(frame.AsSpan(22)), IpAddress128.ReadV6(frame.AsSpan(38)), IpProtocol.IcmpV6, frame.Length - icmp)
            : 0;
        Assert.Equal(0, Checksum.Finish(Checksum.Add(frame.AsSpan(icmp), sum)));
        foreach (var bytes in (byte[][])[frame, expected])
        {
            bytes.AsSpan(icmp + 2, 2).Clear();
            bytes.AsSpan(quotedChecksum, 2).Clear();
        }

        AssertSame(expected, frame);
    }

    private static void Resum(byte[] frame, int checksumAt)
    {
        var datagram = frame.AsSpan(34);
        var ip = frame.AsSpan(14);
        datagram.Slice(checksumAt, 2).Clear();
        var sum = Checksum.PseudoHeaderV4(BinaryPrimitives.ReadUInt32BigEndian(ip[12..]), BinaryPrimitives.ReadUInt32BigEndian(ip[16..]),
            IpProtocol.Udp, datagram.Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[checksumAt..], Checksum.Finish(Checksum.Add(datagram, sum)));
    }
}
