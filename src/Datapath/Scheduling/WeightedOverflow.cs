namespace Director.Datapath.Scheduling;

/// <summary>ovf: the highest weight of the servers with no more active connections (Linux net/netfilter/ipvs/ip_vs_ovf.c).</summary>
internal readonly struct WeightedOverflow : ILoadRule
{
    public Load Of(in PooledServer server) =>
        server.IsEligible && server.State.ActiveConnections <= server.Weight ? new(1, server.Weight) : Load.None;
}
