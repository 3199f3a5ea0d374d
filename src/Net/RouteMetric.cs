namespace Director.Net;

/// <summary>One of a route's metrics (ip-route(8): <c>mtu</c>, <c>advmss</c>, <c>initcwnd</c> …).</summary>
/// <param name="Id">Its number in Linux include/uapi/linux/rtnetlink.h (<c>RTAX_*</c>), 2–17.</param>
/// <param name="Value">In the kernel's unit: bytes, segments, milliseconds times 8 for <c>rtt</c>, times 4 for <c>rttvar</c>.</param>
/// <param name="IsLocked">Whether the kernel may not change it by what it learns (<c>lock</c>).</param>
public readonly record struct RouteMetric(byte Id, uint Value, bool IsLocked = false);
