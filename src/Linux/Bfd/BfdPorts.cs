namespace Director.Linux.Bfd;

/// <summary>The UDP ports of BFD control packets.</summary>
internal static class BfdPorts
{
    /// <summary>Where packets of neighbours on the same link go (RFC 5881 §4).</summary>
    public const ushort SingleHop = 3784;

    /// <summary>Where packets that may have come through routers go (RFC 5883 §5).</summary>
    public const ushort Multihop = 4784;

    /// <summary>The lowest port that packets may come from (RFC 5881 §4); the highest is the last.</summary>
    public const ushort FirstSource = 49152;
}
