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
    ];
}
