namespace Director.Config;

/// <summary>What is found by looking at the program or the machine as well, by those who may.</summary>
internal static class HostRules
{
    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.Refused, Severity.Error, "This program's parts cannot do what is asked.",
            "Nothing would be started.",
            "change what the message names"),
        new(DiagnosticCode.ScriptProblem, Severity.Warning, "A script is not run on this machine, or something is wrong with it.",
            "A check that is not run decides nothing, and a notification that is not run tells nobody. Whoever may change a script that "
            + "runs as root is root.",
            "mend the path, the user or the permissions; with --no-host this machine is not looked at"),
    ];
}
