namespace Director.Net;

/// <summary>
/// Where a route goes among those of the same destination, type of service and metric (ip-route(8)). The numbers are on the control wire.
/// </summary>
public enum RoutePlacement : byte
{
    /// <summary>Before them, so that it counts (<c>prepend</c>): the kernel's way and keepalived's.</summary>
    First = 0,

    /// <summary>Behind them (<c>append</c>); of IPv6 it becomes another way of the route that is there.</summary>
    Last,

    /// <summary>Nowhere, if there is one (<c>add</c>).</summary>
    Alone,
}
