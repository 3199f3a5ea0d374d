namespace Director.Datapath.Scheduling;

/// <summary>lc: the connections, whatever the weight (Linux net/netfilter/ipvs/ip_vs_lc.c).</summary>
internal readonly struct LeastConnections(OverheadRule rule) : ILoadRule
{
    public Load Of(in PooledServer server) => server.IsEligible ? new((uint)server.State.Overhead(rule), 1) : Load.None;
}
