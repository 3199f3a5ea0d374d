namespace Director.Datapath.Scheduling;

/// <summary>fo: the highest weight (Linux net/netfilter/ipvs/ip_vs_fo.c), that is an equal load for the weight.</summary>
internal readonly struct WeightedFailover : ILoadRule
{
    public Load Of(in PooledServer server) => server.IsEligible ? new(1, server.Weight) : Load.None;
}
