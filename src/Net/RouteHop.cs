namespace Director.Net;

/// <summary>One of several ways of a route (ip-route(8), <c>nexthop</c>).</summary>
/// <param name="Gateway">The router on the way; null if the destination is on the link.</param>
/// <param name="Device">The interface; null to let the kernel find it.</param>
/// <param name="Weight">Its share, 1–256.</param>
/// <param name="IsOnLink">Whether the gateway is reached directly whatever the addresses say.</param>
public readonly record struct RouteHop(IpAddress128? Gateway, string? Device, int Weight = 1, bool IsOnLink = false);
