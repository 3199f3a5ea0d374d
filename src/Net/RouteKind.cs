namespace Director.Net;

/// <summary>Where a route leads, by the numbers of rtnetlink(7) (<c>RTN_*</c>), which are on the control wire too.</summary>
public enum RouteKind : byte
{
    /// <summary>Out, to a gateway or to the destination itself.</summary>
    Unicast = 1,

    /// <summary>This host.</summary>
    Local = 2,

    /// <summary>Everybody on a link.</summary>
    Broadcast = 3,

    /// <summary>Taken as broadcast when received, sent as unicast.</summary>
    Anycast = 4,

    /// <summary>A multicast group.</summary>
    Multicast = 5,

    /// <summary>Nowhere, in silence.</summary>
    Blackhole = 6,

    /// <summary>Nowhere; the sender is told that the destination cannot be reached.</summary>
    Unreachable = 7,

    /// <summary>Nowhere; the sender is told that it is forbidden.</summary>
    Prohibit = 8,

    /// <summary>Back to the rules, as if the table had no route.</summary>
    Throw = 9,
}
