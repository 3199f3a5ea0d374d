namespace Director.Config;

/// <summary>Names, and what must be unique.</summary>
internal static class NameRules
{
    private const string Script = "vrrp_script chk {\n    script /bin/true\n}\n";

    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.UnknownName, Severity.Warning, "The name of something that is not defined.",
            "The line does nothing: a script that is misspelt is not tracked, and nothing fails over. keepalived drops a virtual server "
            + "whose group is missing without a word.",
            "mend the name, or define what it names")
        {
            Example = Samples.Instance("track_script {\n        «chek»\n    }"),
            Corrected = Samples.Group(Script, "track_script {\n        chk\n    }"),
        },
        new(DiagnosticCode.DuplicateName, Severity.Error, "Two blocks of one kind have one name.",
            "It cannot be known which of them is meant.",
            "give one of them another name")
        {
            Example = Samples.Instance("")
                + Samples.Other("«VI_1»"),
            Corrected = Samples.Instance("")
                + Samples.Other("VI_2"),
        },
        new(DiagnosticCode.Duplicate, Severity.Warning, "Two objects claim the same.",
            "Only one of them can have it; the message says which.",
            "remove one of them")
        {
            Example = Samples.Instance("unicast_peer {\n        192.0.2.2\n        «192.0.2.2»\n    }"),
            Corrected = Samples.Instance("unicast_peer {\n        192.0.2.2\n    }"),
        },
        new(DiagnosticCode.UnusedTracker, Severity.Warning, "Nothing tracks this script, file or process.",
            "It is not looked at, and its failure changes nothing.",
            "name it in a track block of the instance or sync group that it is for")
        {
            Example = "vrrp_script «chk» {\n    script /bin/true\n}\n" + Samples.Instance(""),
            Corrected = Samples.Group(Script, "track_script {\n        chk\n    }"),
        },
        new(DiagnosticCode.MailWithoutServer, Severity.Warning, "Mail is asked for and cannot be sent.",
            "Nobody hears of a failover.",
            "add smtp_server and notification_email to global_defs")
        {
            Example = Samples.Instance("smtp_alert").Replace("VI_1", "«VI_1»", StringComparison.Ordinal),
            Corrected = Samples.Group(
                "global_defs {\n    smtp_server 192.0.2.25\n    notification_email {\n        ops@example.net\n    }\n}\n",
                "smtp_alert"),
        },
    ];
}
