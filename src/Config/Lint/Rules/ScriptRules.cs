using Director.Config.Text;

namespace Director.Config;

/// <summary>Scripts.</summary>
internal static class ScriptRules
{
    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.ShellCommand, Severity.Hint, "A command is written for a shell.",
            "Scripts are run without one; this is handed to /bin/bash, whose faults and start-up time are then part of the check.",
            "write a script file, or a program with arguments")
        {
            Example = "vrrp_script chk {\n    script «\"</dev/tcp/127.0.0.1/80\"»\n}\n"
                + Samples.Instance("track_script {\n        chk\n    }"),
            Corrected = "vrrp_script chk {\n    script /bin/true\n}\n" + Samples.Instance("track_script {\n        chk\n    }"),
        },
        new(DiagnosticCode.ScriptSecurity, Severity.Hint, "Scripts are run without enable_script_security.",
            "A script that others than root may change is then run as root all the same, with a warning only. keepalived calls this a "
            + "security violation whatever the scripts are.",
            "write enable_script_security into global_defs, and a script_user")
        {
            Example = "vrrp_script chk {\n    script «/bin/true»\n}\n" + Samples.Instance("track_script {\n        chk\n    }"),
            Corrected = "global_defs {\n    enable_script_security\n    script_user root\n}\n"
                + "vrrp_script chk {\n    script /bin/true\n}\n" + Samples.Instance("track_script {\n        chk\n    }"),
            Check = FindUnguarded,
        },
    ];

    /// <summary>Once for a configuration, at the script that stands first, whatever it is for.</summary>
    private static IEnumerable<Diagnostic> FindUnguarded(LintContext context)
    {
        if (context.Config.Globals.ScriptPolicy.IsStrict) return [];
        var scripts = context.Everywhere().Where(statement => statement.Words.Count == 2 && ScriptKeyword.IsOne(statement.Keyword.Text));
        return scripts.Take(1).Select(statement => LintContext.Say(
            DiagnosticCode.ScriptSecurity, statement.Words[1], "scripts are run without enable_script_security"));
    }
}
