namespace Director.Config;

/// <summary>Strict mode.</summary>
internal static class StrictRules
{
    private const string Strict = "global_defs {\n    vrrp_strict\n}\n";

    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.StrictMode, Severity.Warning, "In strict mode the host does not answer on its virtual addresses.",
            "vrrp_strict stands in the file that distributions install, where it is the most frequent reason for an address that cannot be "
            + "pinged: a virtual router of another priority than 255 drops what comes for its addresses and is no virtual server's.",
            "remove vrrp_strict or strict_mode; or write accept in the instance")
        {
            Example = Samples.Group(Samples.Mark(Strict, "vrrp_strict"), ""),
            Corrected = Samples.Group(Strict, "accept"),
            Check = FindStrict,
        },
        new(DiagnosticCode.StrictConflict, Severity.Warning, "Strict mode takes this back.",
            "It allows only what the RFC has: no passwords, no unicast, no preempt_delay, three adverts missed, and state MASTER for "
            + "priority 255 alone.",
            "remove vrrp_strict or strict_mode, or this")
        {
            Example = Samples.Group(Strict, "accept\n    preempt_delay «60»"),
            Corrected = Samples.Group(Strict, "accept"),
        },
    ];

    /// <summary>Once for the keyword of all, and once for each instance that says it itself.</summary>
    private static IEnumerable<Diagnostic> FindStrict(LintContext context)
    {
        var closed = context.Config.VrrpInstances.Where(instance => instance is { Election.IsStrict: true, Accepts: false }).ToList();
        foreach (var instance in closed)
        {
            if (context.At(instance.Location)?.Find("strict_mode") is { } own)
                yield return LintContext.Say(DiagnosticCode.StrictMode, own.Keyword, Message(instance));
        }

        var byDefault = closed.Find(instance => context.At(instance.Location)?.Find("strict_mode") is null);
        if (byDefault is not null && context.In("global_defs", "vrrp_strict").LastOrDefault() is { } strict)
            yield return LintContext.Say(DiagnosticCode.StrictMode, strict.Keyword, Message(byDefault));
    }

    private static string Message(VrrpInstanceConfig instance) =>
        $"what comes for the addresses of {Printable.Quote(instance.Name)} and is no virtual server's is dropped, pings too";
}
