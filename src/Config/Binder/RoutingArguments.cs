using Director.Net;

namespace Director.Config.Binder;

/// <summary>Arguments that routes and rules share (ip-route(8), ip-rule(8), rtnetlink(7)).</summary>
internal static class RoutingArguments
{
    /// <summary>Names of /etc/iproute2/rt_tables are not read: the file may differ between the machines of a pair.</summary>
    public static readonly Argument<uint> Table = new NumberArgument(
        "a routing table: a number from 1, or main, default or local", uint.MaxValue,
        ("main", VirtualRoute.MainTable), ("default", 253), ("local", 255));

    public static readonly Argument<uint> Protocol = new NumberArgument(
        "a routing protocol: a number up to 255 or a name such as static, boot, zebra, bird or keepalived", byte.MaxValue,
        ("kernel", 2), ("boot", 3), ("static", 4), ("gated", 8), ("ra", 9), ("mrt", 10), ("zebra", 11), ("bird", 12), ("dnrouted", 13),
        ("xorp", 14), ("ntk", 15), ("dhcp", 16), ("keepalived", VirtualRoute.KeepalivedProtocol), ("babel", 42), ("bgp", 186),
        ("isis", 187), ("ospf", 188), ("rip", 189), ("eigrp", 192));

    public static readonly Argument<uint> Scope = new NumberArgument(
        "a scope: global, site, link, host, nowhere or a number up to 255", byte.MaxValue,
        ("global", 0), ("site", 200), ("link", 253), ("host", 254), ("nowhere", 255));

    public static readonly Argument<uint> TypeOfService = new NumberArgument("a type of service, a number up to 255", byte.MaxValue);

    public static readonly Argument<uint> Number = new NumberArgument("a number up to 4294967295", uint.MaxValue);
}
