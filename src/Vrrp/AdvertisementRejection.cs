namespace Director.Vrrp;

/// <summary>
/// Why a received datagram was not taken for an advertisement, in the order in which it is looked at. The numbers are on the control
/// wire.
/// </summary>
public enum AdvertisementRejection : byte
{
    /// <summary>It was taken.</summary>
    None = 0,

    /// <summary>
    /// Not whole: too short for the IPv4 header it announces or for a VRRP header, or a fragment. Nobody's counter in RFC 2787.
    /// </summary>
    Truncated,

    /// <summary>No virtual router of this number on that interface (vrrpRouterVrIdErrors).</summary>
    UnknownRouter,

    /// <summary>Not sent to the VRRP group.</summary>
    Destination,

    /// <summary>TTL is not 255, so it has been routed (vrrpStatsIpTtlErrors).</summary>
    TimeToLive,

    /// <summary>Another version than ours (vrrpRouterVersionErrors).</summary>
    Version,

    /// <summary>A type other than ADVERTISEMENT (vrrpStatsInvalidTypePktsRcvd).</summary>
    Type,

    /// <summary>Not exactly as long as its address count says (vrrpStatsPacketLengthErrors).</summary>
    Length,

    /// <summary>Checksum wrong (vrrpRouterChecksumErrors).</summary>
    Checksum,

    /// <summary>An authentication type that does not exist (vrrpStatsInvalidAuthType).</summary>
    AuthenticationTypeInvalid,

    /// <summary>Another authentication type than ours (vrrpStatsAuthTypeMismatch).</summary>
    AuthenticationTypeMismatch,

    /// <summary>Another password than ours (vrrpStatsAuthFailures).</summary>
    AuthenticationFailure,

    /// <summary>Another advert interval than ours (vrrpStatsAdvertiseIntervalErrors).</summary>
    Interval,

    /// <summary>Other addresses than ours (vrrpStatsAddressListErrors).</summary>
    AddressList,
}
