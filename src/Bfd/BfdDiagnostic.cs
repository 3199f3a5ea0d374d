namespace Director.Bfd;

/// <summary>Why a session left Up last, as on the wire (RFC 5880 §4.1, Diag). Values above the named ones are reserved.</summary>
public enum BfdDiagnostic : byte
{
    /// <summary>Nothing to say.</summary>
    None = 0,

    /// <summary>Nothing was heard for the detection time.</summary>
    DetectionTimeExpired = 1,

    /// <summary>The echo function failed; never said by us.</summary>
    EchoFailed = 2,

    /// <summary>The neighbour says that its side is down.</summary>
    NeighborSignaledDown = 3,

    /// <summary>The forwarding plane was reset; never said by us, as the others below but for the next but one.</summary>
    ForwardingPlaneReset = 4,

    /// <summary>The path is down.</summary>
    PathDown = 5,

    /// <summary>A path beyond is down.</summary>
    ConcatenatedPathDown = 6,

    /// <summary>The operator wants it so.</summary>
    AdministrativelyDown = 7,

    /// <summary>The way back beyond is down.</summary>
    ReverseConcatenatedPathDown = 8,
}
