using System.Buffers.Binary;
using Director.Linux.PacketMmap;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Linux.Xdp;
using static Director.Linux.Abi.PacketAbi;

namespace Director.Tests.Linux.PacketMmap;

public sealed class SuperFrameTests
{
    private const int TcpOptions = 12;
    private const byte Everything = 0xff;

    [Theory]
    [InlineData(false, false, 10_000, 1448)]
    [InlineData(false, true, 2897, 1448)]
    [InlineData(true, false, 65_000, 1428)]
    [InlineData(true, true, 1428, 1428)]
    [InlineData(false, false, 3, 1)]
    public void Segments_of_tcp_together_are_the_super_frame_and_each_is_whole(bool isV6, bool isTagged, int payload, int size)
    {
        var frame = Tcp(isV6, isTagged, payload);
        Assert.True(SuperFrame.TryRead(frame, Offload(isV6 ? VIRTIO_NET_HDR_GSO_TCPV6 : VIRTIO_NET_HDR_GSO_TCPV4, size), out var super));
        var ip = TestFrame.Ethernet + (isTagged ? VlanTag.Size : 0);
        var transport = ip + (isV6 ? 40 : 20);
        var data = transport + 20 + TcpOptions;
        Assert.Equal((payload + size - 1) / size, super.Segments);
        var carried = new List<byte>();
        for (var i = 0; i < super.Segments; i++)
        {
            var memory = new byte[super.LongestSegment];
            Array.Fill(memory, (byte)0xee);
            var segment = memory.AsSpan(0, super.Write(i, memory));
            Assert.Equal(Math.Min(size, payload - (i * size)), segment.Length - data);
            carried.AddRange(segment[data..]);

            Assert.Equal(frame.AsSpan(0, ip), segment[..ip]);
            AssertIp(segment[ip..], isV6, i);
            var tcp = segment[transport..];
            Assert.Equal(1000u + (uint)(i * size), BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]));
            var last = i == super.Segments - 1;
            Assert.Equal((last, last, i == 0), ((tcp[13] & 1) != 0, (tcp[13] & 8) != 0, (tcp[13] & 0x80) != 0));
            Assert.Equal(0x76, tcp[13] & 0x76);
            Assert.Equal(0, SumOf(segment[ip..], tcp, IpProtocol.Tcp, isV6));
        }

        Assert.Equal(frame[data..], carried);
    }

    [Fact]
    public void Anything_cut_or_of_another_kind_is_no_super_frame_and_never_throws()
    {
        var frame = Tcp(false, false, 3000);
        for (var length = 0; length <= TestFrame.Transport + 20 + TcpOptions; length++)
            Assert.False(SuperFrame.TryRead(frame.AsSpan(0, length), Offload(VIRTIO_NET_HDR_GSO_TCPV4, 1448), out _));
        Assert.False(SuperFrame.TryRead(frame, Offload(VIRTIO_NET_HDR_GSO_TCPV4, 0), out _));
        Assert.False(SuperFrame.TryRead(frame, Offload(VIRTIO_NET_HDR_GSO_UDP_L4, 1448), out _));
        Assert.False(SuperFrame.TryRead(frame, Offload(3, 1448), out _));
        Assert.True(SuperFrame.TryRead(frame, Offload(VIRTIO_NET_HDR_GSO_TCPV4 | VIRTIO_NET_HDR_GSO_ECN, 1448), out _));
        var random = new Random(11);
        for (var round = 0; round < 20_000; round++)
        {
            var spoilt = frame[..random.Next(frame.Length)];
            for (var i = 0; i < 4 && spoilt.Length > 0; i++) spoilt[random.Next(Math.Min(60, spoilt.Length))] = (byte)random.Next(256);
            var kind = random.Next(2) == 0 ? VIRTIO_NET_HDR_GSO_TCPV4 : VIRTIO_NET_HDR_GSO_UDP_L4;
            if (!SuperFrame.TryRead(spoilt, Offload(kind, random.Next(1, 2000)), out var super)) continue;
            var room = new byte[super.LongestSegment];
            for (var i = 0; i < super.Segments; i++) Assert.InRange(super.Write(i, room), 1, room.Length);
        }
    }

    [Fact]
    public void A_partial_checksum_is_completed_and_never_becomes_the_zero_that_means_none()
    {
        var whole = TestFrame.Udp(SteeredNet.FrontMac, SteeredNet.ClientMac, SteeredNet.ClientPoint, SteeredNet.Vip, payload: 333, tag: 9);
        var udp = whole.AsSpan(TestFrame.Transport);
        var partial = whole.ToArray();
        var pseudo = Checksum.PseudoHeaderV4(
            SteeredNet.ClientPoint.Address.V4, SteeredNet.Vip.Address.V4, IpProtocol.Udp, udp.Length);
        BinaryPrimitives.WriteUInt16BigEndian(partial.AsSpan(TestFrame.Transport + 6), (ushort)~Checksum.Finish(pseudo));
        Assert.NotEqual(whole, partial);
        Assert.True(PartialChecksum.TryComplete(partial, TestFrame.Transport, 6));
        Assert.Equal(whole, partial);

        var zero = new byte[] { 0xff, 0xff, 0, 0 };
        Assert.True(PartialChecksum.TryComplete(zero, 0, 2));
        Assert.Equal([0xff, 0xff, Everything, Everything], zero);
        Assert.False(PartialChecksum.TryComplete(zero, 1, 2));
        Assert.False(PartialChecksum.TryComplete(zero, ushort.MaxValue, ushort.MaxValue));
    }

    private static void AssertIp(ReadOnlySpan<byte> packet, bool isV6, int index)
    {
        if (isV6)
        {
            Assert.Equal(packet.Length - 40, BinaryPrimitives.ReadUInt16BigEndian(packet[4..]));
            return;
        }

        Assert.Equal(packet.Length, BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
        Assert.Equal((ushort)(0xfffe + index), BinaryPrimitives.ReadUInt16BigEndian(packet[4..]));
        Assert.Equal(0, Checksum.Compute(packet[..20]));
    }

    // The sum as a receiver takes it, by the definition: 0 is right.
    private static ushort SumOf(ReadOnlySpan<byte> ip, ReadOnlySpan<byte> transport, IpProtocol protocol, bool isV6)
    {
        var addresses = isV6 ? ip.Slice(8, 32) : ip.Slice(12, 8);
        byte[] covered = [.. addresses, 0, (byte)protocol, (byte)(transport.Length >> 8), (byte)transport.Length, .. transport];
        return Checksum.Compute(covered);
    }

    private static OffloadHeader Offload(int kind, int size) => new() { GsoType = (byte)kind, GsoSize = (ushort)size };

    private static byte[] Tcp(bool isV6, bool isTagged, int payload)
    {
        var link = TestFrame.Ethernet;
        var header = isV6 ? 40 : 20;
        var frame = new byte[link + header + 20 + TcpOptions + payload];
        new Random(payload).NextBytes(frame);
        EthernetHeader.Write(frame, SteeredNet.FrontMac, SteeredNet.ClientMac, isV6 ? EtherType.Ipv6 : EtherType.Ipv4);
        var ip = frame.AsSpan(link);
        ip[0] = (byte)(isV6 ? 0x60 : 0x45);
        ip[isV6 ? 6 : 9] = (byte)IpProtocol.Tcp;
        if (!isV6) BinaryPrimitives.WriteUInt16BigEndian(ip[4..], 0xfffe);
        var tcp = ip[header..];
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], 1000);
        tcp[12] = (20 + TcpOptions) / 4 << 4;
        tcp[13] = Everything;
        return isTagged ? [.. frame[..12], 0x81, 0, 0, 7, .. frame[12..]] : frame;
    }
}
