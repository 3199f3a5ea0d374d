using System.CommandLine;
using Director.Config;
using Director.Hosting;

namespace Director.Commands;

/// <summary><c>director check</c>: what is wrong with a configuration, all of it. Needs no privileges and changes nothing.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = SharedOptions.ConfigFile();
        var command = new Command("check", "Say what is wrong with a keepalived.conf: exit 0 if it can be run (warnings alone too), 1 if not") { file };
        command.SetAction(parsed => Check(parsed.GetValue(file)!));
        return command;
    }

    private static int Check(string file)
    {
        var result = ConfigReader.Read(file, new DiskConfigFiles());
        foreach (var diagnostic in result.Diagnostics) Console.Out.WriteLine(DiagnosticText.Of(diagnostic, result.Sources));
        var errors = result.Diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
        var warnings = result.Diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Warning);
        Console.Out.WriteLine($"{file}: {Count(errors, "error")}, {Count(warnings, "warning")}");
        return result.HasErrors ? 1 : 0;
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
