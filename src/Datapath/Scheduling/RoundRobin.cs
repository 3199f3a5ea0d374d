namespace Director.Datapath.Scheduling;

/// <summary>rr: the next eligible server after the last one picked, round the list (Linux net/netfilter/ipvs/ip_vs_rr.c).</summary>
internal sealed class RoundRobin : Scheduler
{
    /// <summary>Index of the server picked last, or -1 before the head of the list.</summary>
    private int _last = -1;

    public override int Pick(in SchedulingRequest request)
    {
        var servers = Pool.Servers;
        var index = _last;
        for (var step = 0; step < servers.Length; step++)
        {
            if (++index == servers.Length) index = 0;
            if (servers[index].IsEligible) return _last = index;
        }

        return -1;
    }

    protected override void OnRemoving(int index)
    {
        // Both the servers behind it and the pointer to itself move to the place before.
        if (index <= _last) _last--;
    }

    protected override void OnAdded()
    {
        if (_last >= 0) _last++;
    }
}
