using Director.Datapath;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>IPv6 by direct routing: a frame in, its verdict, the frame out, and what was counted.</summary>
public sealed class Ipv6Tests
{
    private const string Vip = "2001:db8::100";
    private const string Client = "2001:db8:1::2";

    /// <summary>Extension headers: what follows, length in eights beyond the first, options.</summary>
    private const string HopByHopThenTcp = "0600010400000000";

    [Fact]
    public void A_syn_leaves_for_the_server_with_its_mac_one_hop_less_and_nothing_else_changed()
    {
        using var engine = Served();
        var frame = TcpV6(Client, 1000, Vip, 80, TcpFlags.Syn, payload: 5);
        var sent = engine.Send([.. frame, 0xee, 0xee]);

        Assert.Equal((Verdict.Forward, (ushort)1), (sent.Verdict, sent.Egress));
        var expected = frame.ToArray();
        Engine.MacOf(1).WriteTo(expected);
        DirectorMac.WriteTo(expected.AsSpan(6));
        expected[14 + 7] = 63;
        Assert.Equal(expected, sent.Frame);
        Assert.Equal((1, 65), (engine.Connections.Count, engine.Table.Servers.Single().ReadTraffic().InBytes));
    }

    [Fact]
    public void A_connection_is_tracked_and_ends_as_one_of_ipv4()
    {
        using var engine = Served();
        Assert.Equal(Verdict.ToHost, engine.Send(TcpV6(Client, 1000, Vip, 80, TcpFlags.Ack)).Verdict);
        engine.Send(TcpV6(Client, 1000, Vip, 80, TcpFlags.Syn));
        engine.Send(TcpV6(Client, 1000, Vip, 80, TcpFlags.Ack));
        engine.Pass(800);
        Assert.Equal(Verdict.Forward, engine.Send(TcpV6(Client, 1000, Vip, 80, TcpFlags.Rst)).Verdict);
        Assert.Equal((0, 1), (engine.Table.Servers.Single().ActiveConnections, engine.Table.Servers.Single().InactiveConnections));
        engine.Pass(10.2);
        Assert.Equal(0, engine.Connections.Count);
    }

    [Fact]
    public void Both_families_are_served_side_by_side_and_a_mapped_address_is_no_ipv4()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1), Service(2));
        Assert.Equal(1, engine.Send(TcpFlags.Syn).Egress);
        Assert.Equal(2, engine.Send(TcpV6(Client, 1000, Vip, 80, TcpFlags.Syn)).Egress);
        var mapped = Ipv6(Client, Vip, 6, TcpV6(Client, 1000, Vip, 80, TcpFlags.Syn)[54..]);
        Ip(Engine.Vip).WriteMappedTo(mapped.AsSpan(14 + 24));
        Assert.Equal(Verdict.ToHost, engine.Send(mapped).Verdict);
        Assert.Equal(2, engine.Connections.Count);
    }

    [Theory]
    [InlineData(0, HopByHopThenTcp)]
    [InlineData(0, "3c00010400000000" + "2b00010400000000" + HopByHopThenTcp)]      // hop-by-hop, destination options, routing
    [InlineData(60, "06010104000000000000000000000000")]                          // sixteen bytes
    [InlineData(51, "0604000000000001000000020000000000000000000000" + "00")]       // authentication: its length counts in fours
    [InlineData(44, "0600000012345678")]                                          // a fragment header, but nothing was cut
    public void The_ports_are_found_behind_extension_headers(byte first, string extensions)
    {
        using var engine = Served();
        var bytes = Convert.FromHexString(extensions);
        var frame = TcpV6(Client, 1000, Vip, 80, TcpFlags.Syn, extensions: bytes, firstHeader: first);
        Assert.Equal(Verdict.Forward, engine.Send(frame).Verdict);
        Assert.Equal(1, engine.Send(TcpV6(Client, 1000, Vip, 80, TcpFlags.Ack)).Egress);
        Assert.Equal(1, engine.Connections.Count);
    }

    [Theory]
    [InlineData(44, "0600005012345678", DropReason.Fragment)]
    [InlineData(0, "06ff010400000000", DropReason.Truncated)]
    public void Pieces_without_their_first_and_headers_beyond_the_packet_are_dropped(byte first, string extensions, DropReason reason)
    {
        using var engine = Served();
        var bytes = Convert.FromHexString(extensions);
        Assert.Equal(Verdict.Drop, engine.Send(TcpV6(Client, 1, Vip, 80, TcpFlags.Syn, extensions: bytes, firstHeader: first)).Verdict);
        Assert.Equal(1, engine.Count(reason));
    }

    [Fact]
    public void Nobody_walks_over_more_extension_headers_than_eight()
    {
        using var engine = Served();
        Assert.Equal(Verdict.Forward, engine.Send(WithOptions(8)).Verdict);
        Assert.Equal(Verdict.Drop, engine.Send(WithOptions(9)).Verdict);
        Assert.Equal(1, engine.Count(DropReason.BadIpHeader));

        static byte[] WithOptions(int count) => TcpV6(Client, 1, Vip, 80, TcpFlags.Syn, firstHeader: 60, extensions:
            [.. Enumerable.Range(1, count).SelectMany(i => Convert.FromHexString((i == count ? "06" : "3c") + "00010400000000"))]);
    }

    [Theory]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("ff02::1")]
    [InlineData(Vip)]
    public void Sources_that_nobody_may_have_are_dropped(string source)
    {
        using var engine = Served();
        Assert.Equal(Verdict.Drop, engine.Send(TcpV6(source, 1000, Vip, 80, TcpFlags.Syn)).Verdict);
        Assert.Equal(1, engine.Count(DropReason.MartianSource));
    }

    [Fact]
    public void What_no_service_answers_is_left_to_the_host_unchanged()
    {
        using var engine = Served();
        var others = new[]
        {
            TcpV6(Client, 1000, Vip, 81, TcpFlags.Syn), TcpV6(Client, 1000, "2001:db8::101", 80, TcpFlags.Syn),
            Ipv6(Client, Vip, (byte)IpProtocol.IcmpV6, [128, 0, 0, 0, 0, 1, 0, 1]), Ipv6(Client, Vip, 50, new byte[40]),
            Ipv6(Client, "ff02::1:ff00:100", (byte)IpProtocol.IcmpV6, [135, .. new byte[23]]),
        };
        foreach (var frame in others)
        {
            var sent = engine.Send(frame.ToArray());
            Assert.Equal(Verdict.ToHost, sent.Verdict);
            Assert.Equal(frame, sent.Frame);
        }
    }

    [Fact]
    public void Without_a_server_the_client_learns_port_unreachable_from_the_vip()
    {
        using var engine = new Engine().With(Service());
        var frame = TcpV6(Client, 1000, Vip, 80, TcpFlags.Syn);
        AssertError(frame, engine.Send(frame.ToArray()), "0104", 0, quoted: 60);
        Assert.Equal((1, 0), (engine.Count(WorkerCounter.Replies), engine.Connections.Count));
    }

    [Fact]
    public void A_packet_with_no_hop_left_is_answered_time_exceeded_after_it_was_counted()
    {
        using var engine = Served();
        var frame = TcpV6(Client, 1000, Vip, 80, TcpFlags.Syn, hops: 1);
        AssertError(frame, engine.Send(frame.ToArray()), "0300", 0, quoted: 60);
        Assert.Equal((1, 1), (engine.Connections.Count, engine.Table.Servers.Single().ReadTraffic().InPackets));
    }

    [Fact]
    public void A_packet_too_long_for_the_link_learns_its_mtu_and_is_quoted_one_hop_on()
    {
        using var engine = new Engine().With(Service(1300, [1]));
        var frame = TcpV6(Client, 1000, Vip, 80, TcpFlags.Syn, payload: 1241);
        var sent = engine.Send(frame.ToArray());
        frame[14 + 7] = 63;
        AssertError(frame, sent, "0200", 1300, quoted: 1232);
        Assert.Equal(14 + 1280, sent.Frame.Length);
        Assert.Equal(Verdict.Forward, engine.Send(TcpV6(Client, 1000, Vip, 80, TcpFlags.Ack, payload: 1240)).Verdict);
    }

    [Fact]
    public void A_client_gets_six_errors_at_once_then_one_a_second()
    {
        using var engine = new Engine().With(Service());
        Assert.Equal(6, Enumerable.Range(0, 20).Count(port =>
            engine.Send(TcpV6(Client, (ushort)port, Vip, 80, TcpFlags.Syn)).Verdict == Verdict.Reply));
        Assert.Equal(14, engine.Count(DropReason.NoDestination));
    }

    [Fact]
    public void Persistence_goes_by_the_prefix()
    {
        using var engine = new Engine().With(
            Service(1, 2, 3) with { PersistenceTimeout = TimeSpan.FromSeconds(50), PersistencePrefixLength = 64 });
        Assert.Equal(3, engine.Send(TcpV6("2001:db8:1::2", 1000, Vip, 80, TcpFlags.Syn)).Egress);
        Assert.Equal(3, engine.Send(TcpV6("2001:db8:1::3", 1000, Vip, 80, TcpFlags.Syn)).Egress);
        Assert.Equal(2, engine.Send(TcpV6("2001:db8:1:1::2", 1000, Vip, 80, TcpFlags.Syn)).Egress);
        Assert.Equal(2, engine.Persistence.Count);
    }

    [Fact]
    public void A_frame_cut_anywhere_is_dropped_and_counted()
    {
        using var engine = Served();
        var frame = TcpV6(Client, 1000, Vip, 80, TcpFlags.Syn, extensions: Convert.FromHexString(HopByHopThenTcp), firstHeader: 0);
        for (var length = 0; length < frame.Length; length++) Assert.Equal(Verdict.Drop, engine.Send(frame[..length]).Verdict);
        Assert.Equal(frame.Length, engine.Count(DropReason.Truncated));
    }

    private static void AssertError(byte[] cause, Sent sent, string typeAndCode, uint rest, int quoted)
    {
        Assert.Equal(Verdict.Reply, sent.Verdict);
        Assert.Equal((ClientMac, DirectorMac), (sent.Ethernet.Destination, sent.Ethernet.Source));
        var ip = sent.IpV6;
        Assert.Equal((Ip(Vip), Ip(Client), IpProtocol.IcmpV6), (ip.Source, ip.Destination, ip.NextHeader));
        Assert.Equal((64, 0, 8 + quoted), (ip.HopLimit, ip.TrafficClass, ip.Payload.Length));
        Assert.Equal(typeAndCode, Convert.ToHexStringLower(ip.Payload[..2]));
        Assert.Equal(rest, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(ip.Payload[4..]));
        Assert.Equal(cause[14..(14 + quoted)], ip.Payload[8..].ToArray());
        var sum = Checksum.PseudoHeaderV6(ip.Source, ip.Destination, IpProtocol.IcmpV6, ip.Payload.Length);
        Assert.Equal(0, Checksum.Finish(Checksum.Add(ip.Payload, sum)));
    }

    private static Engine Served() => new Engine().With(Service(1));

    private static VirtualServiceSpec Service(params int[] numbers) => Service(1500, numbers);

    private static VirtualServiceSpec Service(int mtu, int[] numbers) => new(
        Engine.Key(IpProtocol.Tcp, 80, Vip), "wlc", null, 128, [.. numbers.Reverse().Select(number => Engine.ServerV6(number, mtu))]);
}
