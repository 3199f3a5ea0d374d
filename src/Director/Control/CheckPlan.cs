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
            new ServerChecks(new(service.Key, server.Endpoint), [.. server.Checks.Select(check => From(check, config.Tls))])));

    private static CheckSettings From(CheckConfig check, TlsClientConfig tls) => new(
        Probe(check, tls),
        check.Timing.Retries,
        check.Timing.DelayBeforeRetry,
        check.Timing.DelayLoop,
        check.Timing.Warmup,
        check.Timing.Alpha,
        check.Timing.LogsAllFailures);

    private static ProbeSettings Probe(CheckConfig check, TlsClientConfig tls) => check switch
    {
        TcpCheckConfig tcp => new TcpProbeSettings(Connection(tcp.Connection)),
        HttpCheckConfig http => HttpCheckPlan.From(http, Connection(http.Connection), tls),
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
