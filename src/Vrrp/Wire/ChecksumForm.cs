namespace Director.Vrrp.Wire;

/// <summary>
/// What the checksum of a version 3 advertisement over IPv4 covers; all other advertisements have one form only. The numbers are on the
/// control wire.
/// </summary>
public enum ChecksumForm : byte
{
    /// <summary>The IPv4 pseudo-header with the datagram's destination, and the message: what keepalived and FRR send.</summary>
    PseudoHeader = 0,

    /// <summary>The message alone (RFC 9568 §5.2.8): <c>v3_checksum_as_v2</c>.</summary>
    MessageOnly,

    /// <summary>
    /// The pseudo-header with 224.0.0.18 as the destination although the datagram is unicast: <c>old_unicast_checksum</c>, what
    /// keepalived sent up to 1.3.6.
    /// </summary>
    PseudoHeaderOfGroup,
}
