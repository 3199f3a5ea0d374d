using Director.Net;
using Director.Vrrp.Ports;

namespace Director.Vrrp;

/// <content>Routes and rules: set after the addresses, routes first, and removed before them in the other order.</content>
public sealed partial class VrrpRunner
{
    private static IpAddress128 SubjectOf(VirtualRule rule) => rule.From ?? rule.To ?? default;

    private void AddPaths(VrrpRouter router, IEnumerable<VirtualRoute> routes, IEnumerable<VirtualRule> rules)
    {
        foreach (var route in routes)
        {
            if (!_link.AddRoute(route)) _observer.Failed(router, LinkFailure.AddRoute, route.Destination);
        }

        foreach (var rule in rules)
        {
            if (!_link.AddRule(rule)) _observer.Failed(router, LinkFailure.AddRule, SubjectOf(rule));
        }
    }

    private void RemovePaths(VrrpRouter router, IEnumerable<VirtualRoute> routes, IEnumerable<VirtualRule> rules)
    {
        foreach (var rule in rules.Reverse())
        {
            if (!_link.RemoveRule(rule)) _observer.Failed(router, LinkFailure.RemoveRule, SubjectOf(rule));
        }

        foreach (var route in routes.Reverse())
        {
            if (!_link.RemoveRoute(route)) _observer.Failed(router, LinkFailure.RemoveRoute, route.Destination);
        }
    }

    /// <summary>
    /// An interface that was down has lost its routes without a word. One that cannot be set again is lost as one that somebody removed.
    /// </summary>
    private void RestorePaths(RunningRouter running)
    {
        foreach (var route in running.Router.Settings.Routes)
        {
            if (!route.IsTracked || _link.HasRoute(route) || _link.AddRoute(route)) continue;
            _observer.Failed(running.Router, LinkFailure.AddRoute, route.Destination);
            Apply(running, VrrpEvent.AddressLost(route.Destination));
            return;
        }
    }

    /// <summary>As with an address: the loss may have been our own doing, and what was lost be back since.</summary>
    private void HearPathLoss(RunningRouter running, in LinkEvent changed)
    {
        var router = running.Router;
        if (router.State != VrrpState.Master) return;
        if (changed.LostRoute is { } route && route.IsTracked && router.Settings.Routes.Contains(route) && !_link.HasRoute(route))
        {
            _observer.Failed(router, LinkFailure.KeepRoute, route.Destination);
            Apply(running, VrrpEvent.AddressLost(route.Destination));
        }
        else if (changed.LostRule is { } rule && rule.IsTracked && router.Settings.Rules.Contains(rule) && !_link.HasRule(rule))
        {
            _observer.Failed(router, LinkFailure.KeepRule, SubjectOf(rule));
            Apply(running, VrrpEvent.AddressLost(SubjectOf(rule)));
        }
    }
}
