using Director.Net;
using Director.Vrrp.Wire;

namespace Director.Vrrp;

/// <content>What is heard, and from whom.</content>
public sealed partial class VrrpRunner
{
    private bool _wantsUnknown;

    /// <summary>
    /// Who is master as well of a virtual router of which this one is; null while nobody is known to be. The router must be one of
    /// <see cref="Routers"/>.
    /// </summary>
    public RivalMaster? RivalOf(VrrpRouter router)
    {
        var running = _routers.Find(candidate => candidate.Router == router);
        return running?.Rivals.Current(_clock.Now, running.RivalSilence);
    }

    /// <summary>Adds to the counters what the kernel has refused on its own.</summary>
    public void CollectCounters()
    {
        foreach (var running in _routers)
            running.Router.Counters.CountRejected(AdvertisementRejection.TimeToLive, _link.TakeRouted(running.Subscription));
        Unclaimed.CountRejected(AdvertisementRejection.UnknownRouter, _link.TakeUnknown());
    }

    private static bool IsOfMaster(AdvertisementRejection reason) => reason is AdvertisementRejection.None
        or AdvertisementRejection.Source or AdvertisementRejection.Version or >= AdvertisementRejection.AuthenticationTypeInvalid;

    private static MasterReason ReasonOf(TransitionReason reason) => reason switch
    {
        TransitionReason.MasterSilent => MasterReason.MasterNoResponse,
        TransitionReason.Preempting => MasterReason.Preempted,
        _ => MasterReason.Priority,
    };

    private static void NoteState(RunningRouter running, in VrrpEffect report)
    {
        running.Rivals.Forget();
        if (report.State == VrrpState.Master) running.Router.Counters.NewMasterReason = ReasonOf(report.Reason);
    }

    private void Listen()
    {
        _wantsUnknown = _routers.Exists(running => running.Subscription.WantsUnknown);
        _link.Listen([.. _routers.Select(running => running.Subscription)]);
    }

    private void Hear(ReadOnlySpan<byte> datagram, int link)
    {
        if (!AdvertisementPacket.TryRead(datagram, out var packet))
        {
            Unclaimed.CountRejected(AdvertisementRejection.Truncated);
            return;
        }

        var running = Find(link, packet);
        if (running is null)
        {
            Unclaimed.CountRejected(AdvertisementRejection.UnknownRouter);
            if (_wantsUnknown) _observer.HeardUnknown(packet.VirtualRouterId, packet.Source);
            return;
        }

        var router = running.Router;
        if (router.State is VrrpState.Init or VrrpState.Fault) return;
        var trusted = router.State == VrrpState.Backup ? router.LastHeard : default;
        var rejection = running.Check.Check(packet, trusted, out var advertisement, out var checksum, out var addresses);
        if (rejection == AdvertisementRejection.None)
        {
            NoteDifferences(running, packet.Source, advertisement.Interval, checksum);
            NoteAddresses(running, packet.Source, addresses);
            router.Hear(advertisement.Priority, packet.Source, advertisement.Interval, _clock.Now, _effects);
            Perform(running);
            if (running.Group is { } group) Settle(group);
        }
        else
        {
            router.Counters.CountRejected(rejection);
            _observer.Rejected(router, rejection, packet.Source);
        }

        var resigns = rejection == AdvertisementRejection.None && advertisement.Priority == Net.Wire.VrrpPriority.Resign;
        if (router.State == VrrpState.Master && IsOfMaster(rejection) && !resigns) HearRival(running, packet.Source, rejection);
    }

    private void HearRival(RunningRouter running, IpAddress128 source, AdvertisementRejection ignored)
    {
        running.Router.Counters.RivalAdvertisements++;
        var now = _clock.Now;
        if (!running.Rivals.Hear(source, ignored, now, running.RivalSilence)) return;
        running.Rivals.Locate(_link.SenderOf(running.Subscription, source));
        if (running.Rivals.Current(now, running.RivalSilence) is { } rival) _observer.HeardRival(running.Router, rival);
    }

    private void NoteAddresses(RunningRouter running, IpAddress128 source, AddressAgreement addresses)
    {
        if (addresses == AddressAgreement.Same)
        {
            // Whose difference ended may differ again, which is worth another line.
            if (running.OtherAddressesFrom == source) running.OtherAddressesFrom = default;
            return;
        }

        running.Router.Counters.AddressListsDiffering++;
        if (running.OtherAddressesFrom == source) return;
        running.OtherAddressesFrom = source;
        _observer.HeardOtherAddresses(running.Router, source);
    }

    private void NoteDifferences(RunningRouter running, IpAddress128 source, TimeSpan interval, ChecksumForm checksum)
    {
        var (counters, settings) = (running.Router.Counters, running.Router.Settings);
        if (interval != settings.AdvertInterval) counters.IntervalsDiffering++;
        if (checksum == settings.SentChecksum || settings.Version == VrrpVersion.V2 || settings.IsV6) return;
        counters.ChecksumFormsDiffering++;
        if (running.OtherChecksumFrom == source) return;
        running.OtherChecksumFrom = source;
        _observer.HeardOtherChecksum(running.Router, checksum, source);
    }

    /// <summary>
    /// Whose datagram it is: of several routers with this number, which family, group and unicast may tell apart, the one that it is
    /// addressed to; else any, which will say what is wrong with it.
    /// </summary>
    private RunningRouter? Find(int link, in AdvertisementPacket packet)
    {
        RunningRouter? found = null;
        foreach (var running in _routers)
        {
            if (running.Link != link || running.Subscription.VirtualRouterId != packet.VirtualRouterId) continue;
            var selector = running.Subscription.Selector;
            if (selector.IsV6 != packet.IsV6) continue;
            if (selector.IsUnicast ? !packet.Destination.IsMulticast : selector.Group == packet.Destination) return running;
            found ??= running;
        }

        return found;
    }
}
