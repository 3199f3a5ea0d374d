using Director.Net;

namespace Director.Datapath.Scheduling;

/// <summary>
/// lblcr: a set of servers for the destination, of which the one with the least load is picked; it grows while that one has too many
/// connections and others have few, and loses its most loaded server when it has not changed for that long (Linux
/// net/netfilter/ipvs/ip_vs_lblcr.c).
/// </summary>
internal sealed class LocalityBasedReplicated(OverheadRule rule, TimeSpan expiration) : Locality(rule, expiration)
{
    /// <summary>
    /// The set, the server that joined last first, as last seen in the pool. Those that left the pool stay, for they may come back.
    /// </summary>
    private List<PooledServer> _set = [];
    private MonoTime _lastUse;
    private MonoTime _lastChange;

    /// <summary>
    /// Of the set's servers that are in the pool: their indices there, in the set's order; and by such an index the place in that list,
    /// or -1. Replaced, never written: copies share them.
    /// </summary>
    private int[] _indices = [], _places = [];
    private LoadRanking<WeightedLeastConnections>? _ranking;

    public override int Pick(in SchedulingRequest request)
    {
        if (_set.Count > 0 && request.Now - _lastUse >= Expiration)
        {
            _set.Clear();
            Arrange();
        }

        _lastUse = request.Now;
        var chosen = LeastOfSet();
        if (_set.Count > 1 && request.Now - _lastChange > Expiration) RemoveMost(request.Now);
        if (chosen >= 0 && !HasTooMany(Pool[chosen])) return chosen;
        var picked = PickLeast();
        if (picked >= 0 && _places[picked] < 0)
        {
            _set.Insert(0, Pool[picked]);
            Arrange();
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
        var present = Pool.Servers.ToArray().ToDictionary(server => server.State.Key);
        for (var i = 0; i < _set.Count; i++)
            if (present.TryGetValue(_set[i].State.Key, out var server)) _set[i] = server;
        Arrange();
    }

    protected override void Update(int index)
    {
        base.Update(index);
        if (_places[index] >= 0) _ranking!.Update(_places[index]);
    }

    /// <summary>Index in the pool of the set's least loaded server, or -1.</summary>
    private int LeastOfSet()
    {
        var (best, least) = (-1, Load.None);
        if (_indices.Length == 0) return best;
        if (Refresh()) return _ranking!.Winner < 0 ? -1 : _indices[_ranking.Winner];
        foreach (var index in _indices)
        {
            var load = Rule.Of(Pool[index]);
            if (load.IsLessThan(least)) (best, least) = (index, load);
        }

        return best;
    }

    /// <summary>Removes the most loaded server for its weight, in the pool or not, overloaded or not. Servers of weight 0 stay.</summary>
    private void RemoveMost(MonoTime now)
    {
        var (worst, most) = (-1, Load.None);
        for (var i = 0; i < _set.Count; i++)
        {
            if (_set[i].Weight == 0) continue;
            var load = Rule.Unbounded(_set[i]);
            if (worst < 0 || most.IsLessThan(load)) (worst, most) = (i, load);
        }

        if (worst < 0) return;
        _set.RemoveAt(worst);
        Arrange();
        _lastChange = now;
    }

    /// <summary>The set or the pool has changed.</summary>
    private void Arrange()
    {
        var byState = new Dictionary<int, int>(Pool.Count);
        for (var index = 0; index < Pool.Count; index++) byState.Add(Pool[index].State.Id, index);
        List<int> indices = [];
        var places = new int[Pool.Count];
        places.AsSpan().Fill(-1);
        foreach (var server in _set)
        {
            if (!byState.TryGetValue(server.State.Id, out var index) || Pool[index].State != server.State) continue;
            places[index] = indices.Count;
            indices.Add(index);
        }

        (_indices, _places) = ([.. indices], places);
        if (Pool.Count < FewestRanked || indices.Count == 0) return;
        _ranking = new(Rule, new([.. indices.Select(index => Pool[index])]));
        for (var place = 0; place < indices.Count; place++) _ranking.Update(place);
    }
}
