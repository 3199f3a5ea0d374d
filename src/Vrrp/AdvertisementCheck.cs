using Director.Net;
using Director.Net.Wire;
using Director.Vrrp.Wire;

namespace Director.Vrrp;

/// <summary>
/// Whether a datagram is an advertisement that an instance may believe (RFC 3768 §7.1). The order is the RFC's, so a datagram is counted
/// once and for what is most wrong with it; keepalived checks authentication and interval before the checksum and so counts noise as
/// failed authentication. Immutable, no allocation; any thread.
/// </summary>
public sealed class AdvertisementCheck
{
    private const int BitmapWords = (VrrpLimits.Addresses + 63) / 64;

    private readonly VrrpInstanceSettings _settings;
    private readonly IpAddress128[] _sorted;

    /// <summary>The check for an instance.</summary>
    public AdvertisementCheck(VrrpInstanceSettings settings)
    {
        _settings = settings;
        _sorted = [.. settings.Addresses.Select(virtualAddress => virtualAddress.Address).Order()];
    }

    /// <summary>
    /// Looks at a datagram whose message holds <see cref="Advertisement.HeaderSize"/> bytes or more and names this instance's virtual
    /// router.
    /// </summary>
    public AdvertisementRejection Check(in Ipv4Header ip, out Advertisement advertisement)
    {
        advertisement = default;
        var message = ip.Payload;
        if (ip.Destination != AdvertisementDatagram.Group) return AdvertisementRejection.Destination;
        if (ip.TimeToLive != AdvertisementDatagram.TimeToLive) return AdvertisementRejection.TimeToLive;
        if (Advertisement.VersionOf(message) != VrrpVersion.V2) return AdvertisementRejection.Version;
        if (Advertisement.TypeOf(message) != Advertisement.AdvertisementType) return AdvertisementRejection.Type;
        if (!Advertisement.TryRead(message, out advertisement)) return AdvertisementRejection.Length;
        if (!advertisement.IsChecksumValid) return AdvertisementRejection.Checksum;
        if (advertisement.Authentication > AuthenticationType.Header) return AdvertisementRejection.AuthenticationTypeInvalid;
        if (advertisement.Authentication != _settings.Authentication) return AdvertisementRejection.AuthenticationTypeMismatch;
        if (_settings.Password is { } password && !password.Matches(advertisement.AuthenticationData))
            return AdvertisementRejection.AuthenticationFailure;
        if (advertisement.IntervalSeconds != _settings.AdvertIntervalSeconds) return AdvertisementRejection.Interval;
        return HasOurAddresses(advertisement) ? AdvertisementRejection.None : AdvertisementRejection.AddressList;
    }

    /// <summary>Whether the addresses are ours, each once, in any order.</summary>
    private bool HasOurAddresses(in Advertisement advertisement)
    {
        if (advertisement.AddressCount != _sorted.Length) return false;
        Span<ulong> seen = stackalloc ulong[BitmapWords];
        seen.Clear();
        for (var i = 0; i < _sorted.Length; i++)
        {
            var index = Array.BinarySearch(_sorted, advertisement.Address(i));
            if (index < 0) return false;
            var bit = 1UL << index;
            if ((seen[index / 64] & bit) != 0) return false;
            seen[index / 64] |= bit;
        }

        return true;
    }
}
