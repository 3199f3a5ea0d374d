namespace Director.Datapath.Scheduling;

/// <summary>
/// Picks servers for one service: a pool and, where the rule has memory, a cursor. A new table gets a successor
/// (<see cref="Succeed"/>), so a scheduler only ever sees the pool of its own table. Calls are made under the service's lock.
/// </summary>
internal abstract class Scheduler
{
    /// <summary>The servers to pick from.</summary>
    public ServerPool Pool { get; private set; } = ServerPool.Empty;

    /// <summary>What the service says of it. May be changed until the first pick.</summary>
    public SchedulerFlags Flags { get; set; }

    /// <summary>Index in <see cref="Pool"/> of the server for a new connection, or -1 if none may take it. Moves the cursor.</summary>
    public abstract int Pick(in SchedulingRequest request);

    /// <summary>A copy that may pick without moving this one's cursor.</summary>
    public virtual Scheduler Copy() => (Scheduler)MemberwiseClone();

    /// <summary>
    /// A scheduler for <paramref name="pool"/> with this one's memory, told of each difference in the order in which keepalived tells
    /// the kernel: removals, changes of weight or thresholds, additions from the oldest to the newest.
    /// </summary>
    public Scheduler Succeed(ServerPool pool)
    {
        var next = Copy();
        var wanted = new Dictionary<int, PooledServer>(pool.Count);
        foreach (ref readonly var server in pool.Servers) wanted.Add(server.State.Id, server);
        var present = new List<PooledServer>(Pool.Servers.ToArray());
        for (var i = present.Count - 1; i >= 0; i--)
        {
            if (wanted.ContainsKey(present[i].State.Id)) continue;
            next.OnRemoving(i);
            present.RemoveAt(i);
            next.Pool = new([.. present]);
            next.OnRemoved();
        }

        for (var i = 0; i < present.Count; i++)
        {
            wanted.Remove(present[i].State.Id, out var changed);
            if (changed == present[i]) continue;
            present[i] = changed;
            next.Pool = new([.. present]);
            next.OnUpdated();
        }

        for (var i = pool.Count - 1; i >= 0; i--)
        {
            if (!wanted.ContainsKey(pool[i].State.Id)) continue;
            present.Insert(0, pool[i]);
            next.Pool = new([.. present]);
            next.OnAdded();
        }

        next.Pool = pool;
        next.OnSettled();
        return next;
    }

    /// <summary>
    /// Leaves the service to a scheduler of another kind, which begins with the servers of before and then hears what changes, as when
    /// keepalived edits a service (Linux net/netfilter/ipvs/ip_vs_ctl.c <c>ip_vs_edit_service</c>).
    /// </summary>
    public Scheduler Yield(Scheduler other, ServerPool pool)
    {
        other.Pool = Pool;
        other.OnBegun();
        return other.Succeed(pool);
    }

    /// <summary>The client's port if the service wants it hashed, else 0.</summary>
    protected uint PortOf(in SchedulingRequest request) => (Flags & SchedulerFlags.Port) != 0 ? request.Client.Port : 0u;

    /// <summary>The service, with servers in <see cref="Pool"/>, has this scheduler from now on.</summary>
    protected virtual void OnBegun()
    {
    }

    /// <summary>The server at <paramref name="index"/> of <see cref="Pool"/> is about to leave it.</summary>
    protected virtual void OnRemoving(int index)
    {
    }

    /// <summary>A server has left <see cref="Pool"/>.</summary>
    protected virtual void OnRemoved()
    {
    }

    /// <summary>A server of <see cref="Pool"/> has a new weight or new thresholds.</summary>
    protected virtual void OnUpdated()
    {
    }

    /// <summary>A server has joined <see cref="Pool"/>, as its first.</summary>
    protected virtual void OnAdded()
    {
    }

    /// <summary>All changes have been told: <see cref="Pool"/> is the one to pick from.</summary>
    protected virtual void OnSettled()
    {
    }
}
