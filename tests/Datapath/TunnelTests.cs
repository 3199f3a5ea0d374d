using System.Buffers.Binary;
using Director.Datapath;
using Director.Datapath.Ports;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>IP in IP, byte for byte as the kernel makes it.</summary>
public sealed class TunnelTests
{
    private const string VipV6 = "2001:db8::100";
    private const string ClientV6 = "2001:db8:1::2";

    [Theory]
    [InlineData(0x00, 0x00)]
    [InlineData(0xb8, 0xb8)]
    [InlineData(0x01, 0x01)]
    [InlineData(0x02, 0x02)]
    [InlineData(0x03, 0x02)]
    [InlineData(0xbb, 0xba)]
    public void The_packet_loses_a_hop_and_travels_inside_one_from_this_host_to_the_server(byte service, byte outer)
    {
        using var engine = new Engine().With(Tunnelled("10.0.0.11", "10.0.0.1"));
        var frame = Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, payload: 5, tos: service);
        var sent = engine.Send([.. frame, 0xee]);

        Assert.Equal((Verdict.Forward, (ushort)1), (sent.Verdict, sent.Egress));
        frame[14 + 8] = 63;
        FixHeaderChecksum(frame);
        var expected = new byte[frame.Length + 20];
        Engine.MacOf(1).WriteTo(expected);
        DirectorMac.WriteTo(expected.AsSpan(6));
        Convert.FromHexString($"080045{outer:x2}0041000040003f0400000a0000010a00000b").CopyTo(expected.AsSpan(12));
        FixHeaderChecksum(expected);
        frame.AsSpan(14).CopyTo(expected.AsSpan(34));
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(sent.Frame));
        Assert.Equal(45, engine.State(1).ReadTraffic().InBytes);
    }

    [Fact]
    public void A_packet_that_may_be_cut_may_be_cut_in_the_tunnel_too_and_is_told_apart_there()
    {
        using var engine = new Engine().With(Tunnelled("10.0.0.11", "10.0.0.1"));
        var first = engine.Send(Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, dontFragment: false)).Ip;
        var firstId = first.Identification;
        Assert.False(first.DontFragment);
        var second = engine.Send(Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Ack, dontFragment: false)).Ip;
        Assert.NotEqual(firstId, second.Identification);
    }

    [Fact]
    public void What_does_not_fit_beside_the_tunnels_header_learns_the_mtu_that_is_left()
    {
        using var engine = new Engine().With(Tunnelled("10.0.0.11", "10.0.0.1", mtu: 1000));
        Assert.Equal(Verdict.Forward, engine.Send(Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, payload: 940)).Verdict);
        var refused = engine.Send(Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Ack, payload: 941));
        Assert.Equal(Verdict.Reply, refused.Verdict);
        Assert.Equal(980, BinaryPrimitives.ReadUInt16BigEndian(refused.Ip.Payload[6..]));
    }

    [Fact]
    public void A_packet_without_a_hop_is_refused_before_the_tunnel()
    {
        using var engine = new Engine().With(Tunnelled("10.0.0.11", "10.0.0.1"));
        Assert.Equal(Verdict.Reply, engine.Send(Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, ttl: 1)).Verdict);
    }

    [Theory]
    [InlineData("10.0.0.11", "10.0.0.1", false)]
    [InlineData("2001:db8::11", "2001:db8::1", false)]
    [InlineData("10.0.0.11", "10.0.0.1", true)]
    [InlineData("2001:db8::11", "2001:db8::1", true)]
    public void Either_family_travels_in_either(string server, string own, bool isV6)
    {
        using var engine = new Engine().With(Tunnelled(server, own, vip: isV6 ? VipV6 : Engine.Vip));
        var frame = isV6
            ? TcpV6(ClientV6, 1000, VipV6, 80, TcpFlags.Syn, hops: 9)
            : Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn, ttl: 9, tos: 0x2c);
        var sent = engine.Send(frame.ToArray());

        Assert.Equal(Verdict.Forward, sent.Verdict);
        const int service = 0x2c;
        var next = isV6 ? 41 : 4;
        ReadOnlySpan<byte> inner;
        if (Ip(server).IsV4)
        {
            var ip = sent.Ip;
            Assert.Equal((EtherType.Ipv4, Ip(own), Ip(server)), (sent.Ethernet.Type, ip.Source, ip.Destination));
            Assert.Equal((service, 8, next, !isV6), (ip.TypeOfService, ip.TimeToLive, (int)ip.Protocol, ip.DontFragment));
            Assert.True(ip.IsChecksumValid);
            inner = ip.Payload;
        }
        else
        {
            var ip = sent.IpV6;
            Assert.Equal((EtherType.Ipv6, Ip(own), Ip(server)), (sent.Ethernet.Type, ip.Source, ip.Destination));
            Assert.Equal((service, 8, next), (ip.TrafficClass, ip.HopLimit, (int)ip.NextHeader));
            inner = ip.Payload;
        }

        frame[14 + (isV6 ? 7 : 8)]--;
        if (!isV6) FixHeaderChecksum(frame);
        Assert.Equal(frame[14..], inner.ToArray());
    }

    [Fact]
    public void Without_an_address_of_its_own_to_begin_at_there_is_no_tunnel()
    {
        using var engine = new Engine().With(Tunnelled("10.0.0.11", "::"));
        Assert.Equal(Verdict.Drop, engine.Send(TcpFlags.Syn).Verdict);
        Assert.Equal(1, engine.Count(DropReason.NeighbourUnresolved));
    }

    [Fact]
    public void Direct_routing_and_tunnels_stand_side_by_side_in_a_pool()
    {
        var direct = Engine.Server(2);
        var service = Tunnelled("10.0.0.11", "10.0.0.1");
        using var engine = new Engine().With(service with { Servers = [direct, .. service.Servers] });
        Assert.Equal(54, engine.Send(TcpFlags.Syn, 1000).Frame.Length);
        Assert.Equal(74, engine.Send(TcpFlags.Syn, 1001).Frame.Length);
    }

    private static VirtualServiceSpec Tunnelled(string server, string own, int mtu = 1500, string vip = Engine.Vip) => new(
        Engine.Key(IpProtocol.Tcp, 80, vip), "wlc", null, 32,
        [
            new(new(Ip(server), 80), 1, new NextHop(1, Engine.MacOf(1), DirectorMac, mtu) { Address = Ip(own) })
            {
                Method = ForwardingMethod.Tunnel,
            },
        ]);
}
