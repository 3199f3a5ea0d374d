namespace Director.Datapath.Scheduling;

/// <summary>The schedulers there are, by the names that keepalived and ipvsadm use.</summary>
public static class SchedulerCatalog
{
    /// <summary>The names, for a message that says what would have been understood.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "mh", "dh", "fo", "ovf", "sed", "nq", "twos"];

    /// <summary>Whether <paramref name="name"/> is a scheduler that a virtual service may name.</summary>
    public static bool Contains(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>A scheduler without servers.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="settings">The load rule, and how long some remember.</param>
    /// <param name="seed">Where random choices begin.</param>
    internal static Scheduler Make(string name, IpvsSettings settings, ulong seed) => name switch
    {
        "rr" => new RoundRobin(),
        "wrr" => new WeightedRoundRobin(),
        "lc" => new LeastLoaded<LeastConnections>(new(settings.Overhead)),
        "wlc" => new LeastLoaded<WeightedLeastConnections>(new(settings.Overhead)),
        "lblc" => new LocalityBased(settings.Overhead, settings.LblcExpiration),
        "lblcr" => new LocalityBasedReplicated(settings.Overhead, settings.LblcrExpiration),
        "sh" => new SourceHashing(),
        "mh" => new Maglev(),
        "dh" => new DestinationHashing(),
        "fo" => new LeastLoaded<WeightedFailover>(default),
        "ovf" => new LeastLoaded<WeightedOverflow>(default),
        "sed" => new LeastLoaded<ShortestExpectedDelay>(default),
        "nq" => new LeastLoaded<NeverQueue>(default),
        "twos" => new TwoRandomChoices(settings.Overhead, seed),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such scheduler"),
    };
}
