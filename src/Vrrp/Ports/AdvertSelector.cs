using Director.Net;

namespace Director.Vrrp.Ports;

/// <summary>Which adverts of an interface: those of a family that go to a group, or to an address of ours.</summary>
/// <param name="IsV6">Over IPv6.</param>
/// <param name="Group">The multicast group; unspecified for adverts to an address of ours.</param>
public readonly record struct AdvertSelector(bool IsV6, IpAddress128 Group)
{
    /// <summary>Whether adverts come to our own addresses.</summary>
    public bool IsUnicast => Group.IsUnspecified;
}
