namespace Director.Datapath.Scheduling;

/// <summary>
/// wlc: the server with the least load for its weight, the newest of equals (Linux net/netfilter/ipvs/ip_vs_wlc.c). Loads are compared
/// crosswise, <c>load(best) × weight(candidate) &gt; load(candidate) × weight(best)</c>, so no division rounds.
/// </summary>
internal sealed class WeightedLeastConnections(OverheadRule rule) : Scheduler
{
    public override int Pick(in SchedulingRequest request)
    {
        var servers = Pool.Servers;
        var best = 0;
        while (best < servers.Length && !servers[best].IsEligible) best++;
        if (best == servers.Length) return -1;

        long bestLoad = servers[best].State.Overhead(rule);
        long bestWeight = servers[best].Weight;
        for (var i = best + 1; i < servers.Length; i++)
        {
            // Weight 0 needs no test of its own: nothing is greater than load × bestWeight when its left side is 0.
            long load = servers[i].State.Overhead(rule);
            long weight = servers[i].Weight;
            if (bestLoad * weight > load * bestWeight) (best, bestLoad, bestWeight) = (i, load, weight);
        }

        return best;
    }
}
