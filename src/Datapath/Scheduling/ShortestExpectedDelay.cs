namespace Director.Datapath.Scheduling;

/// <summary>sed: the active connections, the new one among them, for the weight (Linux net/netfilter/ipvs/ip_vs_sed.c).</summary>
internal readonly struct ShortestExpectedDelay : ILoadRule
{
    public Load Of(in PooledServer server) =>
        server.IsEligible ? new(server.State.ActiveConnections + 1L, server.Weight) : Load.None;
}
