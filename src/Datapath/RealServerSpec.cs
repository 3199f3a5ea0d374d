using Director.Net;

namespace Director.Datapath;

/// <summary>A real server as the control side wants it forwarded to.</summary>
/// <param name="Endpoint">Its address and port. In direct routing the port plays no part on the wire.</param>
/// <param name="Weight">0–2147483647; 0 takes no new connection that the scheduler decides.</param>
/// <param name="NextHop">How to reach it, or null while its neighbour entry is unresolved: its packets are dropped and counted.</param>
public sealed record RealServerSpec(Endpoint Endpoint, int Weight, NextHop? NextHop)
{
    /// <summary>How many connections it takes at once; no bound unless said.</summary>
    public ConnectionThresholds Thresholds { get; init; }

    /// <summary>How packets are brought to it. A tunnel begins at the next hop's <see cref="Datapath.NextHop.Address"/>.</summary>
    public ForwardingMethod Method { get; init; }

    /// <summary>
    /// Whether this host itself is the server, as 127.0.0.1 or an address of its own: its packets are tracked and counted, then left
    /// to the host unchanged (Linux net/netfilter/ipvs/ip_vs_xmit.c). The next hop plays no part.
    /// </summary>
    public bool IsLocal { get; init; }
}
