using Director.Linux.Abi;
using Director.Linux.Vrrp;
using Director.Net;
using static Director.Linux.Abi.NetlinkAbi;
using static Director.Linux.Abi.RouteAbi;

namespace Director.Linux.Netlink;

/// <content>Routes of routing tables, and rules.</content>
public sealed partial class RouteSocket
{
    /// <summary>The routes that a protocol has set, both families. Interfaces are by index, in decimal.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    internal IReadOnlyList<VirtualRoute> DumpRoutes(byte protocol)
    {
        var routes = new List<VirtualRoute>();
        foreach (var isV4 in (ReadOnlySpan<bool>)[true, false])
        {
            var request = VirtualRouteMessage.WriteDump(_request, ++_sequence, isV4, protocol);
            routes.AddRange(Dump<VirtualRoute>(request, "RTM_GETROUTE", RTM_NEWROUTE, static (payload, found) =>
            {
                if (VirtualRouteMessage.TryParse(payload, out var route)) found.Add(route);
            }));
        }

        // Kernels before 4.20 tell those of all protocols.
        routes.RemoveAll(route => route.Protocol != protocol);
        return routes;
    }

    /// <summary>All rules of one family.</summary>
    /// <exception cref="LinuxException">The kernel refused, such as EAFNOSUPPORT without IPv6.</exception>
    internal IReadOnlyList<VirtualRule> DumpRules(bool isV4) =>
        Dump<VirtualRule>(VirtualRuleMessage.WriteDump(_request, ++_sequence, isV4), "RTM_GETRULE", RTM_NEWRULE, static (payload, found) =>
        {
            if (VirtualRuleMessage.TryParse(payload, out var rule)) found.Add(rule);
        });

    /// <summary>Adds a route; false if a table has one in its place already.</summary>
    /// <exception cref="LinuxException">
    /// The kernel refused: no privilege, a gateway that is not reached, an interface that is down.
    /// </exception>
    internal bool AddRoute(VirtualRoute route, Func<string, int> indexOf)
    {
        var request = VirtualRouteMessage.Write(_request, ++_sequence, RTM_NEWROUTE, FlagsOf(route.Placement), route, indexOf);
        return IsDone("RTM_NEWROUTE", route, Exchange(request), Errno.EEXIST);
    }

    /// <summary>Without a flag it goes before those that are there.</summary>
    private static ushort FlagsOf(RoutePlacement placement) => placement switch
    {
        RoutePlacement.Last => NLM_F_CREATE | NLM_F_APPEND,
        RoutePlacement.Alone => NLM_F_CREATE | NLM_F_EXCL,
        _ => NLM_F_CREATE,
    };

    /// <summary>Removes a route; false if no table has it.</summary>
    /// <exception cref="LinuxException">The kernel refused: no privilege.</exception>
    internal bool RemoveRoute(VirtualRoute route, Func<string, int> indexOf)
    {
        var request = VirtualRouteMessage.Write(_request, ++_sequence, RTM_DELROUTE, 0, route, indexOf);
        return IsDone("RTM_DELROUTE", route, Exchange(request), Errno.ESRCH, Errno.ENODEV);
    }

    /// <summary>Adds a rule; false if there is such a one already.</summary>
    /// <exception cref="LinuxException">The kernel refused: no privilege, a table or a port range that cannot be.</exception>
    internal bool AddRule(VirtualRule rule)
    {
        var request = VirtualRuleMessage.Write(_request, ++_sequence, RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL, rule);
        return IsDone("RTM_NEWRULE", rule, Exchange(request), Errno.EEXIST);
    }

    /// <summary>Removes a rule; false if there is none such.</summary>
    /// <exception cref="LinuxException">The kernel refused: no privilege.</exception>
    internal bool RemoveRule(VirtualRule rule)
    {
        var request = VirtualRuleMessage.Write(_request, ++_sequence, RTM_DELRULE, 0, rule);
        return IsDone("RTM_DELRULE", rule, Exchange(request), Errno.ENOENT, Errno.ESRCH);
    }

    private static bool IsDone<T>(string request, T subject, NetlinkError error, int no, int orNo = 0)
    {
        if (error.Errno == 0) return true;
        if (error.Errno == no || error.Errno == orNo) return false;
        throw Refusal(request, $"{subject}", error, NeedsNetAdmin);
    }
}
