using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;

namespace Director.Tests.Vrrp.Support;

/// <summary>Writes what it is told to the log it is given.</summary>
internal sealed class RecordingObserver(List<string>? log) : IVrrpObserver
{
    public void StateChanged(VrrpRouter router, in VrrpEffect report) => log?.Add($"{router.Settings.Name} {report.State} {report.Reason}");

    public void GroupChanged(SyncGroup group) => log?.Add($"{group.Settings.Name} {group.State}");

    public void Noticed(VrrpRouter router, in VrrpEffect notice) => log?.Add($"{router.Settings.Name} {notice.Notice} {notice.Source}");

    public void Rejected(VrrpRouter router, AdvertisementRejection reason, IpAddress128 source) =>
        log?.Add($"{router.Settings.Name} rejected {reason}");

    public void HeardRival(VrrpRouter router, in RivalMaster rival) =>
        log?.Add($"{router.Settings.Name} rival {rival.Source} {rival.Mac} {rival.Ignored} {rival.Adverts}");

    public void HeardOtherChecksum(VrrpRouter router, ChecksumForm form, IpAddress128 source) =>
        log?.Add($"{router.Settings.Name} {form} from {source}");

    public void HeardOtherAddresses(VrrpRouter router, IpAddress128 source) =>
        log?.Add($"{router.Settings.Name} other addresses from {source}");

    public void HeardUnknown(byte virtualRouterId, IpAddress128 source) => log?.Add($"unknown {virtualRouterId} from {source}");

    public void Failed(VrrpRouter router, LinkFailure failure, IpAddress128 address) =>
        log?.Add($"{router.Settings.Name} failed {failure} {address}");
}
