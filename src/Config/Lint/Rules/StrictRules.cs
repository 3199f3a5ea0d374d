namespace Director.Config;

/// <summary>Strict mode.</summary>
internal static class StrictRules
{
    private const string Strict = "global_defs {\n    vrrp_strict\n}\n";

    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.StrictConflict, Severity.Warning, "Strict mode takes this back.",
            "vrrp_strict stands in the file that distributions install, and few want what it does: no passwords, no unicast, no "
            + "preempt_delay, state MASTER for priority 255 only, and a host that does not answer on its virtual addresses.",
            "remove vrrp_strict or strict_mode, or this")
        {
            Example = Samples.Group(Strict, "preempt_delay «60»"),
            Corrected = Samples.Instance("preempt_delay 60"),
        },
    ];
}
