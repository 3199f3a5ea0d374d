namespace Director.Datapath.Scheduling;

/// <summary>
/// What lblc and lblcr share: servers are remembered for the destination, which is the service's address, so that there is one memory
/// (the kernel's table of them serves services by firewall mark). New servers are picked as by wlc.
/// </summary>
internal abstract class Locality(OverheadRule rule, TimeSpan expiration) : LeastLoaded<WeightedLeastConnections>(new(rule))
{
    /// <summary>How long it goes unused before it is forgotten (<c>lblc_expiration</c>, <c>lblcr_expiration</c>).</summary>
    protected TimeSpan Expiration { get; } = expiration;

    private LoadRanking<ActiveForWeight>? _idlest;

    /// <summary>
    /// Whether a server has more active connections than its weight while another has fewer than half of its own
    /// (<c>is_overloaded</c>); thresholds are another matter.
    /// </summary>
    protected bool HasTooMany(in PooledServer server)
    {
        if (server.State.ActiveConnections <= server.Weight) return false;
        if (Refresh()) return HasFew(_idlest!.Least);
        foreach (ref readonly var other in Pool.Servers)
            if (HasFew(default(ActiveForWeight).Of(other))) return true;
        return false;
    }

    protected override void OnSettled()
    {
        base.OnSettled();
        if (Pool.Count >= FewestRanked) _idlest = new(default, Pool);
    }

    protected override void Update(int index)
    {
        base.Update(index);
        _idlest!.Update(index);
    }

    private static bool HasFew(in Load active) => active.Amount * 2 < active.Weight;
}
