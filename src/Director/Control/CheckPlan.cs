using Director.Checks;
using Director.Checks.Probes;
using Director.Config;

namespace Director.Control;

/// <summary>The checks that a configuration asks for, in the terms of the check runner. Pure.</summary>
internal static class CheckPlan
{
    /// <summary>Every real server with its checks; one without any is up for good.</summary>
    public static IEnumerable<ServerChecks> From(DirectorConfig config) =>
        config.VirtualServers.SelectMany(service => service.RealServers.Select(server =>
            new ServerChecks(new(service.Key, server.Endpoint), [.. server.Checks.Select(From)])));

    private static CheckSettings From(CheckConfig check) => new(
        Probe(check),
        check.Timing.Retries,
        check.Timing.DelayBeforeRetry,
        check.Timing.DelayLoop,
        check.Timing.Warmup,
        check.Timing.Alpha,
        check.Timing.LogsAllFailures);

    private static ProbeSettings Probe(CheckConfig check) => check switch
    {
        TcpCheckConfig tcp => new TcpProbeSettings(Connection(tcp.Connection)),
        BfdCheckConfig bfd => new BfdProbeSettings(bfd.Session),
        _ => throw new ArgumentOutOfRangeException(nameof(check), check.Keyword, "no probe makes this check"),
    };

    private static ConnectionSettings Connection(ConnectionConfig connection) => new(connection.Target, connection.Timeout)
    {
        BindTo = connection.BindTo,
        BindPort = connection.BindPort,
        BindInterface = connection.BindInterface,
        FirewallMark = connection.FirewallMark,
    };
}
