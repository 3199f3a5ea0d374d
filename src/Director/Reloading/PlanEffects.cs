using Director.Config;
using Director.Control;

namespace Director.Reloading;

/// <summary>What follows from the steps of a plan, for connections, checks and virtual routers. Pure but for what it asks.</summary>
internal sealed class PlanEffects(DirectorConfig before, DirectorConfig after, IPlanSubject? live)
{
    private readonly HashSet<string> _anew = Anew(before, after);

    /// <summary>A step with what follows from it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="old">The object as it was; of an addition as it is.</param>
    /// <param name="now">The object as it is; of a removal as it was.</param>
    public PlanStep Of(PlanStep step, OutlineObject old, OutlineObject now) => step with
    {
        Connections = step.Change == PlanChange.Added || live is null ? null : ConnectionsOf(step, old),
        Effect = EffectOf(step, now),
    };

    private long? ConnectionsOf(PlanStep step, OutlineObject item) => step.Kind switch
    {
        PlanKind.Server when item is { Service: { } service, Server: { } server } => ConnectionsOf(service, server),
        PlanKind.Service when item.Service is { } service => ConnectionsOf(service),
        PlanKind.Global when step.Keyword?.StartsWith("lvs_timeouts", StringComparison.Ordinal) == true =>
            before.VirtualServers.Sum(ConnectionsOf),
        PlanKind.Instance when item.Instance is { } instance && (step.Change == PlanChange.Removed || _anew.Contains(instance.Name)) =>
            ConnectionsBy(instance.AllAddresses()),
        PlanKind.Owned when step.Change == PlanChange.Removed && item.Said is VirtualAddressConfig address => ConnectionsBy([address]),
        _ => null,
    };

    private long ConnectionsBy(IEnumerable<VirtualAddressConfig> addresses)
    {
        var vips = addresses.Select(address => address.Address).ToHashSet();
        return before.VirtualServers.Where(service => service.Keys.Any(key => vips.Contains(key.Virtual.Address))).Sum(ConnectionsOf);
    }

    private long ConnectionsOf(VirtualServerConfig service) =>
        service.AllServers.DistinctBy(server => server.Endpoint).Sum(server => ConnectionsOf(service, server));

    private long ConnectionsOf(VirtualServerConfig service, RealServerConfig server) =>
        service.Keys.Sum(key => live!.ConnectionsOf(key, server.EndpointAt(key.Virtual.Port)));

    private string? EffectOf(PlanStep step, OutlineObject item) => (step.Kind, step.Change) switch
    {
        (PlanKind.Instance, _) => OfInstance(step, item.Instance!),
        (PlanKind.Owned, PlanChange.Added) when IsMaster(item) => item.Said is VirtualAddressConfig
            ? "added to the interface and announced"
            : "added",
        (PlanKind.Owned, PlanChange.Removed) when IsMaster(item) => "removed from this host; nothing else of the instance is touched",
        (PlanKind.Group, _) => "members keep their states, as far as the group's rules allow",
        (PlanKind.Tracker, PlanChange.Added) => "holds no instance in FAULT until it has a result",
        (PlanKind.Tracker, PlanChange.Changed) => "looked at in the new way; the last result holds until there is another",
        (PlanKind.Bfd, PlanChange.Changed) =>
            "goes on with the new values; with another neighbour, source or multihop it begins anew",
        (PlanKind.Service, PlanChange.Added) => "takes connections at once",
        (PlanKind.Service, PlanChange.Removed) => "its connections end: their packets are dropped",
        (PlanKind.Service, PlanChange.Changed) => OfService(step.Keyword!),
        (PlanKind.Server, PlanChange.Added) => OfNewServer(item),
        (PlanKind.Server, PlanChange.Removed) => "its connections lose their server: their packets are dropped unless it comes back",
        (PlanKind.Server, PlanChange.Changed) => OfServer(step),
        (PlanKind.Check, PlanChange.Added) => "tried within its warm-up; passes until then, unless it is alpha",
        (PlanKind.Check, PlanChange.Removed) => "no longer keeps the server down",
        (PlanKind.Check, PlanChange.Changed) => "begins anew: what it knew is forgotten, and it passes until it has been tried",
        (PlanKind.Global, PlanChange.Changed) => OfGlobal(step.Keyword!),
        _ => null,
    };

    private bool IsMaster(OutlineObject item) => live is not null && item.Instance is { } instance && live.IsMaster(instance.Name);

    private string? OfInstance(PlanStep step, VrrpInstanceConfig instance)
    {
        var isMaster = live?.IsMaster(instance.Name) == true;
        if (step.Change == PlanChange.Added) return "begins as backup, or as its state says once no other is heard";
        if (step.Change == PlanChange.Removed)
            return isMaster ? "is master: resigns and removes its addresses, a failover" : "is not master: nothing moves";
        if (_anew.Contains(instance.Name))
        {
            return isMaster
                ? "another virtual router: the one that is master resigns, a failover, and this begins anew"
                : "another virtual router: begins anew";
        }

        return step.Keyword switch
        {
            "priority" => isMaster
                ? "in its next advert; it stays master unless a peer then has a higher one"
                : "in force at once; it takes over if it is now higher than the master's and may preempt",
            "advert_int" => "from the next advert on; peers of version 2 must have the same",
            "auth_pass" => "from the next advert on; peers must have the same",
            "state" => "means something at a start only",
            _ => null,
        };
    }

    private static string OfService(string keyword) => keyword switch
    {
        "lb_algo" or "flags" => "connections stay with their servers; new ones are spread by it",
        "lb_kind" => "of servers that do not say otherwise",
        "persistence_timeout" or "persistence_granularity" => "connections stay; clients are remembered by it from their next one on",
        _ => "connections stay",
    };

    private static string OfNewServer(OutlineObject item) => item switch
    {
        { Server.StartsDown: true } => "takes connections once its alpha checks pass",
        { Service.SorryServer: { } sorry } when ReferenceEquals(sorry, item.Server) => "serves while there is no quorum",
        _ => "takes connections at once",
    };

    private static string OfServer(PlanStep step) => step switch
    {
        { Keyword: "weight", After: "0" } => "its connections go on; it takes no new ones",
        { Keyword: "weight" } => "its connections stay; new ones are spread by it",
        { Keyword: "lvs_method" } => "its connections keep their way; new ones take the other",
        _ => "its connections stay",
    };

    private static string? OfGlobal(string keyword) => keyword switch
    {
        "lvs_timeouts tcp" or "lvs_timeouts tcpfin" or "lvs_timeouts udp" => "of all connections, from their next packet on",
        "startup_script" => "run at the next start only",
        _ => null,
    };

    /// <summary>The instances that keep their name and become other virtual routers, by the rule of the engine itself.</summary>
    private static HashSet<string> Anew(DirectorConfig before, DirectorConfig after)
    {
        var old = VrrpSettings.From(before).ToDictionary(settings => settings.Name);
        return [.. VrrpSettings.From(after)
            .Where(settings => old.TryGetValue(settings.Name, out var previous) && !previous.IsSameRouterAs(settings))
            .Select(settings => settings.Name)];
    }
}
