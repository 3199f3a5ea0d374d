using Director.Net;
using Director.Vrrp.Ports;

namespace Director.Vrrp;

/// <content>What the host has whoever is master: set, and set again when somebody takes it away.</content>
public sealed partial class VrrpRunner
{
    private HostSettings _host = HostSettings.None;

    /// <summary>
    /// Has the host have exactly this from now on. After the first <see cref="Configure"/>, which removes what a predecessor left. What
    /// the kernel refuses is the link's to tell.
    /// </summary>
    public void SetHost(HostSettings host)
    {
        var before = _host;
        _host = host;
        _announcer.SetPaces(new(host.Paces, _link.Open));
        var instances = _routers.Select(running => running.Router.Settings).ToList();
        _link.SetVirtualPaths(
            [.. instances.SelectMany(settings => settings.Routes), .. host.Routes],
            [.. instances.SelectMany(settings => settings.Rules), .. host.Rules]);
        RemoveFromHost(before.Addresses.Except(host.Addresses), before.Routes.Except(host.Routes), before.Rules.Except(host.Rules));
        foreach (var address in host.Addresses) AddToHost(address);
        foreach (var route in host.Routes) _link.AddRoute(route);
        foreach (var rule in host.Rules) _link.AddRule(rule);
        SetDelays();
    }

    /// <summary>
    /// Whether the host reports the groups of 224.0.0.0/24 that it is a member of. Before <see cref="Configure"/>, which joins some.
    /// </summary>
    public void ReportLinkLocalGroups(bool reports) => _link.ReportLinkLocalGroups(reports);

    private void RemoveFromHost(IEnumerable<VirtualAddress> addresses, IEnumerable<VirtualRoute> routes, IEnumerable<VirtualRule> rules)
    {
        foreach (var rule in rules) _link.RemoveRule(rule);
        foreach (var route in routes) _link.RemoveRoute(route);
        foreach (var address in addresses) _link.RemoveAddress(_link.Open(address.Device!), address);
    }

    private void AddToHost(VirtualAddress address) => _link.AddStaticAddress(_link.Open(address.Device!), address);

    /// <summary>Restores what was lost; an interface that is back has lost its routes without a word.</summary>
    private void RestoreHost(in LinkEvent changed)
    {
        if (changed.LostRoute is { } route)
        {
            if (_host.Routes.Contains(route) && !_link.HasRoute(route)) _link.AddRoute(route);
            return;
        }

        if (changed.LostRule is { } rule)
        {
            if (_host.Rules.Contains(rule) && !_link.HasRule(rule)) _link.AddRule(rule);
            return;
        }

        foreach (var address in _host.Addresses)
        {
            var device = _link.Open(address.Device!);
            if (device != changed.Link || (changed.IsRemoval && changed.Removed != address.Address)) continue;
            if (!_link.HasAddress(device, address.Address)) AddToHost(address);
        }

        if (changed.IsRemoval || !_link.StatusOf(changed.Link).IsUp) return;
        foreach (var lost in _host.Routes)
        {
            if (!_link.HasRoute(lost)) _link.AddRoute(lost);
        }
    }
}
