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
        var target = settings.Probe switch
        {
            TcpProbeSettings tcp => tcp.Target.ToString(server.Service.Protocol),
            _ => server.Server.ToString(server.Service.Protocol),
        };
        if (transition == CheckTransition.Passed) return $"TCP connection to {target} success.";
        return settings.Retries > 0 && !first
            ? string.Create(CultureInfo.InvariantCulture, $"TCP_CHECK on service {target} failed after {settings.Retries} retries.")
            : $"TCP_CHECK on service {target} failed.";
    }
}
