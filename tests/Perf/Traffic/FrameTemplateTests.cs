using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;
using Director.Perf.Topology;
using Director.Perf.Traffic;

namespace Director.Tests.Perf.Traffic;

public sealed class FrameTemplateTests
{
    [Theory]
    [InlineData(64, Load.Established, TcpFlags.Ack, 50)]
    [InlineData(64, Load.New, TcpFlags.Syn, 40)]
    [InlineData(1400, Load.Established, TcpFlags.Ack, 1386)]
    internal void It_is_a_whole_TCP_segment(int bytes, Load load, TcpFlags flags, int packetLength)
    {
        var frame = Create(bytes, load);

        Assert.Equal(bytes, frame.Length);
        Assert.True(EthernetHeader.TryRead(frame, out var ethernet));
        Assert.Equal((PerfNet.InMac, PerfNet.ClientMac, EtherType.Ipv4), (ethernet.Destination, ethernet.Source, ethernet.Type));
        AssertWhole(frame, 0, packetLength, flags);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0xffff)]
    [InlineData(0x1_0000)]
    [InlineData(0x12_3456)]
    [InlineData(FlowNumber.Most - 1)]
    public void Another_flows_number_leaves_the_checksums_right(int flow)
    {
        var frame = Create(64, Load.Established);
        // As the program does it, byte order of this machine's memory included.
        Write(FrameTemplate.LowInAddress, (ushort)flow);
        Write(FrameTemplate.LowInIdentification, (ushort)~flow);
        Write(FrameTemplate.LowInSequence, (ushort)~flow);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(FrameTemplate.HighInPort), (ushort)(FlowNumber.FirstPort | flow >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(FrameTemplate.HighInSequence), (ushort)~(flow >> 16));

        AssertWhole(frame, flow, 50, TcpFlags.Ack);

        void Write(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(at), value);
    }

    [Fact]
    public void A_stamp_and_its_complement_leave_the_checksum_right()
    {
        var frame = Create(64, Load.Established);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(FrameTemplate.Stamp), 0xdead_beef);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(FrameTemplate.Stamp + 4), ~0xdead_beef);
        AssertWhole(frame, 0, 50, TcpFlags.Ack);
    }

    private static byte[] Create(int bytes, Load load) =>
        FrameTemplate.Create(bytes, load, PerfNet.ClientMac, PerfNet.InMac, PerfNet.Service);

    private static void AssertWhole(byte[] frame, int flow, int packetLength, TcpFlags flags)
    {
        Assert.True(Ipv4Header.TryRead(frame.AsSpan(EthernetHeader.Size), out var ip));
        Assert.True(ip.IsChecksumValid);
        Assert.Equal((packetLength, 64, IpProtocol.Tcp), (ip.TotalLength, ip.TimeToLive, ip.Protocol));
        Assert.True(TcpHeader.TryRead(ip.Payload, out var tcp));
        Assert.Equal(FlowNumber.ClientOf(flow), new Endpoint(ip.Source, tcp.SourcePort));
        Assert.Equal(PerfNet.Service, new Endpoint(ip.Destination, tcp.DestinationPort));
        Assert.Equal(flags, tcp.Flags);
        var pseudoHeader = Checksum.PseudoHeaderV4(ip.Source.V4, ip.Destination.V4, IpProtocol.Tcp, ip.Payload.Length);
        Assert.Equal(0, Checksum.Finish(Checksum.Add(ip.Payload, pseudoHeader)));
    }
}
