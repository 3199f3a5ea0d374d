using System.Globalization;
using Director.Checks.Probes;
using Director.Net;

namespace Director.Checks;

/// <summary>
/// The lines that keepalived's users grep for (keepalived check/check_tcp.c, check_bfd.c). They name the real server, also where
/// <c>connect_ip</c> or <c>connect_port</c> lead elsewhere.
/// </summary>
internal static class CheckLine
{
    /// <summary>The line about a transition.</summary>
    /// <param name="server">The server; its service's protocol is named.</param>
    /// <param name="settings">The check.</param>
    /// <param name="transition">To what.</param>
    /// <param name="first">Whether this is its first conclusion, before which nothing is retried.</param>
    public static string Of(RealServerKey server, CheckSettings settings, CheckTransition transition, bool first)
    {
        var name = Name(server);
        if (settings.Probe is BfdProbeSettings bfd)
        {
            var state = transition == CheckTransition.Passed ? "UP" : "DOWN";
            return $"BFD check of [{bfd.Session}] RS({name} of VS {server.Service}) is {state}";
        }

        if (transition == CheckTransition.Passed) return $"TCP connection to {name} success.";
        return settings.Retries > 0 && !first
            ? string.Create(CultureInfo.InvariantCulture, $"TCP_CHECK on service {name} failed after {settings.Retries} retries.")
            : $"TCP_CHECK on service {name} failed.";
    }

    /// <summary>The line about an attempt that this host could not make.</summary>
    public static string OfHindered(RealServerKey server, string? reason) =>
        $"TCP_CHECK on service {Name(server)} cannot be made here, rescheduling: {reason}";

    /// <summary>What became of a server.</summary>
    public static string OfHealth(RealServerKey server, bool isUp) => $"{server} is {(isUp ? "up" : "down")}";

    private static string Name(RealServerKey server) => server.Server.ToString(server.Service.Protocol);
}
