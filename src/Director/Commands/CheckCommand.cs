using System.CommandLine;
using Director.Config;
using Director.Control;
using Director.Hosting;
using Director.Trackers;

namespace Director.Commands;

/// <summary><c>director check</c>: what is wrong with a configuration, all of it. Needs no privileges and changes nothing.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = SharedOptions.ConfigFile();
        const string about = "Say what is wrong with a keepalived.conf: exit 0 if it can be run (warnings alone too), 1 if not";
        var command = new Command("check", about) { file };
        command.SetAction(parsed => Check(parsed.GetValue(file)!));
        return command;
    }

    private static int Check(string file)
    {
        var result = ConfigReader.Read(file, new DiskConfigFiles());
        Console.Out.Write(DiagnosticFormatter.Format(result));
        var unsupported = result.HasErrors ? [] : ConfigSupport.Problems(result.Config).ToList();
        foreach (var problem in unsupported) Console.Out.WriteLine(problem);
        // As root would run them: whoever checks is hardly whom the director runs as.
        var resolver = ScriptResolver.OfRoot(result.Config.Globals.ScriptPolicy);
        var scripts = result.HasErrors ? [] : ScriptFindings.Of(result.Config, resolver).ToList();
        foreach (var finding in scripts) Console.Out.WriteLine(finding);
        if (result.Diagnostics.Count + unsupported.Count + scripts.Count == 0) Console.Out.WriteLine($"{file}: no errors, no warnings");
        return result.HasErrors || unsupported.Count > 0 ? ExitCodes.Refused : ExitCodes.Success;
    }
}
