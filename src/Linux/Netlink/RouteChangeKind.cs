namespace Director.Linux.Netlink;

/// <summary>What happened.</summary>
public enum RouteChangeKind : byte
{
    /// <summary>
    /// Changes were lost, because more came than could wait: what is known must be dumped again by <see cref="RouteSocket"/>.
    /// </summary>
    Overrun,

    /// <summary>A link is new or changed in any respect.</summary>
    LinkSet,

    /// <summary>A link is gone.</summary>
    LinkRemoved,

    /// <summary>An address is new or changed.</summary>
    AddressSet,

    /// <summary>An address is gone.</summary>
    AddressRemoved,

    /// <summary>A neighbour is new or changed.</summary>
    NeighbourSet,

    /// <summary>A neighbour is forgotten.</summary>
    NeighbourRemoved,
}
