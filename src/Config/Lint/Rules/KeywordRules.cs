namespace Director.Config;

/// <summary>What can be wrong with a keyword and its arguments, whichever it is.</summary>
internal static class KeywordRules
{
    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.UnknownKeyword, Severity.Warning, "A word is no keyword of the block that it stands in.",
            "The line, or the block that follows it, is ignored. keepalived says so in its log only, and takes the lines of an unknown "
            + "block for the block around it.",
            "mend the spelling, or move the line into the block that it belongs to")
        {
            Example = Samples.Service("«lb_algowlc»"),
            Corrected = Samples.Service("persistence_timeout 50"),
        },
        new(DiagnosticCode.NotSupported, Severity.Warning, "The director does not do what this keyword or value of keepalived's asks for.",
            "What would behave otherwise than written is left out whole, as the message says.",
            "see docs/configuration.md for what there is instead"),
        new(DiagnosticCode.NotUsed, Severity.Hint, "A keyword of keepalived's that has nothing to act on here.",
            "What it is for does not exist in the director, or is done otherwise; docs/keepalived.md says which.",
            "nothing need be done; the line may stay for machines that run keepalived")
        {
            Example = "global_defs {\n    «lvs_flush»\n}\n",
            Corrected = "global_defs {\n}\n",
        },
        new(DiagnosticCode.InvalidValue, Severity.Error, "A value cannot be read or is out of range.",
            "keepalived drops such a value and goes on with the default, or takes the number at its beginning, so that the machine does "
            + "something that nobody wrote.",
            "write a value of the kind and range that the message names")
        {
            Example = Samples.Instance("priority «300»"),
            Corrected = Samples.Instance("priority 200"),
        },
        new(DiagnosticCode.MissingArgument, Severity.Error, "A keyword lacks the argument that it needs.",
            "keepalived exits at once when it reads such a line, even one that is read anew by a reload.",
            "write the argument, or remove the line")
        {
            Example = Samples.Instance("«priority»"),
            Corrected = Samples.Instance("priority 100"),
        },
        new(DiagnosticCode.MissingKeyword, Severity.Warning, "A block lacks a keyword that it needs or that had better be written.",
            "Some defaults are not what one would guess: a virtual server without protocol is one of UDP.",
            "write the keyword")
        {
            Example = "«virtual_server» 192.0.2.10 80 {\n    lb_algo rr\n    lb_kind NAT\n    real_server 192.0.2.21 80 {\n"
                + "        TCP_CHECK {\n        }\n    }\n}\n",
            Corrected = Samples.Service(""),
        },
        new(DiagnosticCode.ExtraWords, Severity.Warning, "Words behind the last argument have no effect.",
            "One line holds one keyword: what follows on the same line is lost, a check for example.",
            "give each keyword a line of its own; put a value of several words into double quotes")
        {
            Example = Samples.Instance("priority 100 «nopreempt»"),
            Corrected = Samples.Instance("priority 100\n    nopreempt"),
        },
        new(DiagnosticCode.DuplicateKeyword, Severity.Warning, "A keyword stands twice in a block that takes it once.",
            "The later one counts; whoever changes the first changes nothing.",
            "remove one of them")
        {
            Example = Samples.Instance("priority 100\n    «priority» 50"),
            Corrected = Samples.Instance("priority 50"),
        },
        new(DiagnosticCode.Deprecated, Severity.Hint, "An old spelling, or a keyword that does nothing any more.",
            "It works for now, or never did; keepalived's own check counts it as a fault.",
            "write what has taken its place, or remove the line")
        {
            Check = FindOldSpellings,
            Example = Samples.Instance("")
                + Samples.Other("VI_2")
                + "vrrp_sync_group G {\n    group {\n        VI_1\n        VI_2\n    }\n    «global_tracking»\n}\n",
            Corrected = Samples.Instance("")
                + Samples.Other("VI_2")
                + "vrrp_sync_group G {\n    group {\n        VI_1\n        VI_2\n    }\n}\n",
        },
        new(DiagnosticCode.KeepalivedDiffers, Severity.Hint, "keepalived does something else with this than it says.",
            "On a machine that still runs keepalived the same file has another meaning.",
            "write it so that both understand it")
        {
            Example = "global_defs {\n    vrrp_skip_check_adv_addr «false»\n}\n",
            Corrected = "global_defs {\n}\n",
            Check = FindDifferences,
        },
        new(DiagnosticCode.Conflict, Severity.Warning, "Settings contradict each other.",
            "One of them has been changed or left out, as the message says.",
            "decide for one of them")
        {
            Example = Samples.Service("«sorry_server_inhibit»"),
            Corrected = Samples.Service("sorry_server 192.0.2.99 80\n    sorry_server_inhibit"),
        },
        new(DiagnosticCode.Unused, Severity.Warning, "Something cannot work as it stands and has been left out.",
            "Whatever it was for does not happen.",
            "complete it, or remove it"),
    ];

    private static readonly Dictionary<string, string> Replacements = new(StringComparer.Ordinal)
    {
        ["vrrp_track_file"] = "track_file",
        ["vrrp_vmac_garp_intvl"] = "vrrp_garp_extra_if",
        ["vmac_garp_intvl"] = "garp_extra_if",
        ["nb_get_retry"] = "retry",
        ["lvs_id"] = "router_id",
    };

    /// <summary>Old spellings that are taken in silence.</summary>
    private static IEnumerable<Diagnostic> FindOldSpellings(LintContext context) =>
        from statement in context.Everywhere()
        let now = Replacements.GetValueOrDefault(statement.Keyword.Text)
        where now is not null
        select LintContext.Say(DiagnosticCode.Deprecated, statement.Keyword,
            $"'{statement.Keyword.Text}' is an old spelling of '{now}'", $"write '{now}'");

    private static IEnumerable<Diagnostic> FindDifferences(LintContext context)
    {
        foreach (var statement in context.In("global_defs", "vrrp_skip_check_adv_addr"))
        {
            if (statement.Words is [_, { Text: "false" or "off" or "no" } word, ..])
                yield return LintContext.Say(DiagnosticCode.KeepalivedDiffers, word, "keepalived turns this on whatever is written here",
                    "remove the line: off is the default");
        }

        foreach (var keyword in new[] { "vrrp_garp_interval", "vrrp_gna_interval" })
        {
            foreach (var statement in context.In("global_defs", keyword))
            {
                if (statement.Words is [_, { Text: "0" } word, ..])
                    yield return LintContext.Say(DiagnosticCode.KeepalivedDiffers, word, "keepalived calls 0 out of range",
                        "remove the line: 0 is the default");
            }
        }
    }
}
