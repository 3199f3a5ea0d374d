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
            new ServerChecks(new(service.Key, server.Endpoint), [.. server.TcpChecks.Select(From), .. server.BfdChecks.Select(From)])));

    private static CheckSettings From(TcpCheckConfig check) => new(
        new TcpProbeSettings(check.Target, check.ConnectTimeout, check.BindTo),
        check.Retries,
        check.DelayBeforeRetry,
        check.DelayLoop,
        check.Warmup,
        check.Alpha);

    /// <summary>It is told and never tried, so that no delay means anything.</summary>
    private static CheckSettings From(BfdCheckConfig check) =>
        new(new BfdProbeSettings(check.Session), Retries: 0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, check.Alpha);
}
