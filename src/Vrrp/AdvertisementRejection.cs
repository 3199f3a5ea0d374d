namespace Director.Vrrp;

/// <summary>
/// Why a received datagram was not taken for an advertisement, in the order in which it is looked at (RFC 9568 §7.1). The numbers are on
/// the control wire. In brackets the counter of RFC 2787 and RFC 6527.
/// </summary>
public enum AdvertisementRejection : byte
{
    /// <summary>It was taken.</summary>
    None = 0,

    /// <summary>
    /// Not whole: too short for the IP header it announces or for a VRRP header, or a fragment. Nobody's counter in RFC 2787.
    /// </summary>
    Truncated,

    /// <summary>No virtual router of this number on that interface (vrrpRouterVrIdErrors).</summary>
    UnknownRouter,

    /// <summary>Not sent to the instance's group, or with unicast peers not to an address of ours.</summary>
    Destination,

    /// <summary>With unicast peers, sent by none of them.</summary>
    Source,

    /// <summary>TTL is not 255, so it has been routed, or outside of what the peer may have (vrrpStatsIpTtlErrors).</summary>
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

    /// <summary>
    /// In version 2 another advert interval than ours; in version 3 none, zero (vrrpStatsAdvertiseIntervalErrors; RFC 9568 erratum 8301).
    /// </summary>
    Interval,

    /// <summary>No addresses (vrrpStatsAddressListErrors; RFC 9568 erratum 8299).</summary>
    NoAddresses,

    /// <summary>No address of ours among its own (vrrpStatsAddressListErrors).</summary>
    AddressList,
}
