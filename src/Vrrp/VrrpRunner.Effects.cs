using Director.Net.Wire;
using Director.Vrrp.Ports;

namespace Director.Vrrp;

/// <content>Doing what routers want done.</content>
public sealed partial class VrrpRunner
{
    private void Apply(RunningRouter running, in VrrpEvent happened)
    {
        Do(running, happened);
        if (running.Group is { } group) Settle(group);
    }

    /// <summary>As <see cref="Apply"/>, but what follows for the sync group is the caller's.</summary>
    private void Do(RunningRouter running, in VrrpEvent happened)
    {
        running.Router.Apply(happened, _clock.Now, _effects);
        Perform(running);
    }

    private void Perform(RunningRouter running)
    {
        for (var i = 0; i < _effects.Count; i++)
        {
            ref readonly var effect = ref _effects[i];
            switch (effect.Kind)
            {
                case VrrpEffectKind.Advertise: Advertise(running, effect.Priority); break;
                case VrrpEffectKind.AddAddresses: AddAddresses(running); break;
                case VrrpEffectKind.RemoveAddresses: RemoveAddresses(running); break;
                case VrrpEffectKind.AnnounceMastership: Announce(running, AnnouncementOccasions.Mastership); break;
                case VrrpEffectKind.AnnounceAgain: AnnounceAgain(running); break;
                case VrrpEffectKind.ReportState:
                    NoteState(running, effect);
                    if (effect.Reason == TransitionReason.Recovery) AnnounceSource(running);
                    _observer.StateChanged(running.Router, effect);
                    break;
                case VrrpEffectKind.ReportNotice: _observer.Noticed(running.Router, effect); break;
            }
        }
    }

    private void Advertise(RunningRouter running, byte priority)
    {
        var router = running.Router;
        if (!Send(running, priority))
        {
            router.Counters.SendFailures++;
            _observer.Failed(router, LinkFailure.Advertise, router.Source);
            return;
        }

        router.Counters.AdvertisementsSent++;
        if (priority == VrrpPriority.Resign) router.Counters.PriorityZeroSent++;
    }

    /// <summary>To the group or to every peer in turn; false if the kernel refused one of them.</summary>
    private bool Send(RunningRouter running, byte priority)
    {
        var (settings, datagram, source) = (running.Router.Settings, running.Datagram, running.Router.Source);
        if (!settings.IsUnicast) return _link.Send(running.Link, datagram.Group, datagram.Next(source, priority));
        var sent = true;
        for (var i = 0; i < settings.Peers.Count; i++)
        {
            var peer = settings.Peers[i].Address;
            sent &= _link.Send(running.Link, peer, datagram.Next(source, peer, priority));
        }

        return sent;
    }

    private void AddAddresses(RunningRouter running)
    {
        foreach (var vmac in running.Vmacs) _link.ReportMemberships(vmac.Link, reports: true);
        foreach (var (device, address) in running.Addresses) Add(running.Router, device, address);
        AddPaths(running.Router, running.Router.Settings.Routes, running.Router.Settings.Rules);
    }

    private void RemoveAddresses(RunningRouter running)
    {
        running.Announcements.Cancel();
        foreach (var vmac in running.Vmacs) _link.ReportMemberships(vmac.Link, reports: false);
        RemovePaths(running.Router, running.Router.Settings.Routes, running.Router.Settings.Rules);
        foreach (var (device, address) in running.Addresses) Remove(running.Router, device, address);
    }

    private void Add(VrrpRouter router, int device, VirtualAddress address)
    {
        if (!_steering.Arm(address.Address)) _observer.Failed(router, LinkFailure.Arm, address.Address);
        if (!_link.AddAddress(device, address)) _observer.Failed(router, LinkFailure.AddAddress, address.Address);
    }

    private void Remove(VrrpRouter router, int device, VirtualAddress address)
    {
        if (!_link.RemoveAddress(device, address)) _observer.Failed(router, LinkFailure.RemoveAddress, address.Address);
        if (!_steering.Disarm(address.Address)) _observer.Failed(router, LinkFailure.Disarm, address.Address);
    }
}
