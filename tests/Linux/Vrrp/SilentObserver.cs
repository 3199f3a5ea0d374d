using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;

namespace Director.Tests.Linux.Vrrp;

/// <summary>Remembers what failed and nothing else.</summary>
internal sealed class SilentObserver : IVrrpObserver
{
    public List<string> Failures { get; } = [];

    public void StateChanged(VrrpRouter router, in VrrpEffect report)
    {
    }

    public void Noticed(VrrpRouter router, in VrrpEffect notice)
    {
    }

    public void Rejected(VrrpRouter router, AdvertisementRejection reason, IpAddress128 source)
    {
    }

    public void Failed(VrrpRouter router, LinkFailure failure, IpAddress128 address) => Failures.Add($"{failure} {address}");

    public void GroupChanged(SyncGroup group)
    {
    }

    public void HeardRival(VrrpRouter router, in RivalMaster rival)
    {
    }

    public void HeardOtherChecksum(VrrpRouter router, ChecksumForm form, IpAddress128 source)
    {
    }

    public void HeardOtherAddresses(VrrpRouter router, IpAddress128 source)
    {
    }

    public void HeardUnknown(byte virtualRouterId, IpAddress128 source)
    {
    }
}
