using Director.Checks.Probes;
using Director.Net;

namespace Director.Checks;

/// <summary>The lines of the log; those of a kind of check are its settings' own.</summary>
internal static class CheckLine
{
    /// <summary>The line about a transition.</summary>
    /// <param name="server">The server; its service's protocol is named.</param>
    /// <param name="settings">The check.</param>
    /// <param name="transition">To what.</param>
    /// <param name="first">Whether this is its first conclusion, before which nothing is retried.</param>
    public static string Of(RealServerKey server, CheckSettings settings, CheckTransition transition, bool first)
    {
        var name = settings.Probe.IsTold ? server.ToString() : Name(server);
        return transition == CheckTransition.Passed
            ? settings.Probe.PassedLine(name)
            : settings.Probe.FailedLine(name, first ? 0 : settings.Retries);
    }

    /// <summary>The line about an attempt that this host could not make.</summary>
    public static string OfHindered(RealServerKey server, ProbeSettings probe, string? reason) =>
        $"{probe.Keyword} on service {Name(server)} cannot be made here, rescheduling: {reason}";

    /// <summary>The line about a failure that changes nothing.</summary>
    public static string OfFailure(RealServerKey server, CheckSettings settings, string? reason) =>
        $"{settings.Probe.FailedLine(Name(server), 0).TrimEnd('.')}: {reason}";

    /// <summary>The line about a check of which nothing is heard, or something again.</summary>
    public static string OfOverdue(RealServerKey server, ProbeSettings probe, bool isOverdue) => isOverdue
        ? $"{probe.Keyword} on service {Name(server)} is overdue: no result for three periods, and its state stands still"
        : $"{probe.Keyword} on service {Name(server)} has results again";

    /// <summary>The line about another weight.</summary>
    public static string OfWeight(RealServerKey server, ProbeSettings probe, string what) =>
        $"{probe.Keyword} on service {Name(server)}: {what}";

    /// <summary>What became of a server.</summary>
    public static string OfHealth(RealServerKey server, bool isUp) => $"{server} is {(isUp ? "up" : "down")}";

    private static string Name(RealServerKey server) => server.Server.ToString(server.Service.Protocol);
}
