using Director.Net;
using Director.Vrrp.Wire;

namespace Director.Vrrp;

/// <summary>
/// Whether a datagram is an advertisement that an instance may believe (RFC 3768 §7.1, RFC 9568 §7.1). The order is the RFC's, so a
/// datagram is counted once and for what is most wrong with it; keepalived checks authentication and interval before the checksum and so
/// counts noise as failed authentication. Immutable, no allocation; any thread.
/// </summary>
public sealed class AdvertisementCheck
{
    private const int BitmapWords = (VrrpLimits.Addresses + 63) / 64;

    private readonly VrrpInstanceSettings _settings;
    private readonly IpAddress128 _group;
    private readonly IpAddress128[] _sorted;
    private readonly UnicastPeer[] _peers;

    /// <summary>The check for an instance.</summary>
    public AdvertisementCheck(VrrpInstanceSettings settings)
    {
        _settings = settings;
        _group = settings.Selector.Group;
        _peers = [.. settings.Peers];
        _sorted = [.. settings.Addresses.Select(virtualAddress => virtualAddress.Address).Order()];
    }

    /// <summary>Looks at a datagram that names this instance's virtual router.</summary>
    /// <param name="packet">The datagram.</param>
    /// <param name="trusted">
    /// Whose address list is taken for granted, if the instance does so: a backup's master; unspecified for nobody's.
    /// </param>
    /// <param name="advertisement">The advertisement, if it is taken.</param>
    /// <param name="checksum">The form of its checksum, if it is taken.</param>
    /// <param name="addresses">How its addresses compare with ours, if it is taken.</param>
    public AdvertisementRejection Check(
        in AdvertisementPacket packet, IpAddress128 trusted, out Advertisement advertisement, out ChecksumForm checksum,
        out AddressAgreement addresses)
    {
        advertisement = default;
        checksum = default;
        addresses = AddressAgreement.Same;
        var message = packet.Message;
        var envelope = CheckEnvelope(packet);
        if (envelope != AdvertisementRejection.None) return envelope;
        if (Advertisement.VersionOf(message) != _settings.Version) return AdvertisementRejection.Version;
        if (Advertisement.TypeOf(message) != Advertisement.AdvertisementType) return AdvertisementRejection.Type;
        if (!Advertisement.TryRead(message, packet.IsV6, out advertisement)) return AdvertisementRejection.Length;
        if (!advertisement.HasValidChecksum(packet.Source, packet.Destination, out checksum)) return AdvertisementRejection.Checksum;
        if (advertisement.Authentication > AuthenticationType.Header) return AdvertisementRejection.AuthenticationTypeInvalid;
        if (advertisement.Authentication != _settings.Authentication) return AdvertisementRejection.AuthenticationTypeMismatch;
        if (_settings.Password is { } password && !password.Matches(advertisement.AuthenticationData))
            return AdvertisementRejection.AuthenticationFailure;
        if (advertisement.Interval == TimeSpan.Zero) return AdvertisementRejection.Interval;
        if (_settings.Version == VrrpVersion.V2 && advertisement.Interval != _settings.AdvertInterval)
            return AdvertisementRejection.Interval;
        if (advertisement.AddressCount == 0 && _sorted.Length > 0) return AdvertisementRejection.NoAddresses;
        if (_settings.TrustsKnownMaster && packet.Source == trusted) return AdvertisementRejection.None;
        addresses = Compare(advertisement);
        return addresses == AddressAgreement.None ? AdvertisementRejection.AddressList : AdvertisementRejection.None;
    }

    private AdvertisementRejection CheckEnvelope(in AdvertisementPacket packet)
    {
        if (packet.IsV6 != _settings.IsV6) return AdvertisementRejection.Destination;
        if (!_settings.IsUnicast)
        {
            if (packet.Destination != _group) return AdvertisementRejection.Destination;
            return packet.TimeToLive == AdvertisementDatagram.TimeToLive ? AdvertisementRejection.None : AdvertisementRejection.TimeToLive;
        }

        if (packet.Destination.IsMulticast) return AdvertisementRejection.Destination;
        if (!_settings.ChecksUnicastSource) return AdvertisementRejection.None;
        foreach (var peer in _peers)
        {
            if (peer.Address != packet.Source) continue;
            return packet.TimeToLive >= peer.MinTimeToLive && packet.TimeToLive <= peer.MaxTimeToLive
                ? AdvertisementRejection.None
                : AdvertisementRejection.TimeToLive;
        }

        return AdvertisementRejection.Source;
    }

    /// <summary>
    /// RFC 9568 §7.1 has a difference logged and the election go on: while a pair is told one address more, one router after the other,
    /// two masters would be worse. Lists that have nothing in common are two clusters of one number: neither may silence the other.
    /// </summary>
    private AddressAgreement Compare(in Advertisement advertisement)
    {
        Span<ulong> seen = stackalloc ulong[BitmapWords];
        seen.Clear();
        var known = 0;
        for (var i = 0; i < advertisement.AddressCount; i++)
        {
            var index = Array.BinarySearch(_sorted, advertisement.Address(i));
            if (index < 0) continue;
            var bit = 1UL << index;
            if ((seen[index / 64] & bit) == 0) known++;
            seen[index / 64] |= bit;
        }

        if (known == _sorted.Length && advertisement.AddressCount == known) return AddressAgreement.Same;
        return known > 0 ? AddressAgreement.Partial : AddressAgreement.None;
    }
}
