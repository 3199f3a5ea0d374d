namespace Director.Vrrp;

/// <summary>
/// The last thing that was wrong with an advertisement, of those that RFC 6527 names (vrrpv3StatisticsProtoErrReason). The numbers are the
/// MIB's.
/// </summary>
public enum ProtocolError : byte
{
    /// <summary>Nothing was.</summary>
    NoError = 0,

    /// <summary>Its TTL or hop limit.</summary>
    IpTtlError = 1,

    /// <summary>Its version.</summary>
    VersionError = 2,

    /// <summary>Its checksum.</summary>
    ChecksumError = 3,

    /// <summary>Its virtual router, which is not configured.</summary>
    VridError = 4,
}
