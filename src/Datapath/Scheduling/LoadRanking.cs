using System.Numerics;

namespace Director.Datapath.Scheduling;

/// <summary>
/// A tournament of the servers of a pool: a tree in which each node names the less loaded of its two, the left one of equals, which is the
/// newer. The root is whom a search from the head of the list would find. A server that has changed plays its way up again, as far as
/// that matters to anyone.
/// </summary>
internal sealed class LoadRanking<TRule> where TRule : struct, ILoadRule
{
    private readonly TRule _rule;
    private readonly ServerPool _pool;
    private readonly Load[] _loads;

    /// <summary>Index of the server that each node names: 1 is the root, n has 2n and 2n+1 below it, the leaves are the servers.</summary>
    private readonly int[] _winners;

    public LoadRanking(TRule rule, ServerPool pool)
    {
        _rule = rule;
        _pool = pool;
        _loads = new Load[BitOperations.RoundUpToPowerOf2((uint)pool.Count)];
        Array.Fill(_loads, Load.None);
        _winners = new int[2 * _loads.Length];
        for (var leaf = 0; leaf < _loads.Length; leaf++) _winners[_loads.Length + leaf] = leaf;
        for (var node = _loads.Length - 1; node > 0; node--) _winners[node] = _winners[2 * node];
    }

    /// <summary>The least load; <see cref="Load.None"/> if no server may be picked.</summary>
    public ref readonly Load Least => ref _loads[_winners[1]];

    /// <summary>Index of the server with the least load, or -1 if none may be picked.</summary>
    public int Winner => Least == Load.None ? -1 : _winners[1];

    /// <summary>Reads the load of server <paramref name="index"/> anew.</summary>
    public void Update(int index)
    {
        var load = _rule.Of(_pool[index]);
        if (load == _loads[index]) return;
        _loads[index] = load;
        for (var node = _loads.Length + index >> 1; node > 0; node >>= 1)
        {
            var (left, right) = (_winners[2 * node], _winners[(2 * node) + 1]);
            var winner = _loads[right].IsLessThan(_loads[left]) ? right : left;

            // Further up they only know this node by its winner, which has changed neither in name nor in load.
            if (winner == _winners[node] && winner != index) return;
            _winners[node] = winner;
        }
    }
}
