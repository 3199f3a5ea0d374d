using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;
using Director.Vrrp.Wire;

namespace Director.Tests.Vrrp;

public class AdvertisementCheckTests
{
    private const int Message = AdvertisementDatagram.IpHeaderSize;
    private static readonly VrrpInstanceSettings Ours = Some.Instance() with { Password = Some.Password("1111") };

    public static TheoryData<AdvertisementRejection, string> Mistakes => new()
    {
        { AdvertisementRejection.Destination, "destination" },
        { AdvertisementRejection.TimeToLive, "ttl" },
        { AdvertisementRejection.Version, "version" },
        { AdvertisementRejection.Type, "type" },
        { AdvertisementRejection.Length, "count" },
        { AdvertisementRejection.Checksum, "checksum" },
        { AdvertisementRejection.AuthenticationTypeInvalid, "invalid type" },
        { AdvertisementRejection.AuthenticationTypeMismatch, "other type" },
        { AdvertisementRejection.AuthenticationFailure, "password" },
        { AdvertisementRejection.Interval, "interval" },
        { AdvertisementRejection.AddressList, "address" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_rejected_for_its_own_reason_even_when_all_later_ones_are_made_too(AdvertisementRejection expected,
        string mistake)
    {
        var alone = Some.Datagram(Ours, Some.Higher, 200);
        Make(mistake, alone);
        Assert.Equal(expected, Check(alone));

        var rows = Mistakes.Select(row => ((AdvertisementRejection)row[0], (string)row[1])).Reverse().ToList();
        var withLater = Some.Datagram(Ours, Some.Higher, 200);
        foreach (var (reason, other) in rows)
        {
            if (reason >= expected) Make(other, withLater);
        }

        Assert.Equal(expected, Check(withLater));
    }

    [Fact]
    public void The_order_of_the_addresses_does_not_matter_and_each_must_be_there_once()
    {
        VirtualAddress[] three = [new(Address("10.9.0.7")), new(Address("10.9.0.200")), new(Address("10.9.0.30"))];
        var check = new AdvertisementCheck(Some.Instance() with { Addresses = three });
        VirtualAddress other = new(Address("10.9.0.31"));
        Assert.Equal(AddressAgreement.Same, Compare([three[2], three[0], three[1]]));
        Assert.Equal(AddressAgreement.Partial, Compare([three[0], three[1]]));
        Assert.Equal(AddressAgreement.Partial, Compare([three[0], three[1], three[1]]));
        Assert.Equal(AddressAgreement.Partial, Compare([three[0], three[1], other]));
        Assert.Equal(AddressAgreement.Partial, Compare([.. three, other]));
        Assert.Equal(AddressAgreement.Partial, Compare([.. three, three[0]]));
        Assert.Equal(AddressAgreement.None, Compare([other]));
        Assert.Equal(AddressAgreement.None, Compare([other, new(Address("10.9.0.32")), new(Address("10.9.0.33"))]));

        AddressAgreement Compare(VirtualAddress[] addresses)
        {
            var packet = Some.Packet(Some.Datagram(Some.Instance() with { Addresses = addresses }, Some.Higher, 200));
            var rejection = check.Check(packet, default, out _, out _, out var agreement);
            Assert.Equal(agreement == AddressAgreement.None, rejection == AdvertisementRejection.AddressList);
            Assert.Equal(agreement != AddressAgreement.None, rejection == AdvertisementRejection.None);
            return agreement;
        }
    }

    [Fact]
    public void The_longest_address_list_is_believed()
    {
        var all = Enumerable.Range(1, VrrpLimits.Addresses).Select(i => new VirtualAddress(IpAddress128.FromV4(0x0a0a0000u + (uint)i)))
            .ToArray();
        var check = new AdvertisementCheck(Some.Instance() with { Addresses = all });
        Assert.Equal(AdvertisementRejection.None, Check(check, [.. all.Reverse()]));
    }

    [Fact]
    public void Every_truncation_is_rejected()
    {
        var whole = Some.Datagram(Ours, Some.Higher, 200);
        for (var length = Message + Advertisement.HeaderSize; length < whole.Length; length++)
        {
            var cut = whole[..length];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(cut.AsSpan(2), (ushort)length);
            Assert.Equal(AdvertisementRejection.Length, Check(Some.Resum(cut)));
        }

        for (var length = 0; length < Advertisement.HeaderSize; length++)
            Assert.False(Advertisement.TryRead(whole.AsSpan(Message, length), isV6: false, out _));
    }

    private static IpAddress128 Address(string text) => IpAddress128.Parse(text);

    private static AdvertisementRejection Check(byte[] datagram) => Some.Check(Ours, datagram);

    private static AdvertisementRejection Check(AdvertisementCheck check, VirtualAddress[] addresses) =>
        check.Check(
            Some.Packet(Some.Datagram(Some.Instance() with { Addresses = addresses }, Some.Higher, 200)), default, out _, out _, out _);

    private static void Make(string mistake, byte[] datagram)
    {
        switch (mistake)
        {
            case "destination": datagram[19] = 19; return;
            case "ttl": datagram[8] = 254; return;
            case "version": datagram[Message] = 0x31; break;
            case "type": datagram[Message] = (byte)(datagram[Message] & 0xf0 | 2); break;
            case "count": datagram[Message + 3]++; break;
            case "checksum": datagram[Message + 6] ^= 0x40; return;
            case "invalid type": datagram[Message + 4] = 3; break;
            case "other type": datagram[Message + 4] = 0; break;
            case "password": datagram[^1] ^= 1; break;
            case "interval": datagram[Message + 5]++; break;
            case "address": datagram[Message + 11] ^= 1; break;
            default: throw new ArgumentOutOfRangeException(nameof(mistake), mistake, "no such mistake");
        }

        Some.Resum(datagram);
    }
}
