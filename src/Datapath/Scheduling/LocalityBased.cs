using Director.Net;

namespace Director.Datapath.Scheduling;

/// <summary>
/// lblc: one server for the destination, until it has too many connections while another has few (Linux
/// net/netfilter/ipvs/ip_vs_lblc.c). Its upper threshold does not keep connections from the server that is remembered.
/// </summary>
internal sealed class LocalityBased(OverheadRule rule, TimeSpan expiration) : Locality(rule, expiration)
{
    private RealServerKey? _server;
    private MonoTime _lastUse;

    /// <summary>Where the server stands in the pool, or -1.</summary>
    private int _index = -1;

    public override int Pick(in SchedulingRequest request)
    {
        if (_server is not null && request.Now - _lastUse >= Expiration) (_server, _index) = (null, -1);
        _lastUse = request.Now;
        if (_index >= 0 && Pool[_index].Weight > 0 && !HasTooMany(Pool[_index])) return _index;
        var picked = PickLeast();
        if (picked >= 0) (_server, _index) = (Pool[picked].State.Key, picked);
        return picked;
    }

    protected override void OnSettled()
    {
        base.OnSettled();

        // One that left the pool is still remembered: it may come back.
        _index = -1;
        for (var i = 0; i < Pool.Count; i++)
            if (Pool[i].State.Key == _server) _index = i;
    }
}
