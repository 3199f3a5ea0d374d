namespace Director.Datapath.Scheduling;

/// <summary>rr: the next eligible server after the last one picked, round the list (Linux net/netfilter/ipvs/ip_vs_rr.c).</summary>
internal sealed class RoundRobin : Scheduler
{
    /// <summary>Id of the server picked last, or 0 before the head of the list.</summary>
    private int _last;

    public override int Pick(in SchedulingRequest request)
    {
        var servers = Pool.Servers;
        var last = _last == 0 ? -1 : Pool.IndexOf(_last);
        for (var step = 1; step <= servers.Length; step++)
        {
            var index = (last + step) % servers.Length;
            if (!servers[index].IsEligible) continue;
            _last = servers[index].State.Id;
            return index;
        }

        return -1;
    }

    protected override void OnRemoving(int index)
    {
        if (Pool[index].State.Id == _last) _last = index == 0 ? 0 : Pool[index - 1].State.Id;
    }
}
