using Director.Net;

namespace Director.Config;

/// <summary>A line of <c>unicast_peer</c>.</summary>
/// <param name="Address">The peer, of the family of the instance's addresses.</param>
/// <param name="MinTtl"><c>min_ttl</c>: the least TTL that its advertisements may arrive with.</param>
/// <param name="MaxTtl"><c>max_ttl</c>: the greatest.</param>
public sealed record UnicastPeerConfig(IpAddress128 Address, byte MinTtl, byte MaxTtl);
