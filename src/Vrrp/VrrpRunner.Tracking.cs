namespace Director.Vrrp;

/// <content>What is tracked, and the faults and priorities that come of it.</content>
public sealed partial class VrrpRunner
{
    private readonly Dictionary<TrackerKey, TrackerStatus> _trackers = [];

    /// <summary>
    /// Says how something is that may be tracked, now or by a configuration to come; it is remembered as long as the next configuration
    /// tracks it. Interfaces are watched here and need no telling. False if there are <see cref="VrrpLimits.Trackers"/> already.
    /// </summary>
    public bool SetTracker(TrackerKey key, TrackerStatus status)
    {
        if (_trackers.Count >= VrrpLimits.Trackers && !_trackers.ContainsKey(key)) return false;
        _trackers[key] = status;
        foreach (var running in _routers)
        {
            if (running.Tracker.Set(key, status)) Refresh(running);
        }

        return true;
    }

    private void ForgetUntracked()
    {
        foreach (var key in _trackers.Keys)
        {
            if (!_routers.Exists(running => Tracks(running, key))) _trackers.Remove(key);
        }
    }

    private static bool Tracks(RunningRouter running, TrackerKey key)
    {
        foreach (var track in running.Tracker.Tracked)
        {
            if (track.Key == key) return true;
        }

        return false;
    }

    /// <summary>A router that has been given its settings knows of what it tracks only what it is told now.</summary>
    private void Brief(RunningRouter running)
    {
        foreach (var track in running.Tracker.Tracked)
        {
            if (_trackers.TryGetValue(track.Key, out var status)) running.Tracker.Set(track.Key, status);
        }
    }

    /// <summary>Tells a router how its interfaces are and what else it tracks, as far as that is news, and settles its group.</summary>
    private void Refresh(RunningRouter running)
    {
        Inform(running);
        if (running.Group is { } group) Settle(group);
    }

    private void Inform(RunningRouter running, bool isHeir = false)
    {
        var router = running.Router;
        foreach (var (link, key) in running.TrackedLinks)
            running.Tracker.Set(key, IsUp(link) ? TrackerStatus.Up : TrackerStatus.Down);
        Fit(running);
        var faults = LinkFaultsOf(running) | running.Tracker.Faults;
        if (_mainStalled) faults |= FaultReasons.MainStalled;
        // What the others of its group have is not looked at here.
        if (running.Group is not null) faults |= router.Faults & FaultReasons.MemberFault;
        if (running.Tracker.EffectivePriority != router.EffectivePriority)
            Do(running, VrrpEvent.PriorityChanged(running.Tracker.EffectivePriority));
        if (router.State == VrrpState.Init) Do(running, VrrpEvent.Startup(faults, isHeir));
        else if (faults != router.Faults) Do(running, VrrpEvent.Health(faults));
    }

    private FaultReasons LinkFaultsOf(RunningRouter running)
    {
        var router = running.Router;
        var faults = FaultReasons.None;
        var status = _link.StatusOf(running.Base);
        var source = router.Settings.SourceAddress ?? (router.Settings.IsV6 ? status.LinkLocal : status.Source);
        if (source.IsUnspecified) faults |= FaultReasons.NoSourceAddress;
        else router.Source = source;
        if (router.Settings is { TracksSourceAddress: true, SourceAddress: { } tracked } && !_link.HasAddress(running.Base, tracked))
            faults |= FaultReasons.SourceAddressLost;
        if (router.Settings.IsUnicast && router.Settings.Peers.Count == 0) faults |= FaultReasons.NoPeers;
        if (!IsUp(running.Base) && !router.Settings.IgnoresOwnInterface) faults |= FaultReasons.InterfaceDown;
        if (running.Vmac is { } vmac && !IsUp(vmac)) faults |= FaultReasons.InterfaceDown;
        foreach (var (device, address) in running.Addresses)
        {
            if (device == running.Base && router.Settings.IgnoresOwnInterface) continue;
            if (address.IsTracked && !IsUp(device)) faults |= FaultReasons.InterfaceDown;
        }

        foreach (var device in running.NeededLinks)
        {
            if (!IsUp(device)) faults |= FaultReasons.InterfaceDown;
        }

        return faults;
    }
}
