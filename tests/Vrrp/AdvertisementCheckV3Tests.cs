using System.Buffers.Binary;
using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;

namespace Director.Tests.Vrrp;

/// <summary>What version 3, IPv6 and unicast add to what is believed.</summary>
public class AdvertisementCheckV3Tests
{
    private static readonly VrrpInstanceSettings V4 = Some.Version3();
    private static readonly VrrpInstanceSettings V6 = Some.OverIpv6();
    private static readonly IpAddress128 Peer = IpAddress128.Parse("10.9.0.2");

    private static readonly VrrpInstanceSettings ByUnicast =
        Some.Version3() with { Peers = [new(IpAddress128.Parse("10.9.0.3")), new(Peer, MinTimeToLive: 250, MaxTimeToLive: 254)] };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_interval_of_zero_and_an_empty_address_list_are_rejected(bool isV6)
    {
        var (settings, datagram, message) = Valid(isV6);
        datagram[message + 5] = 0;
        Assert.Equal(AdvertisementRejection.Interval, Some.Check(settings, Some.Resum(datagram)));
        var (_, none, _) = Valid(isV6);
        none = none[..(message + 8)];
        none[message + 3] = 0;
        Shorten(none, isV6);
        Assert.Equal(AdvertisementRejection.NoAddresses, Some.Check(settings, Some.Resum(none)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Another_interval_is_believed(bool isV6)
    {
        var (settings, datagram, message) = Valid(isV6);
        datagram[message + 5] = 200;
        Assert.Equal(AdvertisementRejection.None, Some.Check(settings, Some.Resum(datagram)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_truncation_and_a_surplus_are_rejected(bool isV6)
    {
        var (settings, whole, message) = Valid(isV6);
        for (var length = message + 8; length < whole.Length; length++)
        {
            var cut = whole[..length];
            Shorten(cut, isV6);
            Assert.Equal(AdvertisementRejection.Length, Some.Check(settings, Some.Resum(cut)));
        }

        for (var length = 0; length < message + 8; length++)
            Assert.False(Director.Vrrp.Wire.AdvertisementPacket.TryRead(whole.AsSpan(0, length), out _));
        byte[] longer = [.. whole, 0];
        Shorten(longer, isV6);
        Assert.Equal(AdvertisementRejection.Length, Some.Check(settings, Some.Resum(longer)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_flipped_bit_anywhere_in_the_message_is_noticed(bool isV6)
    {
        var (settings, whole, message) = Valid(isV6);
        for (var bit = message * 8; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(AdvertisementRejection.None, Some.Check(settings, flipped));
        }
    }

    [Fact]
    public void A_multicast_advert_must_go_to_the_group_of_the_instance_with_a_ttl_of_255()
    {
        var other = V4 with { MulticastGroup = IpAddress128.Parse("224.0.0.19") };
        Assert.Equal(AdvertisementRejection.Destination, Some.Check(V4, Some.Datagram(other, Some.Higher, 200)));
        Assert.Equal(AdvertisementRejection.None, Some.Check(other, Some.Datagram(other, Some.Higher, 200)));
        var routed = Some.Datagram(V6, Some.PeerV6, 200);
        routed[7] = 254;
        Assert.Equal(AdvertisementRejection.TimeToLive, Some.Check(V6, routed));
    }

    [Fact]
    public void A_unicast_advert_is_no_multicast_one_and_the_other_way_round()
    {
        Assert.Equal(AdvertisementRejection.Destination, Some.Check(ByUnicast, Some.Datagram(V4, Peer, 200)));
        Assert.Equal(AdvertisementRejection.Destination, Some.Check(V4, Some.Datagram(V4, Peer, Some.Source, 200)));
    }

    [Theory]
    [InlineData("10.9.0.3", 1, AdvertisementRejection.None)]
    [InlineData("10.9.0.2", 250, AdvertisementRejection.None)]
    [InlineData("10.9.0.2", 254, AdvertisementRejection.None)]
    [InlineData("10.9.0.2", 249, AdvertisementRejection.TimeToLive)]
    [InlineData("10.9.0.2", 255, AdvertisementRejection.TimeToLive)]
    [InlineData("10.9.0.4", 255, AdvertisementRejection.Source)]
    public void A_unicast_advert_must_come_from_a_peer_within_its_ttl_bounds(string source, byte ttl, AdvertisementRejection expected)
    {
        var datagram = Some.Datagram(ByUnicast with { UnicastTimeToLive = ttl }, IpAddress128.Parse(source), Some.Source, 200);
        Assert.Equal(expected, Some.Check(ByUnicast, datagram));
        Assert.Equal(AdvertisementRejection.None, Some.Check(ByUnicast with { ChecksUnicastSource = false }, datagram));
    }

    [Fact]
    public void A_unicast_hop_limit_of_64_which_the_kernel_sets_by_itself_is_believed()
    {
        var settings = V6 with { Peers = [new(Some.PeerV6)], UnicastTimeToLive = 64 };
        Assert.Equal(AdvertisementRejection.None, Some.Check(settings, Some.Datagram(settings, Some.PeerV6, Some.SourceV6, 200)));
    }

    [Fact]
    public void The_list_of_a_known_master_is_taken_for_granted_if_configured_and_nothing_else_of_it_is()
    {
        var trusting = V4 with { TrustsKnownMaster = true };
        var different = Some.Datagram(V4 with { Addresses = [new(Peer)] }, Some.Higher, 200);
        Assert.Equal(AdvertisementRejection.AddressList, Check(trusting, different, default));
        Assert.Equal(AdvertisementRejection.AddressList, Check(trusting, different, Some.Lower));
        Assert.Equal(AdvertisementRejection.None, Check(trusting, different, Some.Higher));
        Assert.Equal(AdvertisementRejection.AddressList, Check(V4, different, Some.Higher));
        var byUnicast = ByUnicast with { TrustsKnownMaster = true };
        var stranger = IpAddress128.Parse("10.9.0.4");
        Assert.Equal(AdvertisementRejection.Source, Check(byUnicast, Some.Datagram(byUnicast, stranger, Some.Source, 200), stranger));
    }

    [Fact]
    public void Fragments_and_other_protocols_are_no_adverts()
    {
        var fragment = Some.Datagram(V4, Some.Higher, 200);
        fragment[6] = 0x20;
        Assert.False(Director.Vrrp.Wire.AdvertisementPacket.TryRead(fragment, out _));
        var header = Some.Datagram(V4, Some.Higher, 200);
        header[9] = 51;
        Assert.False(Director.Vrrp.Wire.AdvertisementPacket.TryRead(header, out _));
        var extension = Some.Datagram(V6, Some.PeerV6, 200);
        extension[6] = 44;
        Assert.False(Director.Vrrp.Wire.AdvertisementPacket.TryRead(extension, out _));
    }

    private static AdvertisementRejection Check(VrrpInstanceSettings settings, byte[] datagram, IpAddress128 trusted) =>
        new AdvertisementCheck(settings).Check(Some.Packet(datagram), trusted, out _, out _, out _);

    private static (VrrpInstanceSettings Settings, byte[] Datagram, int Message) Valid(bool isV6) =>
        isV6 ? (V6, Some.Datagram(V6, Some.PeerV6, 200), 40) : (V4, Some.Datagram(V4, Some.Higher, 200), 20);

    private static void Shorten(byte[] datagram, bool isV6)
    {
        if (isV6) BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)(datagram.Length - 40));
        else BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)datagram.Length);
    }
}
