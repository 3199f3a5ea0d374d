namespace Director.Datapath.Scheduling;

/// <summary>
/// Picks servers for one service: a pool and, where the rule has memory, a cursor. A new table gets a successor
/// (<see cref="Succeed"/>), so a scheduler only ever sees the pool of its own table. Calls are made under the service's lock.
/// </summary>
internal abstract class Scheduler
{
    /// <summary>The servers to pick from.</summary>
    public ServerPool Pool { get; private set; } = ServerPool.Empty;

    /// <summary>Index in <see cref="Pool"/> of the server for a new connection, or -1 if none may take it. Moves the cursor.</summary>
    public abstract int Pick(in SchedulingRequest request);

    /// <summary>A copy that may pick without moving this one's cursor.</summary>
    public virtual Scheduler Copy() => (Scheduler)MemberwiseClone();

    /// <summary>
    /// A scheduler for <paramref name="pool"/> with this one's memory, told of each difference in the order in which keepalived tells
    /// the kernel: removals, changes of weight, additions from the oldest to the newest.
    /// </summary>
    public Scheduler Succeed(ServerPool pool)
    {
        var next = Copy();
        var present = new List<PooledServer>(Pool.Servers.ToArray());
        for (var i = present.Count - 1; i >= 0; i--)
        {
            if (pool.IndexOf(present[i].State.Id) >= 0) continue;
            next.OnRemoving(i);
            present.RemoveAt(i);
            next.Pool = new(present.ToArray());
            next.OnRemoved();
        }

        for (var i = 0; i < present.Count; i++)
        {
            var changed = pool[pool.IndexOf(present[i].State.Id)];
            if (changed.Weight == present[i].Weight) continue;
            present[i] = changed;
            next.Pool = new(present.ToArray());
            next.OnUpdated();
        }

        for (var i = pool.Count - 1; i >= 0; i--)
        {
            if (next.Pool.IndexOf(pool[i].State.Id) >= 0) continue;
            present.Insert(0, pool[i]);
            next.Pool = new(present.ToArray());
            next.OnAdded();
        }

        next.Pool = pool;
        return next;
    }

    /// <summary>The server at <paramref name="index"/> of <see cref="Pool"/> is about to leave it.</summary>
    protected virtual void OnRemoving(int index)
    {
    }

    /// <summary>A server has left <see cref="Pool"/>.</summary>
    protected virtual void OnRemoved()
    {
    }

    /// <summary>A server of <see cref="Pool"/> has a new weight.</summary>
    protected virtual void OnUpdated()
    {
    }

    /// <summary>A server has joined <see cref="Pool"/>, as its first.</summary>
    protected virtual void OnAdded()
    {
    }
}
