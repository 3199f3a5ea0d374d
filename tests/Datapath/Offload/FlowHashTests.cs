using Director.Datapath.Offload;
using Director.Net;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath.Offload;

public sealed class FlowHashTests
{
    private const int Capacity = 1 << 10;

    [Fact]
    public void The_first_slot_is_that_of_the_words_as_they_lie_in_the_packet()
    {
        var frame = Tcp("10.1.2.3", 40_000, "10.0.0.100", 80, 0).AsSpan(14);
        var hash = new FlowHash(0x1234_5678_9abc_def0);
        var words = hash.FirstV4(
            BitConverter.ToUInt64(frame[12..]), BitConverter.ToUInt32(frame[20..]) | (ulong)IpProtocol.Tcp << 32, Capacity);
        Assert.Equal(words, hash.FirstOf(new(Ip("10.1.2.3"), 40_000, Ip("10.0.0.100"), 80, IpProtocol.Tcp), Capacity));

        frame = TcpV6("2001:db8::1:2", 40_000, "fd00::100", 80, 0).AsSpan(14);
        words = hash.FirstV6(
            BitConverter.ToUInt64(frame[8..]), BitConverter.ToUInt64(frame[16..]), BitConverter.ToUInt64(frame[24..]),
            BitConverter.ToUInt64(frame[32..]), BitConverter.ToUInt32(frame[40..]) | (ulong)IpProtocol.Tcp << 32, Capacity);
        Assert.Equal(words, hash.FirstOf(new(Ip("2001:db8::1:2"), 40_000, Ip("fd00::100"), 80, IpProtocol.Tcp), Capacity));
    }

    [Theory]
    [InlineData("10.1.{0}.{1}", "10.0.0.100")]
    [InlineData("2001:db8::{0:x}:{1:x}", "fd00::100")]
    public void Half_a_table_of_clients_and_their_ports_finds_room_but_for_one_in_a_hundred(string client, string vip)
    {
        var hash = new FlowHash(0x5eed);
        var taken = new bool[FlowLayout.SlotsFor(Capacity)];
        var refused = 0;
        for (var flow = 0; flow < Capacity / 2; flow++)
        {
            var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, client, flow / 100, flow % 100);
            var first = (int)hash.FirstOf(new(Ip(address), (ushort)(32_768 + flow), Ip(vip), 443, IpProtocol.Tcp), Capacity);
            Assert.InRange(first, 0, Capacity - 1);
            var free = Array.IndexOf(taken, false, first, FlowLayout.Window);
            if (free < 0) refused++;
            else taken[free] = true;
        }

        Assert.InRange(refused, 0, Capacity / 200);
    }
}
