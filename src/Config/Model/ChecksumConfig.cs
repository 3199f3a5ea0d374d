namespace Director.Config;

/// <summary>What the checksum of a version 3 advertisement over IPv4 covers (keepalived.conf(5)).</summary>
public enum ChecksumConfig
{
    /// <summary>The pseudo-header of the datagram and the message.</summary>
    PseudoHeader,

    /// <summary><c>v3_checksum_as_v2</c>: the message alone.</summary>
    MessageOnly,

    /// <summary><c>old_unicast_checksum</c>: the pseudo-header with 224.0.0.18 as destination, whatever the destination is.</summary>
    OldUnicast,
}
