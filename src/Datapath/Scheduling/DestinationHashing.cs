namespace Director.Datapath.Scheduling;

/// <summary>
/// dh: 256 buckets, filled with the servers in turn whatever their weight, by the destination's address (Linux
/// net/netfilter/ipvs/ip_vs_dh.c). A service of one address uses one bucket.
/// </summary>
internal sealed class DestinationHashing : Scheduler
{
    private const int BucketBits = 8;

    public override int Pick(in SchedulingRequest request)
    {
        var servers = Pool.Servers;
        if (servers.IsEmpty) return -1;
        var index = AddressHash.Multiply(AddressHash.Fold(request.Virtual.Address), BucketBits) % servers.Length;
        return servers[index].IsEligible ? index : -1;
    }
}
