using Director.Checks;
using Director.Checks.Probes;
using Director.Config;
using Director.Net;
using Director.Trackers;

namespace Director.Control;

/// <summary>The checks that a configuration asks for, in the terms of the check runner. Pure.</summary>
internal static class CheckPlan
{
    /// <summary>Every real server with its checks; one without any is up for good.</summary>
    public static IEnumerable<ServerChecks> From(DirectorConfig config) =>
        From(config, ScriptResolver.OfThisProcess(config.Globals.ScriptPolicy));

    /// <summary>The same, with scripts as <paramref name="resolver"/> finds them.</summary>
    public static IEnumerable<ServerChecks> From(DirectorConfig config, ScriptResolver resolver)
    {
        return config.VirtualServers.SelectMany(service => service.RealServers.Select(server =>
            new ServerChecks(new(service.Key, server.Endpoint), [.. server.Checks.Select(check => From(check, config, resolver))])
            {
                Needs = NeedsOf(service),
            }));
    }

    /// <summary>What must be on this host for the checks of a service to be made; null if nothing must.</summary>
    public static string? NeedsOf(VirtualServerConfig service) => service.SuspendsChecks ? string.Join(' ', VipsOf(service)) : null;

    /// <summary>Of what checks need that which is met while these addresses are on this host: one of a service is enough.</summary>
    public static IReadOnlySet<string> Met(DirectorConfig config, IReadOnlyCollection<IpAddress128> own) => config.VirtualServers
        .Where(service => service.SuspendsChecks && VipsOf(service).Any(own.Contains))
        .Select(service => NeedsOf(service)!).ToHashSet();

    private static IEnumerable<IpAddress128> VipsOf(VirtualServerConfig service) =>
        service.Keys.Select(key => key.Virtual.Address).Distinct();

    private static CheckSettings From(CheckConfig check, DirectorConfig config, ScriptResolver resolver) => new(
        Probe(check, config, resolver),
        check.Timing.Retries,
        check.Timing.DelayBeforeRetry,
        check.Timing.DelayLoop,
        check.Timing.Warmup,
        check.Timing.Alpha,
        check.Timing.LogsAllFailures)
    {
        Rise = check.Timing.Rise,
    };

    private static ProbeSettings Probe(CheckConfig check, DirectorConfig config, ScriptResolver resolver) => check switch
    {
        TcpCheckConfig tcp => new TcpProbeSettings(Connection(tcp.Connection)),
        HttpCheckConfig http => HttpCheckPlan.From(http, Connection(http.Connection), config.Tls),
        SmtpCheckConfig smtp => new SmtpProbeSettings(Connection(smtp.Connection), smtp.HeloName),
        DnsCheckConfig dns => new DnsProbeSettings(Connection(dns.Connection), Enum.Parse<DnsRecordType>(dns.Type), dns.Name),
        UdpCheckConfig udp => new UdpProbeSettings(Connection(udp.Connection))
        {
            Payload = udp.Payload,
            Reply = udp.Reply is { } reply ? new(reply) : null,
            MinReplyLength = udp.MinReplyLength,
            MaxReplyLength = udp.MaxReplyLength,
        },
        PingCheckConfig ping => new PingProbeSettings(Connection(ping.Connection)),
        BfdCheckConfig bfd => new BfdProbeSettings(bfd.Session),
        MiscCheckConfig misc => new ScriptProbeSettings(resolver.Resolve(misc.Script), misc.Timeout, misc.IsDynamic),
        FileCheckConfig file => From(file, config),
        _ => throw new ArgumentOutOfRangeException(nameof(check), check.Keyword, "no probe makes this check"),
    };

    private static FileProbeSettings From(FileCheckConfig check, DirectorConfig config)
    {
        var file = config.TrackFiles.FirstOrDefault(file => file.Name == check.File);
        var (weight, isReversed) = check.Weight is { } own ? (own, check.IsReversed) : (file?.Weight ?? 1, file?.IsReversed ?? false);
        return new(check.File, weight, isReversed);
    }

    private static ConnectionSettings Connection(ConnectionConfig connection) => new(connection.Target, connection.Timeout)
    {
        BindTo = connection.BindTo,
        BindPort = connection.BindPort,
        BindInterface = connection.BindInterface,
        FirewallMark = connection.FirewallMark,
    };
}
