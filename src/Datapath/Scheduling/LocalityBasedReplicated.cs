using Director.Net;

namespace Director.Datapath.Scheduling;

/// <summary>
/// lblcr: a set of servers for the destination, of which the one with the least load is picked; it grows while that one has too many
/// connections and others have few, and loses its most loaded server when it has not changed for a day (Linux
/// net/netfilter/ipvs/ip_vs_lblcr.c).
/// </summary>
internal sealed class LocalityBasedReplicated(OverheadRule rule) : Locality(rule)
{
    /// <summary>The set, the server that joined last first. Those that left the pool stay, for they may come back.</summary>
    private List<Member> _set = [];
    private MonoTime _lastUse;
    private MonoTime _lastChange;

    public override int Pick(in SchedulingRequest request)
    {
        if (_set.Count > 0 && request.Now - _lastUse >= Expiration) _set.Clear();
        _lastUse = request.Now;
        var chosen = Least();
        if (_set.Count > 1 && request.Now - _lastChange > Expiration) RemoveMost(request.Now);
        if (chosen >= 0 && !HasTooMany(Pool[chosen])) return chosen;
        var picked = PickLeast();
        if (picked >= 0 && !_set.Exists(member => member.Index == picked))
        {
            _set.Insert(0, new(Pool[picked], picked));
            _lastChange = request.Now;
        }

        return picked;
    }

    public override Scheduler Copy()
    {
        var copy = (LocalityBasedReplicated)base.Copy();
        copy._set = [.. _set];
        return copy;
    }

    protected override void OnSettled()
    {
        base.OnSettled();
        for (var i = 0; i < _set.Count; i++) _set[i] = Find(_set[i].Server);
    }

    private Member Find(PooledServer server)
    {
        for (var i = 0; i < Pool.Count; i++)
            if (Pool[i].State.Key == server.State.Key) return new(Pool[i], i);
        return new(server, -1);
    }

    /// <summary>Index in the pool of the set's least loaded server, or -1.</summary>
    private int Least()
    {
        var (best, least) = (-1, Load.None);
        foreach (var member in _set)
        {
            if (member.Index < 0) continue;
            var load = Rule.Of(member.Server);
            if (load.IsLessThan(least)) (best, least) = (member.Index, load);
        }

        return best;
    }

    /// <summary>Removes the most loaded server for its weight, in the pool or not, overloaded or not. Servers of weight 0 stay.</summary>
    private void RemoveMost(MonoTime now)
    {
        var (worst, most) = (-1, Load.None);
        for (var i = 0; i < _set.Count; i++)
        {
            var server = _set[i].Server;
            if (server.Weight == 0) continue;
            var load = Rule.Unbounded(server);
            if (worst < 0 || most.IsLessThan(load)) (worst, most) = (i, load);
        }

        if (worst < 0) return;
        _set.RemoveAt(worst);
        _lastChange = now;
    }

    /// <summary>A server of the set, as last seen in the pool, and its index there or -1.</summary>
    private readonly record struct Member(PooledServer Server, int Index);
}
