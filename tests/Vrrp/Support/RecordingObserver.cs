using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Ports;

namespace Director.Tests.Vrrp.Support;

/// <summary>Writes what it is told to the log it is given.</summary>
internal sealed class RecordingObserver(List<string>? log) : IVrrpObserver
{
    public void StateChanged(VrrpRouter router, in VrrpEffect report) => log?.Add($"{router.Settings.Name} {report.State} {report.Reason}");

    public void GroupChanged(SyncGroup group) => log?.Add($"{group.Settings.Name} {group.State}");

    public void Noticed(VrrpRouter router, in VrrpEffect notice) => log?.Add($"{router.Settings.Name} {notice.Notice} {notice.Source}");

    public void Rejected(VrrpRouter router, AdvertisementRejection reason, IpAddress128 source) =>
        log?.Add($"{router.Settings.Name} rejected {reason}");

    public void Failed(VrrpRouter router, LinkFailure failure, IpAddress128 address) =>
        log?.Add($"{router.Settings.Name} failed {failure} {address}");
}
