using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;
using Director.Vrrp.Wire;

namespace Director.Tests.Vrrp.Wire;

/// <summary>Bytes captured from keepalived 2.2.7 and FRR 8.4.4.</summary>
public class GoldenVectorTests
{
    private const string Plain = "45c0002800010000ff70d0880a090001e0000012" + "2133960100013e5d0a0900640000000000000000";
    private const string WithPassword = "45c0002800010000ff70d0880a090001e0000012" + "21339601010101430a0900647333637265740000";
    private const string FromFrr = "45c000286ee64000ff7021a20a090002e0000012" + "213364010001705d0a0900640000000000000000";
    private const string Garp = "ffffffffffff02000000000a0806" + "000108000604000102000000000a0a090064ffffffffffff0a090064";

    [Fact]
    public void An_advert_without_authentication_is_byte_for_byte_keepalived_s() =>
        Assert.Equal(Plain, Hex(new AdvertisementDatagram(Some.Instance()).Next(Some.Source, 150)));

    [Fact]
    public void An_advert_with_a_password_is_byte_for_byte_keepalived_s() =>
        Assert.Equal(WithPassword,
            Hex(new AdvertisementDatagram(Some.Instance() with { Password = Some.Password("s3cret") }).Next(Some.Source, 150)));

    [Theory]
    [InlineData(Plain, null, 150)]
    [InlineData(WithPassword, "s3cret", 150)]
    [InlineData(FromFrr, null, 100)]
    public void A_captured_advert_is_believed(string hex, string? password, byte priority)
    {
        var settings = Some.Instance() with { Password = password is null ? null : Some.Password(password) };
        Assert.Equal(AdvertisementRejection.None, new AdvertisementCheck(settings)
            .Check(Some.Packet(Convert.FromHexString(hex)), default, out var advertisement, out _, out _));
        Assert.Equal(0x33, advertisement.VirtualRouterId);
        Assert.Equal(priority, advertisement.Priority);
        Assert.Equal(1, advertisement.AddressCount);
        Assert.Equal(TimeSpan.FromSeconds(1), advertisement.Interval);
        Assert.Equal(Some.Vip, advertisement.Address(0));
        Assert.Equal(password is null ? AuthenticationType.None : AuthenticationType.Password, advertisement.Authentication);
    }

    [Fact]
    public void A_gratuitous_arp_is_byte_for_byte_keepalived_s_whatever_the_buffer_held()
    {
        var frame = new byte[GratuitousArp.Size];
        frame.AsSpan().Fill(0xee);
        Assert.True(MacAddress.TryParse("02:00:00:00:00:0a", out var mac));
        GratuitousArp.Write(frame, mac, Some.Vip);
        Assert.Equal(Garp, Hex(frame));
    }

    [Fact]
    public void A_message_is_written_whole_into_a_buffer_full_of_junk()
    {
        var buffer = new byte[Advertisement.MaxSize];
        buffer.AsSpan().Fill(0xee);
        var length = Advertisement.Write(buffer, Some.Instance() with { Password = Some.Password("s3cret") }, 150);
        // The checksum is the datagram's to fill in.
        Assert.Equal(WithPassword[40..52] + "0000" + WithPassword[56..], Hex(buffer.AsSpan(0, length)));
        Assert.Equal(0xee, buffer[length]);
    }

    [Fact]
    public void The_identification_counts_from_one_and_skips_zero_and_every_checksum_is_right()
    {
        var settings = Some.Instance() with { Password = Some.Password("1111") };
        var check = new AdvertisementCheck(settings);
        var datagram = new AdvertisementDatagram(settings);
        for (var i = 1; i <= 0x1_0001; i++)
        {
            var priority = (byte)(i * 7);
            var bytes = datagram.Next(Some.Source, priority);
            Assert.True(Director.Net.Wire.Ipv4Header.TryRead(bytes, out var ip));
            Assert.Equal(i <= 0xffff ? i : i - 0xffff, ip.Identification);
            Assert.True(ip.IsChecksumValid);
            Assert.True(AdvertisementPacket.TryRead(bytes, out var packet));
            Assert.Equal(AdvertisementRejection.None, check.Check(packet, default, out var advertisement, out _, out _));
            Assert.Equal(priority, advertisement.Priority);
        }
    }

    [Fact]
    public void A_password_is_cut_to_eight_bytes_and_not_shown()
    {
        Assert.Equal(Some.Password("12345678"), Some.Password("123456789"));
        Assert.NotEqual(Some.Password("1234567"), Some.Password("12345678"));
        Assert.DoesNotContain("s3cret", (Some.Instance() with { Password = Some.Password("s3cret") }).ToString(), StringComparison.Ordinal);
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
