using System.Numerics;

namespace Director.Datapath.Scheduling;

/// <summary>
/// Picks the server with the least load by <typeparamref name="TRule"/>, the newest of equals: in a small pool by looking at each server,
/// as the kernel does, in a large one by a ranking that follows what changes.
/// </summary>
internal class LeastLoaded<TRule>(TRule rule) : Scheduler where TRule : struct, ILoadRule
{
    /// <summary>From that many servers on a ranking is cheaper, measured by <c>bench/Picks</c>.</summary>
    public const int FewestRanked = 64;

    private ChangedServers? _changed;
    private LoadRanking<TRule>? _ranking;

    protected TRule Rule { get; } = rule;

    public override int Pick(in SchedulingRequest request) => PickLeast();

    /// <summary>The ranking is not shared: a copy has none until it settles on a pool.</summary>
    public override Scheduler Copy()
    {
        var copy = (LeastLoaded<TRule>)base.Copy();
        (copy._changed, copy._ranking) = (null, null);
        return copy;
    }

    /// <summary>Index of the server with the least load, or -1 if none may be picked.</summary>
    internal int PickLeast() => Refresh() ? _ranking!.Winner : Scan();

    /// <summary>The same by looking at each server.</summary>
    internal int Scan()
    {
        var servers = Pool.Servers;
        var (best, least) = (-1, Load.None);
        for (var i = 0; i < servers.Length; i++)
        {
            var load = Rule.Of(servers[i]);
            if (load.IsLessThan(least)) (best, least) = (i, load);
        }

        return best;
    }

    protected override void OnSettled()
    {
        if (Pool.Count < FewestRanked) return;
        _ranking = new(Rule, Pool);
        _changed = new(Pool);
    }

    /// <summary>
    /// Brings the ranking up to date; false if there is none, or a later table's scheduler has the servers, and this one serves those
    /// workers only that have not seen that table yet.
    /// </summary>
    protected bool Refresh()
    {
        if (_changed is not { IsAbandoned: false } changed) return false;
        for (var number = 0; number < changed.Words; number++)
        {
            for (var bits = changed.Take(number); bits != 0; bits &= bits - 1)
                Update((number * ChangedServers.BitsPerWord) + BitOperations.TrailingZeroCount(bits));
        }

        return true;
    }

    /// <summary>The counts of the server at <paramref name="index"/> have changed.</summary>
    protected virtual void Update(int index) => _ranking!.Update(index);
}
