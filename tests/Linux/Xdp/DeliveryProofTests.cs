using Director.Linux.Xdp;
using Director.Net;
using Director.Tests.Support;

namespace Director.Tests.Linux.Xdp;

[Collection("kernel")]
public sealed class DeliveryProofTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);
    private static readonly MacAddress From = SteeredNet.BackMac, To = SteeredNet.ServerMac;

    [Fact]
    public void A_probe_has_these_bytes_and_only_its_own_answer_is_one()
    {
        var question = new NeighbourQuestion(IpAddress128.Parse("192.0.2.5"), To, From, 7);
        Assert.Equal(
            "0200000000050200000000d10806" + "0001080006040001" + "0200000000d1" + "00000000" + "000000000000" + "c0000205"
            + new string('0', 36), Convert.ToHexStringLower(question.ToFrame()));

        var answer = Convert.FromHexString(
            "0200000000d10200000000050806" + "0001080006040002" + "020000000005" + "c0000205" + "0200000000d1" + "00000000");
        Assert.True(question.IsAnsweredBy(answer));
        AssertOnlyWhole(question, answer);
        // What the host itself asked for is answered to its address.
        answer[^1] = 1;
        Assert.False(question.IsAnsweredBy(answer));
        Assert.False(question.IsAnsweredBy(question.ToFrame()));
    }

    [Fact]
    public void A_solicitation_has_these_bytes_and_only_its_own_answer_is_one()
    {
        var question = new NeighbourQuestion(IpAddress128.Parse("2001:db8::5"), To, From, 0x01020304);
        const string asker = "fe80000000000000" + "6469000001020304", neighbour = "20010db8000000000000000000000005";
        var frame = question.ToFrame();
        Assert.Equal(
            "0200000000050200000000d186dd" + "6000000000203aff" + asker + neighbour + "8700", Convert.ToHexStringLower(frame)[..112]);
        Assert.Equal("00000000" + neighbour + "01010200000000d1", Convert.ToHexStringLower(frame)[116..]);
        var pseudo = Checksum.PseudoHeaderV6(
            IpAddress128.ReadV6(frame.AsSpan(22)), IpAddress128.ReadV6(frame.AsSpan(38)), IpProtocol.IcmpV6, 32);
        Assert.Equal(0, Checksum.Finish(Checksum.Add(frame.AsSpan(54), pseudo)));

        var answer = Convert.FromHexString(
            "0200000000d102000000000586dd" + "6000000000183aff" + neighbour + asker + "8800000060000000" + neighbour);
        Assert.True(question.IsAnsweredBy(answer));
        AssertOnlyWhole(question, answer);
        Assert.False(new NeighbourQuestion(IpAddress128.Parse("2001:db8::5"), To, From, 5).IsAnsweredBy(answer));
        Assert.False(question.IsAnsweredBy(frame));
    }

    [KernelTheory]
    [InlineData("192.0.2.5")]
    [InlineData("2001:db8::5")]
    public void By_a_veth_nothing_arrives_until_its_peer_is_polled(string server)
    {
        using var maps = FlowMaps.Create(FlowLimits.MinFlows, 1);
        using var net = new SteeredNet(maps);
        net.Server.Sysctl("net.ipv6.conf.eth0.disable_ipv6", "0");
        net.Server.Ip("address", "add", server.Contains(':') ? server + "/64" : server + "/24", "dev", "eth0", "nodad");
        Assert.False(IsAnswered(net, maps, server, Short));

        net.Server.Run("ethtool", "-K", "eth0", "gro", "on");
        Assert.True(IsAnswered(net, maps, server, Long));
        // Servers of direct routing are silent about addresses that are not the interface's.
        net.Server.Sysctl("net.ipv4.conf.all.arp_ignore", "2");
        Assert.True(IsAnswered(net, maps, server, Long));
        Assert.False(IsAnswered(net, maps, server.Replace("::5", "::6").Replace("2.5", "2.6"), Short));
    }

    [KernelFact]
    public void What_the_stage_sends_takes_the_way_that_was_proven()
    {
        using var maps = FlowMaps.Create(FlowLimits.MinFlows, 1);
        using var net = new SteeredNet(maps);
        var frame = SteeredNet.ToVip(tag: 5);
        Assert.True(FlowModel.TryRead(frame, SteeredNet.FrontMac, out var key, out _));
        FlowBench.Open(maps, key, egress: 1);
        net.Server.Run("ethtool", "-K", "eth0", "gro", "on");
        net.ClientWire.Send(frame);
        var arrived = Assert.Single(net.ServerWire.Collect(1, SteeredNet.IsToVip));
        Assert.Equal(FlowModel.Forwarded(frame, SteeredNet.ServerMac, SteeredNet.BackMac), arrived);
    }

    private static bool IsAnswered(SteeredNet net, FlowMaps maps, string server, TimeSpan patience) =>
        NamespaceThread.Run(net.Director, () => DeliveryProof.IsAnswered(
            maps, net.Front.Device, net.Back.Device, net.Back.Number, IpAddress128.Parse(server), To, patience));

    private static void AssertOnlyWhole(NeighbourQuestion question, byte[] answer)
    {
        for (var length = 0; length < answer.Length; length++) Assert.False(question.IsAnsweredBy(answer.AsSpan(0, length)));
    }
}
