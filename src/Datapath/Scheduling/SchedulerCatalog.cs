using System.Diagnostics.CodeAnalysis;

namespace Director.Datapath.Scheduling;

/// <summary>The schedulers there are, by the names that keepalived and ipvsadm use.</summary>
public static class SchedulerCatalog
{
    /// <summary>The names, for a message that says what would have been understood.</summary>
    public static IReadOnlyList<string> Names { get; } = ["lc", "rr", "wlc", "wrr"];

    /// <summary>Whether <paramref name="name"/> is a scheduler that a virtual service may name.</summary>
    public static bool Contains(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>A scheduler without servers, or false if there is none of that name.</summary>
    internal static bool TryGet(string name, Compat compat, [NotNullWhen(true)] out Scheduler? scheduler)
    {
        scheduler = name switch
        {
            "rr" => new RoundRobin(),
            "wrr" => new WeightedRoundRobin(),
            "lc" => new LeastConnections(compat.Overhead),
            "wlc" => new WeightedLeastConnections(compat.Overhead),
            _ => null,
        };
        return scheduler is not null;
    }
}
