namespace Director.Tests.Conformance;

/// <summary>
/// Scenarios that the kernel was recorded in, and that do not go so here. One that does go as in the kernel though it stands here
/// fails its test, so the lists only say what is true.
/// </summary>
internal static class Exceptions
{
    /// <summary>What cannot go as in the kernel yet: the missing feature.</summary>
    public static IReadOnlyDictionary<string, string> NotYet { get; } = new Dictionary<string, string>();

    /// <summary>What goes otherwise on purpose; docs/conformance.md says why.</summary>
    public static IReadOnlySet<string> OnPurpose { get; } = new HashSet<string>
    {
        "fragments",
        "keepalived-thresholds",
        "local-server-reset",
        "mtu-fragments",
        "stats-own-errors",
    };
}
