namespace Director.Linux.Netlink;

/// <summary>What a <see cref="RouteMonitor"/> listens to.</summary>
[Flags]
public enum RouteGroups
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Links.</summary>
    Links = 1,

    /// <summary>Addresses of both families.</summary>
    Addresses = 2,

    /// <summary>Neighbours of both families.</summary>
    Neighbours = 4,

    /// <summary>All of them.</summary>
    All = Links | Addresses | Neighbours,
}
