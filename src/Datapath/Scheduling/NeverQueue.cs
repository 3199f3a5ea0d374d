namespace Director.Datapath.Scheduling;

/// <summary>
/// nq: the first server without active connections, be another one faster; else as sed (Linux net/netfilter/ipvs/ip_vs_nq.c). That is
/// sed with a load of 0 for every idle server.
/// </summary>
internal readonly struct NeverQueue : ILoadRule
{
    public Load Of(in PooledServer server)
    {
        if (!server.IsEligible) return Load.None;
        var active = server.State.ActiveConnections;
        return new(active == 0 ? 0 : active + 1L, server.Weight);
    }
}
