namespace Director.Perf.Routers;

/// <summary>What one machine is told.</summary>
/// <param name="Routers">Its virtual routers.</param>
/// <param name="Blocks">Further blocks, as keepalived.conf(5) has them. Not for FRR.</param>
/// <param name="Globals">Lines of <c>global_defs</c>. Not for FRR.</param>
internal sealed record PeerPlan(IReadOnlyList<RouterPlan> Routers, IReadOnlyList<string> Blocks, IReadOnlyList<string> Globals)
{
    /// <summary>Virtual routers only.</summary>
    public PeerPlan(params IReadOnlyList<RouterPlan> routers)
        : this(routers, [], [])
    {
    }
}
