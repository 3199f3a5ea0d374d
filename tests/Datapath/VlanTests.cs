using System.Buffers.Binary;
using Director.Datapath;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Net;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>Frames of VLANs on a device of the port, by each way of forwarding.</summary>
public sealed class VlanTests
{
    private const ushort ClientVlan = 20, ServerVlan = 30, Priority = 5 << 13;
    private const string ServerV6 = "2001:db8::11";

    public static TheoryData<ushort, ushort, bool> Ways
    {
        get
        {
            var ways = new TheoryData<ushort, ushort, bool>();
            foreach (var ingress in (ushort[])[0, ClientVlan])
                foreach (var egress in (ushort[])[0, ServerVlan])
                    foreach (var isV6 in (bool[])[false, true]) ways.Add(ingress, egress, isV6);
            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_tag_comes_goes_or_becomes_the_servers(ushort ingress, ushort egress, bool isV6)
    {
        using var engine = EngineOf(isV6, egress, ForwardingMethod.DirectRouting);
        for (var payload = 0; payload < 20; payload++)
        {
            var sent = engine.Send(Tagged(Segment(isV6, payload), ingress));
            Assert.Equal((Verdict.Forward, (ushort)1), (sent.Verdict, sent.Egress));
            Assert.Equal(Tagged(Between(Segment(isV6, payload, hops: 63), Engine.MacOf(1), DirectorMac), egress), sent.Frame);
        }

        Assert.Equal((1, 20L), (engine.Connections.Count, engine.Count(WorkerCounter.Forwarded)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_tunnels_packet_is_tagged_as_the_servers_link_is(ushort ingress, ushort egress, bool isV6)
    {
        using var untagged = EngineOf(isV6, 0, ForwardingMethod.Tunnel);
        using var engine = EngineOf(isV6, egress, ForwardingMethod.Tunnel);
        Assert.Equal(
            Tagged(untagged.Send(Segment(isV6)).Frame, egress),
            engine.Send(Tagged(Segment(isV6), ingress)).Frame);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_masqueraded_servers_answer_goes_back_by_the_vlan_that_the_client_is_heard_on(ushort ingress, ushort egress, bool isV6)
    {
        using var untagged = EngineOf(isV6, 0, ForwardingMethod.Masquerading);
        using var engine = EngineOf(isV6, egress, ForwardingMethod.Masquerading);
        var request = engine.Send(Tagged(Segment(isV6), ingress), ingress: 5);
        Assert.Equal(Tagged(untagged.Send(Segment(isV6), ingress: 5).Frame, egress), request.Frame);

        var answer = engine.Send(Tagged(Answer(isV6), egress), ingress: 1);
        var source = ingress == 0 ? Engine.LinkMac(5) : Engine.LinkMac(9);
        Assert.Equal((Verdict.Forward, (ushort)5), (answer.Verdict, answer.Egress));
        Assert.Equal(Tagged(Between(untagged.Send(Answer(isV6), ingress: 1).Frame, ClientMac, source), ingress), answer.Frame);
    }

    [Fact]
    public void An_answer_is_not_sent_where_the_director_has_no_link()
    {
        using var engine = EngineOf(false, 0, ForwardingMethod.Masquerading);
        Assert.Equal(Verdict.Forward, engine.Send(Tagged(Segment(false), 99), ingress: 5).Verdict);
        Assert.Equal(Verdict.Drop, engine.Send(Answer(false), ingress: 1).Verdict);
        Assert.Equal(1, engine.Count(DropReason.NeighbourUnresolved));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_ICMP_error_goes_back_with_the_frames_own_tag(bool isV6)
    {
        using var engine = new Engine().With(new VirtualServiceSpec(KeyOf(isV6), "wlc", null, 32, []));
        var untagged = engine.Send(Segment(isV6));
        Assert.Equal(Verdict.Reply, untagged.Verdict);
        var tagged = engine.Send(Tagged(Segment(isV6), Priority | ClientVlan));
        Assert.Equal(Verdict.Reply, tagged.Verdict);
        if (!isV6) BinaryPrimitives.WriteUInt16BigEndian(untagged.Frame.AsSpan(18), 1);
        if (!isV6) FixHeaderChecksum(untagged.Frame);
        Assert.Equal(Tagged(untagged.Frame, Priority | ClientVlan), tagged.Frame);
    }

    [Fact]
    public void The_priority_is_lost_and_padding_is_cut_off()
    {
        using var engine = EngineOf(false, ServerVlan, ForwardingMethod.DirectRouting);
        var sent = engine.Send([.. Tagged(Segment(false), Priority | ClientVlan), 0, 0, 0, 0, 0, 0]);
        Assert.Equal(Tagged(Between(Segment(false, hops: 63), Engine.MacOf(1), DirectorMac), ServerVlan), sent.Frame);
    }

    [Fact]
    public void A_frame_with_a_priority_alone_is_as_one_without_a_tag()
    {
        using var engine = EngineOf(false, 0, ForwardingMethod.Masquerading);
        Assert.Equal(Verdict.Forward, engine.Send(Tagged(Segment(false), Priority), ingress: 5).Verdict);
        var answer = engine.Send(Answer(false), ingress: 1);
        Assert.Equal((Verdict.Forward, Engine.LinkMac(5), EtherType.Ipv4), (answer.Verdict, answer.Ethernet.Source, answer.Ethernet.Type));
    }

    [Fact]
    public void What_the_host_gets_is_unchanged()
    {
        using var engine = EngineOf(false, ServerVlan, ForwardingMethod.DirectRouting);
        var frame = Tagged(Tcp(Engine.Client, 1000, Engine.Vip, Engine.Port, TcpFlags.Ack), ClientVlan);
        var sent = engine.Send(frame);
        Assert.Equal(Verdict.ToHost, sent.Verdict);
        Assert.Equal(frame, sent.Frame);
    }

    [Fact]
    public void A_packet_too_long_for_the_servers_vlan_learns_its_mtu()
    {
        var hop = new NextHop(1, Engine.MacOf(1), DirectorMac, 1000) { Vlan = ServerVlan };
        using var engine = new Engine().With(
            new VirtualServiceSpec(Engine.HttpKey, "wlc", null, 32, [new(new(Ip("10.0.0.11"), Engine.Port), 1, hop)]));
        var sent = engine.Send(Tagged(Segment(false, payload: 961), ClientVlan));
        Assert.Equal(Verdict.Reply, sent.Verdict);
        Assert.Equal([3, 4], sent.Frame[(18 + 20)..(18 + 22)]);
        Assert.Equal(1000, BinaryPrimitives.ReadInt32BigEndian(sent.Frame.AsSpan(18 + 24)));
    }

    [Fact]
    public void Two_tags_and_a_tag_over_nothing_are_dropped()
    {
        using var engine = EngineOf(false, 0, ForwardingMethod.DirectRouting);
        var frame = Tagged(Segment(false), ClientVlan);
        Assert.Equal(Verdict.Drop, engine.Send(Tagged(frame, ServerVlan)).Verdict);
        Assert.Equal(1, engine.Count(DropReason.NotIp));
        for (var length = 14; length < frame.Length; length++) Assert.Equal(Verdict.Drop, engine.Send(frame[..length]).Verdict);
        Assert.Equal(frame.Length - 14, engine.Count(DropReason.Truncated));
    }

    /// <summary>Server 1 by device 1, clients by device 5, and on both a VLAN.</summary>
    private static Engine EngineOf(bool isV6, ushort vlan, ForwardingMethod method)
    {
        var server = Ip(isV6 ? ServerV6 : "10.0.0.11");
        var own = Ip(isV6 ? "2001:db8::1" : "10.0.0.1");
        var hop = new NextHop(1, Engine.MacOf(1), DirectorMac, 1500) { Vlan = vlan, Address = own };
        var vlans = new LinkSpec[]
        {
            new(Engine.LinkMac(8), 1500) { Device = 1, Vlan = ServerVlan }, new(Engine.LinkMac(9), 1500) { Device = 5, Vlan = ClientVlan },
        };
        return new Engine { Vlans = vlans }.With(
            new VirtualServiceSpec(KeyOf(isV6), "wlc", null, 32, [new(new(server, Engine.Port), 1, hop) { Method = method }]));
    }

    private static ServiceKey KeyOf(bool isV6) => Engine.Key(IpProtocol.Tcp, Engine.Port, isV6 ? "2001:db8::100" : Engine.Vip);

    private static byte[] Segment(bool isV6, int payload = 0, byte hops = 64) => isV6
        ? TcpV6("2001:db8:1::2", 1000, "2001:db8::100", Engine.Port, TcpFlags.Syn, payload, hops)
        : Tcp(Engine.Client, 1000, Engine.Vip, Engine.Port, TcpFlags.Syn, payload, hops);

    private static byte[] Answer(bool isV6) => isV6
        ? TcpV6(ServerV6, Engine.Port, "2001:db8:1::2", 1000, TcpFlags.Syn | TcpFlags.Ack)
        : Tcp("10.0.0.11", Engine.Port, Engine.Client, 1000, TcpFlags.Syn | TcpFlags.Ack);

    private static byte[] Between(byte[] frame, MacAddress destination, MacAddress source)
    {
        destination.WriteTo(frame);
        source.WriteTo(frame.AsSpan(6));
        return frame;
    }

    private static byte[] Tagged(byte[] frame, int tag) =>
        tag == 0 ? frame : [.. frame[..12], 0x81, 0x00, (byte)(tag >> 8), (byte)tag, .. frame[12..]];
}
