namespace Director.Datapath.Scheduling;

/// <summary>
/// wrr: passes over the list with a falling threshold; a pass picks the servers of at least that weight (Linux
/// net/netfilter/ipvs/ip_vs_wrr.c). The threshold falls by the weights' greatest common divisor and carries over when the pool changes.
/// </summary>
internal sealed class WeightedRoundRobin : Scheduler
{
    /// <summary>Id of the server picked last, or 0 before the head of the list.</summary>
    private int _last;
    private int _threshold;
    private int _highest;
    private int _step = 1;

    public override int Pick(in SchedulingRequest request)
    {
        var servers = Pool.Servers;
        if (_highest == 0 || !HasEligible(servers)) return -1;
        var index = _last == 0 ? -1 : Pool.IndexOf(_last);
        while (true)
        {
            while (++index < servers.Length)
            {
                if (!servers[index].IsEligible || servers[index].Weight < _threshold) continue;
                _last = servers[index].State.Id;
                return index;
            }

            index = -1;
            _threshold -= _step;
            if (_threshold <= 0) _threshold = _highest;
        }
    }

    protected override void OnRemoved() => Recompute();

    protected override void OnUpdated() => Recompute();

    protected override void OnAdded() => Recompute();

    private static bool HasEligible(ReadOnlySpan<PooledServer> servers)
    {
        foreach (ref readonly var server in servers)
            if (server.IsEligible) return true;
        return false;
    }

    private void Recompute()
    {
        var divisor = 0;
        var highest = 0;
        foreach (ref readonly var server in Pool.Servers)
        {
            if (server.Weight > 0) divisor = GreatestCommonDivisor(server.Weight, divisor);
            highest = Math.Max(highest, server.Weight);
        }

        _last = 0;
        _step = Math.Max(divisor, 1);
        _highest = highest - (_step - 1);
        if (_threshold > _highest || _threshold == 0) _threshold = _highest;
        else if (_step > 1) _threshold = (_threshold / _step * _step) + 1;
    }

    private static int GreatestCommonDivisor(int left, int right)
    {
        while (right != 0) (left, right) = (right, left % right);
        return left;
    }
}
