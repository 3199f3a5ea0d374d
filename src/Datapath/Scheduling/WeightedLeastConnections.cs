namespace Director.Datapath.Scheduling;

/// <summary>wlc: the connections for the weight (Linux net/netfilter/ipvs/ip_vs_wlc.c).</summary>
internal readonly struct WeightedLeastConnections(OverheadRule rule) : ILoadRule
{
    public Load Of(in PooledServer server) => server.IsEligible ? Unbounded(server) : Load.None;

    /// <summary>The same whether or not the server may be picked; its weight is not 0.</summary>
    public Load Unbounded(in PooledServer server) => new(server.State.Overhead(rule), server.Weight);
}
