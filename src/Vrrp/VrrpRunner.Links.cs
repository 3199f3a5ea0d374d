using Director.Net;
using Director.Vrrp.Ports;

namespace Director.Vrrp;

/// <content>Interfaces: whether they are taken to be up, and what fits into what they send.</content>
public sealed partial class VrrpRunner
{
    private readonly Dictionary<int, LinkDebounce> _debounces = [];

    private MonoTime DebounceDeadline
    {
        get
        {
            var next = MonoTime.Never;
            foreach (var debounce in _debounces.Values) next = MonoTime.Min(next, debounce.NextDeadline);
            return next;
        }
    }

    private bool IsUp(int link) => _debounces.TryGetValue(link, out var debounce) ? debounce.IsUp : _link.StatusOf(link).IsUp;

    /// <summary>
    /// Has these interfaces' changes believed after a delay, and others' at once. The interface of a virtual MAC address goes with the one
    /// below it.
    /// </summary>
    private void SetDelays()
    {
        var wanted = _host.LinkDelays.ToDictionary(delays => _link.Open(delays.Interface));
        foreach (var running in _routers)
        {
            foreach (var vmac in running.Vmacs)
            {
                if (wanted.TryGetValue(vmac.Parent, out var delays)) wanted.TryAdd(vmac.Link, delays);
            }
        }

        var gone = false;
        foreach (var link in _debounces.Keys.Except(wanted.Keys).ToList()) gone |= _debounces.Remove(link);
        foreach (var (link, delays) in wanted)
        {
            if (_debounces.TryGetValue(link, out var known)) known.SetDelays(delays);
            else _debounces.Add(link, new(delays, _link.StatusOf(link).IsUp));
        }

        if (gone) RefreshAll();
    }

    /// <summary>A change of an interface; what it lost while nobody believed it to be down is set again.</summary>
    private void HearLinkState(int link)
    {
        if (!_debounces.TryGetValue(link, out var debounce)) return;
        var waited = !debounce.NextDeadline.IsNever;
        var changed = debounce.Observe(_link.StatusOf(link), _clock.Now);
        if (changed || !waited || !debounce.NextDeadline.IsNever || !debounce.IsUp) return;
        foreach (var running in _routers)
        {
            if (running.Router.State == VrrpState.Master) RestorePaths(running);
        }
    }

    private void BelieveDue(MonoTime now)
    {
        var changed = false;
        foreach (var debounce in _debounces.Values) changed |= debounce.Expire(now);
        if (changed) RefreshAll();
    }

    /// <summary>
    /// A backup that hears nobody because its interface is down is not to take over before that is believed. True if it is believed now.
    /// </summary>
    private bool BelievesDown(RunningRouter running)
    {
        if (running.Router.State != VrrpState.Backup) return false;
        if (!_debounces.TryGetValue(running.Link, out var debounce) || !debounce.IsUp || !debounce.End()) return false;
        RefreshAll();
        return true;
    }

    private void RefreshAll()
    {
        foreach (var running in _routers) Refresh(running);
    }

    /// <summary>Peers must list what ours lists, so what does not fit is left out by all that have this MTU.</summary>
    private void Fit(RunningRouter running)
    {
        var status = _link.StatusOf(running.Link);
        if (!status.IsMissing && running.Fit(status.Mtu) && running.FirstLeftOut is { } leftOut)
            _observer.Failed(running.Router, LinkFailure.AdvertiseAll, leftOut);
    }
}
