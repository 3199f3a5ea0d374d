using System.Globalization;
using Director.Linux.Netlink;
using Director.Net;
using static Director.Linux.Abi.RouteAbi;

namespace Director.Linux.Vrrp;

/// <content>Routes and rules, by netlink.</content>
public sealed unsafe partial class RawVrrpLink
{
    private readonly List<VirtualRoute> _heldRoutes = [];
    private readonly List<VirtualRule> _heldRules = [];
    private PathMonitor? _paths;
    private IReadOnlyList<VirtualRoute> _virtualRoutes = [];
    private IReadOnlyList<VirtualRule> _virtualRules = [];

    /// <inheritdoc/>
    public void SetVirtualPaths(IReadOnlyList<VirtualRoute> routes, IReadOnlyList<VirtualRule> rules)
    {
        (_virtualRoutes, _virtualRules) = (routes, rules);
        // Only then, for on a router that speaks BGP every route is an event.
        if (_paths is not null || routes.Count + rules.Count == 0) return;
        _paths = new();
        _polled = [];
    }

    /// <inheritdoc/>
    public bool AddRoute(VirtualRoute route)
    {
        var isNew = false;
        if (!Try(() => isNew = _routes.AddRoute(route, IndexOf))) return false;
        if (!isNew && !HasRoute(route))
        {
            _onProblem($"another route stands where {route} should");
            return false;
        }

        if (!_heldRoutes.Contains(route)) _heldRoutes.Add(route);
        return true;
    }

    /// <inheritdoc/>
    public bool RemoveRoute(VirtualRoute route)
    {
        _heldRoutes.Remove(route);
        return Try(() => _routes.RemoveRoute(route, IndexOf));
    }

    /// <inheritdoc/>
    public bool HasRoute(VirtualRoute route)
    {
        var isThere = false;
        return Try(() => isThere = _routes.DumpRoutes(route.Protocol).Any(found => VirtualRouteMessage.IsSame(route, found))) && isThere;
    }

    /// <inheritdoc/>
    public bool AddRule(VirtualRule rule)
    {
        if (!Try(() => _routes.AddRule(rule))) return false;
        if (!_heldRules.Contains(rule)) _heldRules.Add(rule);
        return true;
    }

    /// <inheritdoc/>
    public bool RemoveRule(VirtualRule rule)
    {
        _heldRules.Remove(rule);
        return Try(() => _routes.RemoveRule(rule));
    }

    /// <inheritdoc/>
    public bool HasRule(VirtualRule rule)
    {
        var isThere = false;
        return Try(() => isThere = _routes.DumpRules(rule.IsV4).Any(found => VirtualRuleMessage.IsSame(rule, found))) && isThere;
    }

    /// <summary>
    /// Of the routes that bear keepalived's mark, those out of our interfaces and those that are configured; of the rules, which have no
    /// interface of ours, the configured ones.
    /// </summary>
    private void RemovePathLeftovers()
    {
        Try(() =>
        {
            foreach (var protocol in _virtualRoutes.Select(route => route.Protocol).Append(VirtualRoute.KeepalivedProtocol).Distinct())
            {
                foreach (var found in _routes.DumpRoutes(protocol))
                {
                    var isOurs = found.Protocol == VirtualRoute.KeepalivedProtocol && found.Device is { } device
                        && LinkOf(IndexOfNumber(device)) >= 0;
                    if (isOurs) _routes.RemoveRoute(found, IndexOfNumber);
                }
            }

            return true;
        });
        foreach (var route in _virtualRoutes) Try(() => _routes.RemoveRoute(route, IndexOf));
        foreach (var rule in _virtualRules) Try(() => _routes.RemoveRule(rule));
    }

    private static int IndexOfNumber(string index) => int.Parse(index, CultureInfo.InvariantCulture);

    private int IndexOf(string name)
    {
        var link = _links.FindIndex(candidate => candidate.Name == name);
        return link < 0 ? 0 : _links[link].Index;
    }

    /// <summary>What was taken away of what is held becomes an event; whether one did.</summary>
    private bool HearPaths()
    {
        if (_paths is null) return false;
        while (_events.Count == 0 && _paths.TryRead(out var type, out var payload, out var isOverrun))
        {
            if (isOverrun)
            {
                foreach (var route in _heldRoutes) _events.Enqueue(new(-1, default) { LostRoute = route });
                foreach (var rule in _heldRules) _events.Enqueue(new(-1, default) { LostRule = rule });
            }
            else if (type == RTM_DELROUTE && _heldRoutes.Count > 0 && VirtualRouteMessage.TryParse(payload, out var gone))
            {
                if (_heldRoutes.Find(route => VirtualRouteMessage.IsSame(route, gone)) is { } held)
                    _events.Enqueue(new(-1, default) { LostRoute = held });
            }
            else if (type == RTM_DELRULE && _heldRules.Count > 0 && VirtualRuleMessage.TryParse(payload, out var goneRule))
            {
                if (_heldRules.Find(rule => VirtualRuleMessage.IsSame(rule, goneRule)) is { } held)
                    _events.Enqueue(new(-1, default) { LostRule = held });
            }
        }

        return _events.Count > 0;
    }
}
