namespace Director.Datapath.Scheduling;

/// <summary>
/// sh: 256 buckets, filled with the servers in turn, each as often as it weighs, by the client's address and, if flagged so, port (Linux
/// net/netfilter/ipvs/ip_vs_sh.c).
/// </summary>
internal sealed class SourceHashing : Scheduler
{
    private const int BucketBits = 8;
    private const int BucketMask = (1 << BucketBits) - 1;

    /// <summary>Indices of servers; empty without any. Replaced, never written: copies share it.</summary>
    private int[] _buckets = [];

    public override int Pick(in SchedulingRequest request)
    {
        if (_buckets.Length == 0) return -1;
        var servers = Pool.Servers;
        var hash = AddressHash.Multiply(unchecked(PortOf(request) + AddressHash.Fold(request.Client.Address)), BucketBits);
        var index = _buckets[hash];
        if (servers[index].IsEligible) return index;
        if ((Flags & SchedulerFlags.Fallback) == 0) return -1;
        for (var offset = 0; offset <= BucketMask; offset++)
        {
            // The hash counts twice: once as where the search begins, once as what is added to.
            index = _buckets[offset + hash + hash & BucketMask];
            if (servers[index].IsEligible) return index;
        }

        return -1;
    }

    protected override void OnSettled()
    {
        var servers = Pool.Servers;
        var buckets = servers.IsEmpty ? [] : new int[BucketMask + 1];
        var (index, turns) = (0, 0);
        for (var bucket = 0; bucket < buckets.Length; bucket++)
        {
            buckets[bucket] = index;
            if (++turns < servers[index].Weight) continue;
            turns = 0;
            if (++index == servers.Length) index = 0;
        }

        _buckets = buckets;
    }
}
