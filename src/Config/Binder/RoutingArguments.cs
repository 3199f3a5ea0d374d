using Director.Config.Text;
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

    private static readonly Argument<string> Realms = Take.Text("realms: numbers, FROM/TO or TO");
    private static readonly Argument<string> GroupName = Take.Text("the name of a track_group");

    public static readonly Argument<uint> Number = new NumberArgument("a number up to 4294967295", uint.MaxValue);

    /// <summary>The name behind <c>track_group</c>; null where the word has no effect, which is said.</summary>
    public static bool TryTakeTrackGroup(Word keyword, bool isStatic, ArgumentReader reader, out Word? group)
    {
        group = null;
        if (!reader.TryTake(GroupName, out _)) return false;
        if (isStatic) group = reader.Last;
        else
        {
            reader.Diagnostics.Warning(DiagnosticCode.Conflict, keyword,
                "'track_group' has no effect here: an instance tracks what is its own", "it belongs to what is static");
        }

        return true;
    }

    /// <summary><c>[FROM/]TO</c>, sixteen bits each.</summary>
    public static bool TryTakeRealms(ArgumentReader reader, out uint realms)
    {
        realms = 0;
        if (!reader.TryTake(Realms, out var text)) return false;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        uint from = 0;
        var isRead = NumberArgument.TryParse(text.AsSpan(slash + 1), out var to)
            && (slash < 0 || NumberArgument.TryParse(text.AsSpan(0, slash), out from));
        realms = (from << 16) | to;
        if (isRead && to <= ushort.MaxValue && from <= ushort.MaxValue) return true;
        reader.Diagnostics.Error(DiagnosticCode.InvalidValue, reader.Last,
            $"{Printable.Quote(text)} is not FROM/TO or TO, numbers up to 65535");
        return false;
    }
}
