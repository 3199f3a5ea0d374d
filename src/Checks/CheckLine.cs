using System.Globalization;
using Director.Checks.Probes;

namespace Director.Checks;

/// <summary>The lines that keepalived's users grep for (keepalived check/check_tcp.c).</summary>
internal static class CheckLine
{
    /// <summary>The line about a transition.</summary>
    /// <param name="server">The server; its service's protocol is named.</param>
    /// <param name="settings">The check.</param>
    /// <param name="transition">To what.</param>
    /// <param name="first">Whether this is its first conclusion, before which nothing is retried.</param>
    public static string Of(ServerKey server, CheckSettings settings, CheckTransition transition, bool first)
    {
        var target = Target(server, settings);
        if (transition == CheckTransition.Passed) return $"TCP connection to {target} success.";
        return settings.Retries > 0 && !first
            ? string.Create(CultureInfo.InvariantCulture, $"TCP_CHECK on service {target} failed after {settings.Retries} retries.")
            : $"TCP_CHECK on service {target} failed.";
    }

    /// <summary>The line about an attempt that this host could not make.</summary>
    public static string OfHindered(ServerKey server, CheckSettings settings, string? reason) =>
        $"TCP_CHECK on service {Target(server, settings)} cannot be made here, rescheduling: {reason}";

    private static string Target(ServerKey server, CheckSettings settings) => settings.Probe switch
    {
        TcpProbeSettings tcp => tcp.Target.ToString(server.Service.Protocol),
        _ => server.Server.ToString(server.Service.Protocol),
    };
}
