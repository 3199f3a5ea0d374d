using Director.Net;

namespace Director.Vrrp.Wire;

/// <summary>What an advertisement's checksum covers besides the message.</summary>
internal static class AdvertisementChecksum
{
    /// <summary>
    /// The sum to start with for a message of <paramref name="length"/> bytes that an instance sends from <paramref name="source"/> to
    /// <paramref name="destination"/>, in the form that it is set to.
    /// </summary>
    public static ulong Start(VrrpInstanceSettings settings, IpAddress128 source, IpAddress128 destination, int length)
    {
        if (settings.IsV6) return PseudoHeader(source, destination, length);
        if (settings.Version == VrrpVersion.V2) return 0;
        return settings.SentChecksum switch
        {
            ChecksumForm.MessageOnly => 0,
            ChecksumForm.PseudoHeaderOfGroup => PseudoHeader(source, AdvertisementDatagram.GroupV4, length),
            _ => PseudoHeader(source, destination, length),
        };
    }

    /// <summary>The sum of the pseudo-header of either family.</summary>
    public static ulong PseudoHeader(IpAddress128 source, IpAddress128 destination, int length) => destination.IsV4
        ? Checksum.PseudoHeaderV4(source.V4, destination.V4, IpProtocol.Vrrp, length)
        : Checksum.PseudoHeaderV6(source, destination, IpProtocol.Vrrp, length);
}
