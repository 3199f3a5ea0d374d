namespace Director.Tests.Conformance;

/// <summary>
/// Scenarios that go otherwise here on purpose than in the kernel; docs/conformance.md says why. One that does go as in the kernel though
/// it stands here fails its test, so the list only says what is true.
/// </summary>
internal static class Deviations
{
    /// <summary>Their names.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>
    {
        "fragments",
        "keepalived-thresholds",
        "local-server-reset",
        "mtu-fragments",
        "stats-own-errors",
    };
}
