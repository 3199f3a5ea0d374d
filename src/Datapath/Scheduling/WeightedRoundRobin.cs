namespace Director.Datapath.Scheduling;

/// <summary>
/// wrr: passes over the list with a falling threshold; a pass picks the servers of at least that weight (Linux
/// net/netfilter/ipvs/ip_vs_wrr.c). The threshold falls by the weights' greatest common divisor and carries over when the pool changes.
/// </summary>
internal sealed class WeightedRoundRobin : Scheduler
{
    /// <summary>Index of the server picked last, or -1 before the head of the list.</summary>
    private int _last = -1;
    private int _threshold;
    private int _highest;
    private int _step = 1;

    public override int Pick(in SchedulingRequest request)
    {
        if (_highest == 0) return -1;
        var servers = Pool.Servers;
        var (first, index, stop) = (_last, _last, -1);
        var isLastPass = false;
        var hasRestarted = false;
        while (true)
        {
            while (++index < servers.Length)
            {
                if (servers[index].Weight >= _threshold && servers[index].IsEligible) return _last = index;
                if (index != stop) continue;
                _last = index;
                return -1;
            }

            index = -1;
            _threshold -= _step;
            if (_threshold <= 0)
            {
                _threshold = _highest;
                if (isLastPass || first < 0)
                {
                    _last = -1;
                    return -1;
                }

                hasRestarted = true;
            }

            SkipEmptyPasses(servers);
            isLastPass = _threshold <= _step;

            // The first pass began behind the server picked last: what remains are those up to it.
            if (isLastPass && hasRestarted && first >= 0) stop = first;
        }
    }

    protected override void OnBegun()
    {
        Recompute();
        _threshold = _highest;
    }

    protected override void OnRemoved() => Recompute();

    protected override void OnUpdated() => Recompute();

    protected override void OnAdded() => Recompute();

    /// <summary>
    /// Leaves out the passes that would find nobody, of which the kernel makes up to two thousand million; the last is always made.
    /// </summary>
    private void SkipEmptyPasses(ReadOnlySpan<PooledServer> servers)
    {
        var heaviest = 0;
        foreach (ref readonly var server in servers)
            if (server.Weight > heaviest && server.IsEligible) heaviest = server.Weight;
        if (heaviest >= _threshold) return;
        var needed = ((long)_threshold - heaviest + _step - 1) / _step;
        _threshold -= (int)Math.Min(needed, (_threshold - 1) / _step) * _step;
    }

    private void Recompute()
    {
        var divisor = 0;
        var highest = 0;
        foreach (ref readonly var server in Pool.Servers)
        {
            if (server.Weight > 0) divisor = Divisor.Greatest(server.Weight, divisor);
            highest = Math.Max(highest, server.Weight);
        }

        _last = -1;
        _step = Math.Max(divisor, 1);
        _highest = highest - (_step - 1);
        if (_threshold > _highest || _threshold == 0) _threshold = _highest;
        else if (_step > 1) _threshold = (_threshold / _step * _step) + 1;
    }
}
