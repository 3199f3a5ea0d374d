using System.Globalization;
using Director.Config.Syntax;
using Director.Net;

namespace Director.Config;

/// <summary>Checks of real servers.</summary>
internal static class CheckRules
{
    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.UncheckedServer, Severity.Warning, "A real server has no check, and others of its pool have.",
            "It always counts as up: when it fails, its share of the clients is lost.",
            "give it the checks of the others")
        {
            Example = Samples.Service("real_server «192.0.2.22» 80 {\n    }"),
            Corrected = Samples.Service(Samples.Server("192.0.2.22 80", "")),
            Check = FindUnchecked,
        },
        new(DiagnosticCode.SharedCheckTarget, Severity.Warning, "Two real servers are checked at one and the same place.",
            "They come and go together, whichever of them fails: the connect_ip was probably copied from one to the other.",
            "check each server at its own address: leave connect_ip out, or mend it")
        {
            Example = Samples.Service("192.0.2.10 80",
                Samples.Server("192.0.2.21 80", "") + "\n    " + Samples.Server("192.0.2.22 80", "")
                    .Replace("TCP_CHECK {", "TCP_CHECK {\n            connect_ip «192.0.2.21»", StringComparison.Ordinal)),
            Corrected = Samples.Service("192.0.2.10 80",
                Samples.Server("192.0.2.21 80", "") + "\n    " + Samples.Server("192.0.2.22 80", "")),
            Check = FindSharedTargets,
        },
        new(DiagnosticCode.TimeoutAbovePeriod, Severity.Hint, "An attempt may take longer than there is between two.",
            "While a server hangs, checks are as far apart as the timeout and delay_loop together, and its failure is noticed late.",
            "write a connect_timeout below delay_loop")
        {
            Example = Samples.Service("192.0.2.10 80", "delay_loop 2\n    " + Samples.Server("192.0.2.21 80", "")
                .Replace("TCP_CHECK {", "TCP_CHECK {\n            connect_timeout «10»", StringComparison.Ordinal)),
            Corrected = Samples.Service("192.0.2.10 80", "delay_loop 2\n    " + Samples.Server("192.0.2.21 80", "")
                .Replace("TCP_CHECK {", "TCP_CHECK {\n            connect_timeout 1", StringComparison.Ordinal)),
            Check = FindLongTimeouts,
        },
    ];

    /// <summary>Where a check connects; null if its kind does not, or is not known here.</summary>
    private static ConnectionConfig? ConnectionOf(CheckConfig check) => check switch
    {
        TcpCheckConfig tcp => tcp.Connection,
        HttpCheckConfig http => http.Connection,
        SmtpCheckConfig smtp => smtp.Connection,
        DnsCheckConfig dns => dns.Connection,
        UdpCheckConfig udp => udp.Connection,
        PingCheckConfig ping => ping.Connection,
        _ => null,
    };

    private static IEnumerable<Diagnostic> FindSharedTargets(LintContext context)
    {
        foreach (var service in context.Config.VirtualServers)
        {
            var firsts = new Dictionary<(string Keyword, Endpoint Target), (RealServerConfig Server, CheckConfig Check)>();
            foreach (var server in service.RealServers)
            {
                foreach (var check in server.Checks)
                {
                    if (ConnectionOf(check)?.Target is not { } target) continue;
                    if (firsts.TryAdd((check.Keyword, target), (server, check))) continue;
                    var first = firsts[(check.Keyword, target)];
                    // Several ports of one host may well be checked at one of them.
                    if (first.Server == server || first.Server.Endpoint.Address == server.Endpoint.Address) continue;
                    yield return context.About(DiagnosticCode.SharedCheckTarget, check.Location, "connect_ip",
                        $"{target.Address} is where {first.Server.Endpoint.Address} is checked, too", null,
                        new RelatedPlace(first.Check.Location, 0, "the other check"));
                }
            }
        }
    }

    /// <summary>Once for a virtual server, whose servers have mostly the same.</summary>
    private static IEnumerable<Diagnostic> FindLongTimeouts(LintContext context) =>
        from service in context.Config.VirtualServers
        let slow = service.RealServers.SelectMany(server => server.Checks)
            .FirstOrDefault(check => ConnectionOf(check)?.Timeout > check.Timing.DelayLoop)
        where slow is not null
        let code = DiagnosticCode.TimeoutAbovePeriod
        select context.About(code, slow.Location, "connect_timeout", string.Create(CultureInfo.InvariantCulture,
            $"an attempt may take {ConnectionOf(slow)!.Timeout.TotalSeconds:0.###} s, and one is made every ") +
            string.Create(CultureInfo.InvariantCulture, $"{slow.Timing.DelayLoop.TotalSeconds:0.###} s"));

    private static IEnumerable<Diagnostic> FindUnchecked(LintContext context) =>
        from service in context.Config.VirtualServers
        let with = service.RealServers.FirstOrDefault(server => server.Checks.Count > 0)
        where with is not null
        from server in service.RealServers
        where server.Checks.Count == 0 && context.At(server.Location) is { } block && !HasBlocks(block)
        select context.About(DiagnosticCode.UncheckedServer, server.Location, null,
            $"{server.Endpoint} has no check and always counts as up", null, new RelatedPlace(with.Location, 0, "this one has"));

    /// <summary>Whether it has a check that was written and is not done.</summary>
    private static bool HasBlocks(Statement server) => server.Block?.Statements.Any(statement => statement.Block is not null) == true;
}
