namespace Director.Config;

/// <summary>Virtual servers and the pools behind them.</summary>
internal static class ServiceRules
{
    private static readonly string One = Samples.Server("192.0.2.21 80", "");

    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.DuplicateVirtualServer, Severity.Error, "Two virtual servers have one address, port and protocol.",
            "keepalived takes both and forwards to whichever it has set up last.",
            "put the real servers into one block, or change the port or the protocol")
        {
            Example = Samples.Service("") + Samples.Mark(Samples.Service(""), "virtual_server"),
            Corrected = Samples.Service("") + Samples.Service("").Replace(".10 80", ".10 81", StringComparison.Ordinal),
        },
        new(DiagnosticCode.DuplicateRealServer, Severity.Warning, "Two real servers of a virtual server are one.",
            "The second is ignored, with its weight and its checks.",
            "remove it, or mend its address or port")
        {
            Example = Samples.Service("192.0.2.10 80", One + "\n    " + Samples.Mark(One, "real_server")),
            Corrected = Samples.Service("192.0.2.10 80", One + "\n    " + Samples.Server("192.0.2.22 80", "")),
        },
        new(DiagnosticCode.NoRealServer, Severity.Warning, "A virtual server has no real server.",
            "It is left out: clients are refused.",
            "add a real_server, or remove the block")
        {
            Example = Samples.Mark(Samples.Service("192.0.2.10 80", ""), "virtual_server"),
            Corrected = Samples.Service(""),
        },
        new(DiagnosticCode.PortIgnored, Severity.Warning, "The forwarding method cannot reach that port of the real server.",
            "With DR and TUN a packet comes to the server as the client has sent it, port included: the server must listen on the port of "
            + "the virtual server, whatever is written here. A virtual server for all ports keeps each port, too.",
            "write the port of the virtual server, or lb_kind NAT")
        {
            Example = Samples.Service(One.Replace(".21 80", ".22 «8080»", StringComparison.Ordinal))
                .Replace("NAT", "DR", StringComparison.Ordinal),
            Corrected = Samples.Service(One.Replace(".21 80", ".22 8080", StringComparison.Ordinal)),
        },
        new(DiagnosticCode.AllPortsPersistence, Severity.Warning, "A virtual server for all ports has persistence, written or not.",
            "Without, the connections of one client would go to servers that do not know of each other. 360 seconds are used.",
            "write persistence_timeout, or a port")
        {
            Example = Samples.Service("«192.0.2.10»", "real_server 192.0.2.21 {\n    }"),
            Corrected = Samples.Service("192.0.2.10", "persistence_timeout 360\n    real_server 192.0.2.21 {\n    }"),
        },
        new(DiagnosticCode.PersistenceZero, Severity.Warning, "persistence_timeout 0 is no time to persist for.",
            "keepalived calls it out of range and goes on without persistence, as the director does.",
            "remove the line for no persistence, or write 1 to 2678400 seconds")
        {
            Example = Samples.Service("persistence_timeout «0»"),
            Corrected = Samples.Service("persistence_timeout 50"),
        },
        new(DiagnosticCode.QuorumUnreachable, Severity.Warning, "The quorum is above the weights of all real servers together.",
            "It could never be reached, so it is lowered to their sum; then each server that fails loses it.",
            "lower it, or raise the weights")
        {
            Example = Samples.Service("quorum «3»"),
            Corrected = Samples.Service("quorum 1"),
        },
        new(DiagnosticCode.HysteresisTooHigh, Severity.Warning, "The hysteresis is not below the quorum.",
            "The quorum could never be lost, so the hysteresis is lowered.",
            "write a hysteresis below the quorum")
        {
            Example = Samples.Service("quorum 1\n    hysteresis «1»"),
            Corrected = Samples.Service("quorum 1\n    hysteresis 0"),
        },
        new(DiagnosticCode.SchedulerFlag, Severity.Warning, "The flag is of another scheduler.",
            "It does nothing: with sh-port and lb_algo rr, a client's port changes nothing.",
            "write the lb_algo that it is for, or remove it")
        {
            Example = Samples.Service("«sh-port»"),
            Corrected = Samples.Service("").Replace("lb_algo rr", "lb_algo sh\n    sh-port", StringComparison.Ordinal),
        },
        new(DiagnosticCode.OpsWithoutUdp, Severity.Warning, "One-packet scheduling is for UDP.",
            "The packets of one TCP connection cannot go to several servers; ops does nothing here.",
            "remove ops, or write protocol UDP")
        {
            Example = Samples.Mark(Samples.Service("ops"), "virtual_server"),
            Corrected = Samples.Service("ops").Replace("protocol TCP", "protocol UDP", StringComparison.Ordinal),
        },
        new(DiagnosticCode.ThresholdOrder, Severity.Error, "The lower connection threshold is above the upper one.",
            "The kernel refuses such a server, and keepalived leaves it out.",
            "write an lthreshold below uthreshold")
        {
            Example = Samples.Service("192.0.2.10 80", Samples.Server("192.0.2.21 80", "uthreshold 5\n        lthreshold «6»")),
            Corrected = Samples.Service("192.0.2.10 80", Samples.Server("192.0.2.21 80", "uthreshold 6\n        lthreshold 5")),
        },
    ];
}
