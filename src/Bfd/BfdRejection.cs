namespace Director.Bfd;

/// <summary>
/// Why a control packet was not taken, in the order in which it is looked at (RFC 5880 §6.8.6; hop limit RFC 5881 §5, RFC 5883 §5).
/// </summary>
public enum BfdRejection : byte
{
    /// <summary>It was taken.</summary>
    None,

    /// <summary>Shorter than the mandatory section of 24 bytes.</summary>
    Truncated,

    /// <summary>Not of version 1.</summary>
    Version,

    /// <summary>Its length field is less than the smallest, or more than there is.</summary>
    Length,

    /// <summary>A detection multiplier of zero.</summary>
    DetectMultiplier,

    /// <summary>The multipoint bit is set.</summary>
    Multipoint,

    /// <summary>The sender's own discriminator is zero.</summary>
    MyDiscriminator,

    /// <summary>It names no session of ours, and claims Init or Up, where it must.</summary>
    YourDiscriminator,

    /// <summary>There is no such session.</summary>
    UnknownSession,

    /// <summary>It names a session, but is not from that one's neighbour, or not to its own address.</summary>
    Address,

    /// <summary>It has come through more routers than the session allows.</summary>
    HopLimit,

    /// <summary>It is authenticated, and the session is not.</summary>
    Authentication,

    /// <summary>The session is held down.</summary>
    AdminDown,
}
