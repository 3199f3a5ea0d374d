using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;
using Director.Vrrp.Wire;

namespace Director.Tests.Vrrp.Wire;

/// <summary>Bytes of version 3 captured from keepalived 2.2.7 and FRR 8.4.4.</summary>
public class GoldenVectorV3Tests
{
    private const string Multicast = "45c0002000010000ff70d0900a090001e0000012" + "31339601000a43bb0a090064";
    private const string Resigning = "45c0002000260000ff70d06b0a090001e0000012" + "31330001000ad9bb0a090064";
    private const string Unicast = "45c0002000010000ff70a6980a0900010a090002" + "31339601000a19c30a090064";
    private const string FromFrr = "45c0002011064000ff707f8a0a090002e0000012" + "31336401003275920a090064";
    private const string V6Message = "31339602000a0d4e" + "fe800000000000000000000000000100" + "20010db8000000000000000000000100";
    private const string V6 = "6c0b7584002870ff" + "fe80000000000000000000fffe00000a" + "ff020000000000000000000000000012" + V6Message;

    private static readonly IpAddress128 Peer = IpAddress128.Parse("10.9.0.2");
    private static readonly VrrpInstanceSettings ByUnicast = Some.Version3() with { Peers = [new(Peer), new(Some.Source)] };

    [Fact]
    public void A_multicast_advert_is_byte_for_byte_keepalived_s() =>
        Assert.Equal(Multicast, Hex(new AdvertisementDatagram(Some.Version3()).Next(Some.Source, 150)));

    [Fact]
    public void The_thirty_eighth_advert_resigns_byte_for_byte_as_keepalived_s()
    {
        var datagram = new AdvertisementDatagram(Some.Version3());
        for (var i = 1; i < 0x26; i++) datagram.Next(Some.Source, 150);
        Assert.Equal(Resigning, Hex(datagram.Next(Some.Source, 0)));
    }

    [Fact]
    public void A_unicast_advert_is_byte_for_byte_keepalived_s() =>
        Assert.Equal(Unicast, Hex(new AdvertisementDatagram(ByUnicast).Next(Some.Source, Peer, 150)));

    [Fact]
    public void Over_ipv6_the_message_is_byte_for_byte_keepalived_s_and_the_header_but_for_the_flow_label()
    {
        var datagram = Hex(new AdvertisementDatagram(Some.OverIpv6()).Next(Some.PeerV6, 150));
        Assert.Equal("6c000000" + V6[8..], datagram);
    }

    [Theory]
    [InlineData(Multicast, 150, 100)]
    [InlineData(Resigning, 0, 100)]
    [InlineData(FromFrr, 100, 500)]
    public void A_captured_multicast_advert_is_believed(string hex, byte priority, int milliseconds) =>
        AssertBelieved(Some.Version3(), hex, priority, milliseconds, 1);

    [Fact]
    public void A_captured_unicast_advert_is_believed() => AssertBelieved(ByUnicast, Unicast, 150, 100, 1);

    [Fact]
    public void A_captured_ipv6_advert_is_believed() => AssertBelieved(Some.OverIpv6(), V6, 150, 100, 2);

    [Theory]
    [InlineData("43bb", ChecksumForm.PseudoHeader)]
    [InlineData("2e54", ChecksumForm.MessageOnly)]
    public void Both_checksums_of_a_multicast_advert_are_right_and_sent_if_configured(string sum, ChecksumForm form)
    {
        var hex = Multicast.Replace("43bb", sum, StringComparison.Ordinal);
        Assert.Equal(AdvertisementRejection.None, Some.Check(Some.Version3(), Convert.FromHexString(hex), out var seen));
        Assert.Equal(form, seen);
        Assert.Equal(hex, Hex(new AdvertisementDatagram(Some.Version3() with { Checksum = form }).Next(Some.Source, 150)));
    }

    [Theory]
    [InlineData("19c3", ChecksumForm.PseudoHeader)]
    [InlineData("2e54", ChecksumForm.MessageOnly)]
    [InlineData("43bb", ChecksumForm.PseudoHeaderOfGroup)]
    public void All_three_checksums_of_a_unicast_advert_are_right_and_sent_if_configured(string sum, ChecksumForm form)
    {
        var hex = Unicast.Replace("19c3", sum, StringComparison.Ordinal);
        Assert.Equal(AdvertisementRejection.None, Some.Check(ByUnicast, Convert.FromHexString(hex), out var seen));
        Assert.Equal(form, seen);
        Assert.Equal(hex, Hex(new AdvertisementDatagram(ByUnicast with { Checksum = form }).Next(Some.Source, Peer, 150)));
    }

    [Fact]
    public void By_multicast_there_is_no_old_checksum()
    {
        var group = IpAddress128.Parse("224.0.0.19");
        var other = Some.Version3() with { MulticastGroup = group };
        var bytes = new AdvertisementDatagram(other with { Checksum = ChecksumForm.PseudoHeaderOfGroup }).Next(Some.Source, 150).ToArray();
        Assert.Equal(Hex(new AdvertisementDatagram(other).Next(Some.Source, 150)), Hex(bytes));
        // That of 224.0.0.18 is wrong for another group.
        Convert.FromHexString("43bb").CopyTo(bytes, 26);
        Assert.Equal(AdvertisementRejection.Checksum, Some.Check(other, bytes));
    }

    [Fact]
    public void The_reserved_bits_before_the_interval_are_not_looked_at()
    {
        var bytes = Convert.FromHexString(Multicast);
        bytes[24] |= 0xf0;
        AssertBelieved(Some.Version3(), Hex(Some.Resum(bytes)), 150, 100, 1);
    }

    [Fact]
    public void Version_2_over_ipv6_is_keepalived_s_no_authentication_data_and_the_pseudo_header()
    {
        var settings = Some.OverIpv6() with { Version = VrrpVersion.V2, AdvertInterval = TimeSpan.FromSeconds(1) };
        var bytes = new AdvertisementDatagram(settings).Next(Some.PeerV6, 150).ToArray();
        Assert.Equal(40 + 8 + 32, bytes.Length);
        Assert.Equal("213396020001", Hex(bytes.AsSpan(40, 6)));
        Assert.Equal(Hex(bytes), Hex(Some.Resum([.. bytes])));
        AssertBelieved(settings, Hex(bytes), 150, 1000, 2);
    }

    [Theory]
    [InlineData(1, "0001")]
    [InlineData(4095, "0fff")]
    public void The_interval_stands_in_centiseconds(int centiseconds, string field)
    {
        var settings = Some.Version3() with { AdvertInterval = TimeSpan.FromMilliseconds(10 * centiseconds) };
        Assert.Null(settings.Problem());
        var bytes = new AdvertisementDatagram(settings).Next(Some.Source, 150).ToArray();
        Assert.Equal(field, Hex(bytes.AsSpan(24, 2)));
        AssertBelieved(settings, Hex(bytes), 150, 10 * centiseconds, 1);
    }

    [Fact]
    public void The_unicast_ttl_stands_in_both_headers_and_not_in_multicast_ones()
    {
        var v4 = ByUnicast with { UnicastTimeToLive = 64 };
        Assert.Equal(64, new AdvertisementDatagram(v4).Next(Some.Source, Peer, 150)[8]);
        Assert.Equal(255, new AdvertisementDatagram(Some.Version3() with { UnicastTimeToLive = 64 }).Next(Some.Source, 150)[8]);
        var v6 = Some.OverIpv6() with { UnicastTimeToLive = 64, Peers = [new(Some.SourceV6)] };
        Assert.Equal(64, new AdvertisementDatagram(v6).Next(Some.PeerV6, Some.SourceV6, 150)[7]);
    }

    private static void AssertBelieved(VrrpInstanceSettings settings, string hex, byte priority, int milliseconds, int addresses)
    {
        var packet = Some.Packet(Convert.FromHexString(hex));
        Assert.Equal(AdvertisementRejection.None,
            new AdvertisementCheck(settings).Check(packet, default, out var advertisement, out _, out _));
        Assert.Equal(
            (settings.Version, 0x33, priority, TimeSpan.FromMilliseconds(milliseconds), addresses, AuthenticationType.None),
            (advertisement.Version, advertisement.VirtualRouterId, advertisement.Priority, advertisement.Interval,
                advertisement.AddressCount, advertisement.Authentication));
        Assert.Equal(settings.Addresses.Select(address => address.Address), Addresses(advertisement));
        Assert.True(advertisement.AuthenticationData.IsEmpty);
    }

    private static List<IpAddress128> Addresses(Advertisement advertisement)
    {
        var addresses = new List<IpAddress128>();
        for (var i = 0; i < advertisement.AddressCount; i++) addresses.Add(advertisement.Address(i));
        return addresses;
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
