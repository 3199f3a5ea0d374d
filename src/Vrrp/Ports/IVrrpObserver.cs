using Director.Net;
using Director.Vrrp.Wire;

namespace Director.Vrrp.Ports;

/// <summary>Who is told what virtual routers do. Called on the VRRP thread, after the deed; must not block.</summary>
public interface IVrrpObserver
{
    /// <summary>A router's state has changed, or its faults have.</summary>
    void StateChanged(VrrpRouter router, in VrrpEffect report);

    /// <summary>A sync group's state has changed, or was never told.</summary>
    void GroupChanged(SyncGroup group);

    /// <summary>A router heard something worth a line.</summary>
    void Noticed(VrrpRouter router, in VrrpEffect notice);

    /// <summary>A datagram for a router was refused; counted already.</summary>
    void Rejected(VrrpRouter router, AdvertisementRejection reason, IpAddress128 source);

    /// <summary>
    /// As master, a router hears another one that goes on advertising the same virtual router; told with each of its adverts.
    /// </summary>
    void HeardRival(VrrpRouter router, in RivalMaster rival);

    /// <summary>A router took an advert whose checksum is of another form than its own, the first from this source.</summary>
    void HeardOtherChecksum(VrrpRouter router, ChecksumForm form, IpAddress128 source);

    /// <summary>A router took an advert that has some of its addresses, but not the same; the first from this source.</summary>
    void HeardOtherAddresses(VrrpRouter router, IpAddress128 source);

    /// <summary>An advert of a virtual router that is not configured came, and somebody wants to know.</summary>
    void HeardUnknown(byte virtualRouterId, IpAddress128 source);

    /// <summary>The kernel refused to add or remove an address, to steer it, or to send.</summary>
    void Failed(VrrpRouter router, LinkFailure failure, IpAddress128 address);
}
