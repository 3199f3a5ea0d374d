namespace Director.Datapath.Scheduling;

/// <summary>
/// twos: two servers drawn by weight, then the one with less load for its weight (Linux net/netfilter/ipvs/ip_vs_twos.c; Mitzenmacher,
/// "The Power of Two Choices in Randomized Load Balancing").
/// </summary>
internal sealed class TwoRandomChoices(OverheadRule rule, ulong seed) : Scheduler
{
    private RandomSequence _random = new(seed);

    public override int Pick(in SchedulingRequest request)
    {
        var servers = Pool.Servers;
        var last = -1;
        long sum = 0;
        for (var i = 0; i < servers.Length; i++)
        {
            if (!servers[i].IsEligible) continue;
            last = i;
            sum += servers[i].Weight;
        }

        if (last < 0) return -1;
        var (first, second) = (Draw(servers, sum, last), Draw(servers, sum, last));
        return LoadOf(servers[second]).IsLessThan(LoadOf(servers[first])) ? second : first;
    }

    /// <summary>
    /// As the kernel draws: 0 to <paramref name="sum"/> inclusive, so the head of the list has one part more than its weight.
    /// </summary>
    private int Draw(ReadOnlySpan<PooledServer> servers, long sum, int last)
    {
        var point = (long)_random.Below((ulong)sum + 1);
        for (var i = 0; i < last; i++)
        {
            if (!servers[i].IsEligible) continue;
            point -= servers[i].Weight;
            if (point <= 0) return i;
        }

        return last;
    }

    private Load LoadOf(in PooledServer server) => new WeightedLeastConnections(rule).Unbounded(server);
}
