using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Net;

/// <summary>The header views over a captured SYN to a VIP, whole and cut short at every length.</summary>
public sealed class WireTests
{
    private static readonly byte[] Syn = Convert.FromHexString(
        "02000000000a" + "020000000001" + "0800" +
        "4500003c1c4640004006b1e6ac100a63ac100a0c" +
        "9c40005000000001000000007002721000000000020405b40402080a00000000" + "0000000001030307");

    [Fact]
    public void A_frame_reads_as_it_was_written()
    {
        Assert.True(EthernetHeader.TryRead(Syn, out var ethernet));
        Assert.Equal("02:00:00:00:00:0a", ethernet.Destination.ToString());
        Assert.Equal("02:00:00:00:00:01", ethernet.Source.ToString());
        Assert.Equal(EtherType.Ipv4, ethernet.Type);

        Assert.True(Ipv4Header.TryRead(ethernet.Payload, out var ip));
        Assert.Equal((20, 60, 64, IpProtocol.Tcp), (ip.HeaderLength, ip.TotalLength, ip.TimeToLive, ip.Protocol));
        Assert.Equal("172.16.10.99", ip.Source.ToString());
        Assert.Equal("172.16.10.12", ip.Destination.ToString());
        Assert.True(ip.IsChecksumValid);
        Assert.True(ip is { DontFragment: true, MoreFragments: false, IsFragment: false, FragmentOffset: 0 });

        Assert.True(TcpHeader.TryRead(ip.Payload, out var tcp));
        Assert.Equal((40000, 80, 1u, 0u), (tcp.SourcePort, tcp.DestinationPort, tcp.SequenceNumber, tcp.AcknowledgmentNumber));
        Assert.Equal(TcpFlags.Syn, tcp.Flags);
        Assert.Equal(28, tcp.HeaderLength);
    }

    [Fact]
    public void A_frame_cut_short_anywhere_is_refused_without_an_exception()
    {
        for (var length = 0; length < Syn.Length; length++)
        {
            if (!EthernetHeader.TryRead(Syn.AsSpan(0, length), out var ethernet)) continue;
            Assert.False(Ipv4Header.TryRead(ethernet.Payload, out _));
        }

        var segment = Syn.AsSpan(EthernetHeader.Size + 20);
        for (var length = 0; length < 28; length++) Assert.False(TcpHeader.TryRead(segment[..length], out _));
        for (var length = 0; length < UdpHeader.Size; length++) Assert.False(UdpHeader.TryRead(segment[..length], out _));
    }

    [Fact]
    public void Whatever_the_bytes_a_header_that_was_read_throws_nothing()
    {
        var random = new Random(791);
        var data = new byte[80];
        for (var round = 0; round < 100_000; round++)
        {
            random.NextBytes(data);
            data[0] = (byte)(0x40 | data[0] & 0xf);
            data[2] = 0;
            if (!Ipv4Header.TryRead(data.AsSpan(0, random.Next(data.Length + 1)), out var ip)) continue;
            _ = (ip.HeaderLength, ip.TotalLength, ip.TypeOfService, ip.Identification);
            _ = (ip.DontFragment, ip.MoreFragments, ip.FragmentOffset, ip.IsFragment);
            _ = (ip.TimeToLive, ip.Protocol, ip.HeaderChecksum, ip.IsChecksumValid, ip.Source, ip.Destination, ip.Payload.Length);
            if (TcpHeader.TryRead(ip.Payload, out var tcp)) _ = (tcp.Flags, tcp.SourcePort, tcp.DestinationPort, tcp.Payload.Length);
            if (UdpHeader.TryRead(ip.Payload, out var udp)) _ = (udp.Length, udp.SourcePort, udp.DestinationPort);
        }
    }

    [Fact]
    public void An_Ethernet_header_writes_what_it_reads()
    {
        Assert.True(MacAddress.TryParse("02:00:00:00:00:0a", out var destination));
        Assert.True(MacAddress.TryParse("02:00:00:00:00:01", out var source));
        Span<byte> frame = stackalloc byte[EthernetHeader.Size];
        frame.Fill(0xaa);
        EthernetHeader.Write(frame, destination, source, EtherType.Ipv4);
        Assert.Equal(Syn.AsSpan(0, EthernetHeader.Size).ToArray(), frame.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("02:00:00:00:00")]
    [InlineData("02-00-00-00-00-0a")]
    [InlineData("02:00:00:00:00:0g")]
    [InlineData("02:00:00:00:00: a")]
    public void Only_six_pairs_of_hexadecimal_digits_are_a_MAC_address(string text) => Assert.False(MacAddress.TryParse(text, out _));
}
