using Director.Linux.Abi;
using Director.Linux.Netlink;
using Director.Linux.Vrrp;

namespace Director.Tests.Linux.Vrrp;

/// <summary>What the kernel says of changes of routes and rules, in the namespace of the thread that makes it.</summary>
internal sealed class PathWatch : IDisposable
{
    private readonly PathMonitor _monitor = new();

    /// <summary>The changes since the last call, in order.</summary>
    public List<string> Take()
    {
        var changes = new List<string>();
        while (_monitor.TryRead(out var type, out var payload, out _))
        {
            var sign = type is RouteAbi.RTM_NEWROUTE or RouteAbi.RTM_NEWRULE ? '+' : '-';
            if (type is RouteAbi.RTM_NEWROUTE or RouteAbi.RTM_DELROUTE && VirtualRouteMessage.TryParse(payload, out var route))
                changes.Add($"{sign}route {route.Destination}");
            if (type is RouteAbi.RTM_NEWRULE or RouteAbi.RTM_DELRULE && VirtualRuleMessage.TryParse(payload, out var rule))
                changes.Add($"{sign}rule {rule.Priority}");
        }

        return changes;
    }

    public void Dispose() => _monitor.Dispose();
}
