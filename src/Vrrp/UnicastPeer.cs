using Director.Net;

namespace Director.Vrrp;

/// <summary>A router that is sent adverts by its own address (keepalived.conf(5), <c>unicast_peer</c>).</summary>
/// <param name="Address">Its address, of the instance's family.</param>
/// <param name="MinTimeToLive">The least TTL or hop limit that its adverts may arrive with; 0 for any.</param>
/// <param name="MaxTimeToLive">The greatest.</param>
public readonly record struct UnicastPeer(IpAddress128 Address, byte MinTimeToLive = 0, byte MaxTimeToLive = 255);
