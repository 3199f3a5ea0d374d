using Director.Net;

namespace Director.Vrrp;

/// <content>Taking settings, at the start and at a reload.</content>
public sealed partial class VrrpRunner
{
    /// <summary>
    /// Runs exactly these instances from now on. A router that stays keeps its state and its timers, and only the addresses that are new
    /// or gone are touched; one that is gone resigns. The first call also removes what a predecessor left. The settings must have no
    /// <see cref="VrrpInstanceSettings.Problem"/>, nor the groups a <see cref="SyncGroupSettings.Problem"/>.
    /// </summary>
    public void Configure(IReadOnlyList<VrrpInstanceSettings> instances, IReadOnlyList<SyncGroupSettings>? groups = null)
    {
        _link.SetVirtualAddresses(instances.SelectMany(settings => settings.AllAddresses())
            .Select(virtualAddress => virtualAddress.Address).ToHashSet());
        _link.SetVirtualPaths(
            [.. instances.SelectMany(settings => settings.Routes)], [.. instances.SelectMany(settings => settings.Rules)]);
        for (var i = _routers.Count - 1; i >= 0; i--)
        {
            if (instances.Any(settings => settings.IsSameRouterAs(_routers[i].Router.Settings))) continue;
            Do(_routers[i], VrrpEvent.Shutdown);
            Retire(_routers[i]);
            _routers.RemoveAt(i);
        }

        var leftovers = _cleaned ? [] : RemoveLeftovers(instances);
        foreach (var settings in instances)
        {
            var running = _routers.Find(candidate => candidate.Router.Settings.IsSameRouterAs(settings));
            if (running is null) _routers.Add(running = New(settings, TrackedBy(settings, groups)));
            else Reconfigure(running, settings, TrackedBy(settings, groups));
            Brief(running);
        }

        // Before the first of them starts: an interface is not up without its sockets.
        Listen();
        SetAccepting();
        Group(groups ?? []);
        foreach (var running in _routers)
            Inform(running, isHeir: running.Addresses.Any(held => leftovers.Contains(held.Address.Address)));
        foreach (var group in _groups) Settle(group);
        ForgetUntracked();
    }

    /// <summary>What is removed is disarmed after that, as always; what is not there must not be armed either.</summary>
    private IReadOnlyList<IpAddress128> RemoveLeftovers(IReadOnlyList<VrrpInstanceSettings> instances)
    {
        foreach (var settings in instances)
        {
            _link.Open(settings.Interface);
            foreach (var address in settings.AllAddresses()) _link.Open(settings.DeviceOf(address));
            foreach (var device in settings.Routes.SelectMany(route => route.Devices())) _link.Open(device);
        }

        var leftovers = _link.RemoveLeftovers();
        foreach (var address in leftovers) _steering.Disarm(address);
        foreach (var address in instances.SelectMany(settings => settings.AllAddresses())) _steering.Disarm(address.Address);
        _cleaned = true;
        return leftovers;
    }

    private RunningRouter New(VrrpInstanceSettings settings, IReadOnlyList<TrackSettings> tracked)
    {
        if (_startedAt.IsNever) _startedAt = _clock.Now;
        var running = new RunningRouter(settings, tracked, _link);
        var afterBoot = MonoTime.Zero + settings.DelayAfterBoot;
        running.Router.StartsAfter = _startedAt + settings.StartupDelay;
        if (running.Router.StartsAfter < afterBoot) running.Router.StartsAfter = afterBoot;
        Adopt(running);
        return running;
    }

    private static IReadOnlyList<TrackSettings> TrackedBy(VrrpInstanceSettings settings, IReadOnlyList<SyncGroupSettings>? groups) =>
        groups?.FirstOrDefault(group => group.Members.Contains(settings.Name)) is { } group
            ? [.. group.TrackedBy(settings)]
            : settings.Tracked;

    private void Reconfigure(RunningRouter running, VrrpInstanceSettings settings, IReadOnlyList<TrackSettings> tracked)
    {
        var router = running.Router;
        var (before, vmacsBefore) = (running.Addresses, running.Vmacs);
        var (oldRoutes, oldRules) = (router.Settings.Routes, router.Settings.Rules);
        if (router.Settings.PromotesSecondaries != settings.PromotesSecondaries)
            Promote(running, settings.PromotesSecondaries);
        running.Reconfigure(settings, tracked, _link);
        if (router.State == VrrpState.Master) Move(running, before, oldRoutes, oldRules);
        foreach (var gone in vmacsBefore.Except(running.Vmacs)) _link.CloseVmac(gone.Link);
    }

    /// <summary>Has a master own what its settings say now and did not before, and no more what they said before.</summary>
    private void Move(
        RunningRouter running, (int Device, VirtualAddress Address)[] before, IReadOnlyList<VirtualRoute> oldRoutes,
        IReadOnlyList<VirtualRule> oldRules)
    {
        var (router, settings) = (running.Router, running.Router.Settings);
        foreach (var vmac in running.Vmacs) _link.ReportMemberships(vmac.Link, reports: true);
        RemovePaths(router, oldRoutes.Except(settings.Routes), oldRules.Except(settings.Rules));
        foreach (var gone in before.Except(running.Addresses)) Remove(router, gone.Device, gone.Address);
        var added = running.Addresses.Except(before).ToList();
        foreach (var (device, address) in added) Add(router, device, address);
        AddPaths(router, settings.Routes.Except(oldRoutes), settings.Rules.Except(oldRules));
        if (added.Count == 0) return;
        running.Announce(added);
        Announce(running, AnnouncementOccasions.Addition);
    }
}
