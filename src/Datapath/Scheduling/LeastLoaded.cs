namespace Director.Datapath.Scheduling;

/// <summary>Picks the server with the least load by <typeparamref name="TRule"/>, the newest of equals.</summary>
internal class LeastLoaded<TRule>(TRule rule) : Scheduler where TRule : struct, ILoadRule
{
    protected TRule Rule { get; } = rule;

    public override int Pick(in SchedulingRequest request) => PickLeast();

    /// <summary>Index of the server with the least load, or -1 if none may be picked.</summary>
    protected int PickLeast()
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
}
