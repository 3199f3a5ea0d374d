using Director.Datapath;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>A frame in, its verdict, the frame out, and what was counted.</summary>
public sealed class ForwarderTests
{
    [Fact]
    public void A_syn_leaves_for_the_server_with_its_mac_one_hop_less_and_nothing_else_changed()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        var frame = Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, payload: 5, tos: 0x2c);

        var sent = engine.Send(frame);

        Assert.Equal((Verdict.Forward, (ushort)1), (sent.Verdict, sent.Egress));
        var expected = frame.ToArray();
        Engine.MacOf(1).WriteTo(expected);
        DirectorMac.WriteTo(expected.AsSpan(6));
        expected[14 + 8] = 63;
        FixHeaderChecksum(expected);
        Assert.Equal(expected, sent.Frame);
        Assert.Equal((1, 1, 1, 1), (
            engine.Count(WorkerCounter.Received), engine.Count(WorkerCounter.Forwarded),
            engine.Count(WorkerCounter.ConnectionsCreated), engine.Count(WorkerCounter.Scheduled)));
        Assert.Equal(new(1, 1, 45), engine.State(1).ReadTraffic());
        Assert.Equal(new(1, 1, 45), engine.Table.ReadTraffic(engine.Table.Services[0]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(255)]
    public void The_header_checksum_is_right_after_any_hop_count(byte ttl)
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        for (ushort port = 1; port < 2000; port++)
        {
            var sent = engine.Send(Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, tos: (byte)port, ttl: ttl, payload: port % 300));
            Assert.True(sent.Ip.IsChecksumValid);
            Assert.Equal(ttl - 1, sent.Ip.TimeToLive);
        }
    }

    [Fact]
    public void Options_of_the_ip_header_stay_and_padding_of_the_link_goes()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        var frame = Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, options: 8);
        var sent = engine.Send([.. frame, .. new byte[9]]);
        Assert.Equal(Verdict.Forward, sent.Verdict);
        Assert.Equal(frame.Length, sent.Frame.Length);
        Assert.Equal(frame[34..], sent.Frame[34..]);
        Assert.True(sent.Ip.IsChecksumValid);
    }

    [Fact]
    public void A_wrong_tcp_checksum_is_the_servers_business()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        var frame = Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn);
        frame[14 + 20 + 16] ^= 0xff;
        Assert.Equal(Verdict.Forward, engine.Send(frame).Verdict);
    }

    [Theory]
    [InlineData(TcpFlags.Syn, Verdict.Forward)]
    [InlineData(TcpFlags.Syn | TcpFlags.Ack, Verdict.Forward)]
    [InlineData(TcpFlags.Syn | TcpFlags.Fin, Verdict.Forward)]
    [InlineData(TcpFlags.Syn | TcpFlags.Rst, Verdict.ToHost)]
    [InlineData(TcpFlags.Ack, Verdict.ToHost)]
    [InlineData(TcpFlags.Fin | TcpFlags.Ack, Verdict.ToHost)]
    [InlineData(TcpFlags.Rst, Verdict.ToHost)]
    [InlineData(TcpFlags.None, Verdict.ToHost)]
    public void Only_a_syn_without_rst_starts_a_connection(TcpFlags flags, Verdict expected)
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        var frame = Tcp(Engine.Client, 1000, Engine.Vip, 80, flags);
        var sent = engine.Send(frame);
        Assert.Equal(expected, sent.Verdict);
        Assert.Equal(expected == Verdict.Forward ? 1 : 0, engine.Connections.Count);
        if (expected == Verdict.ToHost) Assert.Equal(frame, sent.Frame);
    }

    [Fact]
    public void What_no_service_answers_is_left_to_the_host()
    {
        using var engine = new Engine().With(Engine.Weighted("wlc", 1));
        Assert.Equal(Verdict.ToHost, engine.Send(TcpFlags.Syn, port: 81).Verdict);
        Assert.Equal(Verdict.ToHost, engine.Send(Udp(Engine.Client, 1000, Engine.Vip, 80)).Verdict);
        Assert.Equal(Verdict.ToHost, engine.Send(Tcp(Engine.Client, 1000, "10.0.0.101", 80, TcpFlags.Syn)).Verdict);
        Assert.Equal(Verdict.ToHost, engine.Send(Ipv4(Engine.Client, Engine.Vip, IpProtocol.Icmp, new byte[8])).Verdict);
        Assert.Equal(Verdict.ToHost, engine.Send(Tcp(Engine.Client, 20, Engine.Vip, 80, TcpFlags.Syn)).Verdict);
        Assert.Equal(5, engine.Count(WorkerCounter.ToHost));
        Assert.Equal(0, engine.Connections.Count);
    }

    [Fact]
    public void The_service_of_every_port_takes_what_no_other_takes()
    {
        var any = new VirtualServiceSpec(Engine.Key(IpProtocol.Tcp, 0), "wlc", TimeSpan.FromSeconds(50), 32, [Engine.Server(2)]);
        using var engine = new Engine().With(Engine.Weighted("wlc", 1), any);
        Assert.Equal(1, engine.Send(TcpFlags.Syn, 1000, port: 80).Egress);
        Assert.Equal(2, engine.Send(TcpFlags.Syn, 1000, port: 81).Egress);
    }

    [Fact]
    public void A_udp_flow_starts_with_any_packet_is_never_active_and_lasts_300_seconds()
    {
        var dns = new VirtualServiceSpec(Engine.Key(IpProtocol.Udp, 53), "rr", null, 32, [Engine.Server(2), Engine.Server(1)]);
        using var engine = new Engine().With(dns);
        Assert.Equal(2, engine.Send(Udp(Engine.Client, 1000, Engine.Vip, 53)).Egress);
        Assert.Equal(1, engine.Send(Udp(Engine.Client, 1001, Engine.Vip, 53)).Egress);
        engine.Pass(299);
        Assert.Equal(2, engine.Send(Udp(Engine.Client, 1000, Engine.Vip, 53)).Egress);
        var states = engine.Table.Servers.ToList();
        Assert.All(states, state => Assert.Equal((0, 1), (state.ActiveConnections, state.InactiveConnections)));
        engine.Pass(1.2);
        Assert.Equal(1, engine.Connections.Count);
        engine.Pass(299);
        Assert.Equal(0, engine.Connections.Count);
        Assert.All(states, state => Assert.Equal(0, state.TotalConnections));
    }

    [Fact]
    public void A_server_without_a_known_mac_gets_nothing_but_the_connection_stays()
    {
        using var engine = new Engine().With(Engine.Service("wlc", Engine.Server(1, resolved: false)));
        Assert.Equal(Verdict.Drop, engine.Send(TcpFlags.Syn).Verdict);
        Assert.Equal(1, engine.Count(DropReason.NeighbourUnresolved));
        engine.With(Engine.Service("wlc", Engine.Server(1)));
        Assert.Equal(1, engine.Send(TcpFlags.Syn).Egress);
        Assert.Equal((1, 2), (engine.Connections.Count, engine.State(1).ReadTraffic().InPackets));
    }

    [Fact]
    public void A_server_that_is_this_host_gets_its_packets_unchanged_and_counted()
    {
        using var engine = new Engine().With(Engine.Service("wlc", Engine.Server(1, resolved: false) with { IsLocal = true }));
        var frame = Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, ttl: 1);
        var sent = engine.Send(frame);
        Assert.Equal(Verdict.ToHost, sent.Verdict);
        Assert.Equal(frame, sent.Frame);
        Assert.Equal((1, 1L), (engine.State(1).ActiveConnections, engine.State(1).ReadTraffic().InPackets));
    }

    [Fact]
    public void A_new_next_hop_changes_the_frames_and_nothing_else()
    {
        using var engine = new Engine().With(Engine.Weighted("rr", 1, 1, 1));
        Assert.Equal("3 2", engine.Picks(2));
        var service = engine.Table.Services[0];
        var moved = Engine.Server(3) with { NextHop = new(9, Mac("02:00:00:00:02:09"), DirectorMac, 1500) };
        engine.With(Engine.Service("rr", Engine.Server(1), Engine.Server(2), moved));
        Assert.Same(service, engine.Table.Services[0]);
        var sent = engine.Send(TcpFlags.Ack, 1000);
        Assert.Equal((9, Mac("02:00:00:00:02:09")), (sent.Egress, sent.Ethernet.Destination));
        Assert.Equal(1, engine.ServerOf(1002));
    }

    public static TheoryData<string, DropReason, Func<byte[], byte[]>> Malformed => new()
    {
        { "no Ethernet header", DropReason.Truncated, frame => frame[..13] },
        { "no IP header", DropReason.Truncated, frame => frame[..33] },
        { "IP shorter than it says", DropReason.Truncated, frame => frame[..^1] },
        { "group address", DropReason.NotUnicast, frame => Spoil(frame, bytes => bytes[0] |= 1) },
        { "not IP", DropReason.NotIp, frame => Spoil(frame, bytes => bytes[13] = 6) },
        { "version 5", DropReason.BadIpHeader, frame => Spoil(frame, bytes => bytes[14] = 0x55) },
        { "header length 16", DropReason.BadIpHeader, frame => Spoil(frame, bytes => bytes[14] = 0x44) },
        { "total length below header", DropReason.BadIpHeader, frame => Fixed(frame, bytes => (bytes[16], bytes[17]) = (0, 19)) },
        { "header checksum", DropReason.BadIpChecksum, frame => Spoil(frame, bytes => bytes[24] ^= 1) },
        { "no TCP header", DropReason.Truncated, frame => Fixed(frame, bytes => bytes[17] -= 1) },
        { "last fragment", DropReason.Fragment, frame => Fixed(frame, bytes => (bytes[20], bytes[21]) = (0, 1)) },
        { "source 0.1.2.3", DropReason.MartianSource, frame => WithSource(frame, "0.1.2.3") },
        { "source loopback", DropReason.MartianSource, frame => WithSource(frame, "127.0.0.1") },
        { "source multicast", DropReason.MartianSource, frame => WithSource(frame, "224.0.0.1") },
        { "source broadcast", DropReason.MartianSource, frame => WithSource(frame, "255.255.255.255") },
        { "source the VIP itself", DropReason.MartianSource, frame => WithSource(frame, Engine.Vip) },
        { "source another VIP", DropReason.MartianSource, frame => WithSource(frame, "10.0.0.101") },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_a_host_would_not_take_is_dropped_and_counted(string what, DropReason reason, Func<byte[], byte[]> spoil)
    {
        var other = new VirtualServiceSpec(Engine.Key(IpProtocol.Tcp, 80, "10.0.0.101"), "wlc", null, 32, []);
        using var engine = new Engine().With(Engine.Weighted("wlc", 1), other);
        var sent = engine.Send(spoil(Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn)));
        Assert.True(sent.Verdict == Verdict.Drop, what);
        Assert.Equal((1, 1), (engine.Count(reason), engine.Forwarder.Counters.Dropped));
    }

    [Fact]
    public void Nothing_comes_from_an_address_of_the_hosts_own()
    {
        var service = Engine.Weighted("wlc", 1);
        var own = ForwardingTable.Build([service], ForwardingTable.Empty(), MonoTime.Zero, [Ip("10.0.0.1")]);
        Assert.True(own.IsOwn(Ip("10.0.0.1")));
        Assert.True(own.IsOwn(Ip(Engine.Vip)));
        Assert.False(own.IsOwn(Ip(Engine.Client)));
        Assert.True(ForwardingTable.Build([service], own, MonoTime.Zero).IsOwn(Ip("10.0.0.1")));
        Assert.False(ForwardingTable.Build([service], own, MonoTime.Zero, []).IsOwn(Ip("10.0.0.1")));
    }

    private static byte[] WithSource(byte[] frame, string source) => Fixed(frame, bytes => Ip(source).WriteTo(bytes.AsSpan(26)));

    private static byte[] Spoil(byte[] frame, Action<byte[]> change)
    {
        change(frame);
        return frame;
    }

    private static byte[] Fixed(byte[] frame, Action<byte[]> change)
    {
        change(frame);
        FixHeaderChecksum(frame);
        return frame;
    }
}
