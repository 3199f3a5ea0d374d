using System.Collections.Frozen;
using Director.Datapath.Scheduling;
using Director.Datapath.Tracking;
using Director.Net;

namespace Director.Datapath.Tables;

/// <content>How the next table is made.</content>
public sealed partial class ForwardingTable
{
    /// <summary>How long a removed server that nothing refers to keeps its counters (Linux <c>IP_VS_DEST_TRASH_PERIOD</c>).</summary>
    public static TimeSpan TrashPeriod { get; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// Makes the table that <paramref name="services"/> ask for. A service that stays keeps its scheduler's place and its servers'
    /// order: those that join go to the head, as the kernel adds them. A server that comes back while a connection refers to it, or
    /// within <see cref="TrashPeriod"/>, is the one that left. To be called by one thread, and published: server states are shared.
    /// </summary>
    /// <remarks>
    /// It costs what has changed: a specification that is the same object as before is not looked at, and of a <see
    /// cref="PagedArray{T}"/> whose keys stay in their places only the pages that are others.
    /// </remarks>
    /// <param name="services">What is wanted; every scheduler known to <see cref="SchedulerCatalog"/>, no key twice.</param>
    /// <param name="previous">The table that workers use at present.</param>
    /// <param name="now">The present.</param>
    /// <param name="own">
    /// The host's own addresses, in a collection that does not change any more; null if they are what they were.
    /// </param>
    /// <param name="links">
    /// The links by number: the port's devices, each under its own, then the VLANs on them. Null if they are what they were; else the old
    /// ones have kept their numbers.
    /// </param>
    /// <param name="timeouts">How long connections stay without a packet; null if that is what it was.</param>
    /// <exception cref="ArgumentException">
    /// A service or server is listed twice, a scheduler is unknown, a weight or prefix length is out of its range, or there are more
    /// than <see cref="DatapathLimits.MaxRealServers"/> servers.
    /// </exception>
    public static ForwardingTable Build(
        IReadOnlyCollection<VirtualServiceSpec> services, ForwardingTable previous, MonoTime now,
        IReadOnlyCollection<IpAddress128>? own = null, IEnumerable<LinkSpec>? links = null, ConnectionTimeouts? timeouts = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(previous);
        var desired = PagedArray<VirtualServiceSpec>.Of(services);
        var hasSameKeys = HasKeysOf(previous, desired);
        var index = hasSameKeys ? previous.Index : IndexOf(desired);
        List<int> changed = [.. hasSameKeys ? desired.ChangesSince(previous.Desired) : ChangedPlaces(desired, previous)];
        foreach (var place in changed) Validate(desired[place]);

        var draft = new Draft(previous, now);
        if (!hasSameKeys) draft.Remove(previous.Services.Where(service => !index.ContainsKey(service.Key)));
        // All servers first: if there are too many of them, no service has been touched yet.
        var pools = changed.ConvertAll(place => draft.PoolOf(desired[place]));
        var made = previous.Services.Edit(desired.Count);
        if (!hasSameKeys)
            for (var place = 0; place < desired.Count; place++) made[place] = previous.Find(desired[place].Key)!;
        for (var i = 0; i < changed.Count; i++) made[changed[i]] = draft.ServiceOf(desired[changed[i]], pools[i]);

        var table = draft.ToTable(made.ToPagedArray(), desired, index);
        table.OwnAddresses = own is null || ReferenceEquals(own, previous.OwnSource) ? previous.OwnAddresses : own.ToFrozenSet();
        table.OwnSource = own ?? previous.OwnSource;
        table._links = links is null ? previous._links : [.. links.Select(LinkEntry.Of)];
        table.Timeouts = timeouts ?? previous.Timeouts;
        table.NumberRules(previous);
        return table;
    }

    /// <summary>Whether the same services stand in the same places; only specifications that changed are looked at.</summary>
    private static bool HasKeysOf(ForwardingTable previous, PagedArray<VirtualServiceSpec> desired) =>
        desired.Count == previous.Desired.Count
        && desired.ChangesSince(previous.Desired).All(place => desired[place].Key == previous.Desired[place].Key);

    private static Dictionary<ServiceKey, int> IndexOf(PagedArray<VirtualServiceSpec> desired)
    {
        var index = new Dictionary<ServiceKey, int>(desired.Count);
        foreach (var spec in desired)
            if (!index.TryAdd(spec.Key, index.Count)) throw new ArgumentException($"virtual service {spec.Key} is listed twice");
        return index;
    }

    private static IEnumerable<int> ChangedPlaces(PagedArray<VirtualServiceSpec> desired, ForwardingTable previous) =>
        Enumerable.Range(0, desired.Count).Where(place =>
            !previous.Index.TryGetValue(desired[place].Key, out var before) || !ReferenceEquals(previous.Desired[before], desired[place]));

    private static void Validate(VirtualServiceSpec spec)
    {
        var bits = spec.Key.Virtual.Address.IsV4 ? 32 : 128;
        if (!SchedulerCatalog.Contains(spec.Scheduler))
            throw new ArgumentException($"virtual service {spec.Key}: no scheduler is named '{spec.Scheduler}'");
        if (spec.IsOnePacket && spec.Key.Protocol != IpProtocol.Udp)
            throw new ArgumentException($"virtual service {spec.Key}: one-packet scheduling is for UDP");
        if (spec.PersistenceTimeout <= TimeSpan.Zero)
            throw new ArgumentException($"virtual service {spec.Key}: persistence timeout is not positive");
        if (spec.PersistenceTimeout is not null && (spec.PersistencePrefixLength < 0 || spec.PersistencePrefixLength > bits))
            throw new ArgumentException($"virtual service {spec.Key}: persistence prefix is not within 0-{bits}");
        var endpoints = new HashSet<Endpoint>(spec.Servers.Count);
        foreach (var server in spec.Servers)
        {
            if (!endpoints.Add(server.Endpoint))
                throw new ArgumentException($"real server {server.Endpoint} of {spec.Key} is listed twice");
            if (server.Weight < 0)
                throw new ArgumentException($"real server {server.Endpoint} of {spec.Key} has a negative weight");
            if (server.Thresholds.Lower < 0 || server.Thresholds.Lower > server.Thresholds.Upper)
                throw new ArgumentException($"real server {server.Endpoint} of {spec.Key}: bad thresholds");
        }
    }
}
