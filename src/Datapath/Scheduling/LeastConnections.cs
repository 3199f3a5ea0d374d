namespace Director.Datapath.Scheduling;

/// <summary>
/// lc: the server with the least load, the newest of equals; weights only say who takes part (Linux net/netfilter/ipvs/ip_vs_lc.c).
/// </summary>
internal sealed class LeastConnections(OverheadRule rule) : Scheduler
{
    public override int Pick(in SchedulingRequest request)
    {
        var servers = Pool.Servers;
        var best = -1;
        uint bestLoad = 0;
        for (var i = 0; i < servers.Length; i++)
        {
            if (!servers[i].IsEligible) continue;
            var load = (uint)servers[i].State.Overhead(rule);
            if (best < 0 || load < bestLoad) (best, bestLoad) = (i, load);
        }

        return best;
    }
}
