using System.CommandLine;
using Director.Config;
using Director.Hosting;

namespace Director.Commands;

/// <summary><c>director convert</c>: a configuration with everything resolved. Needs no privileges and changes nothing.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var file = SharedOptions.ConfigFile();
        file.Description = "The keepalived.conf; - reads it from standard input";
        var id = SharedOptions.ConfigId();
        var json = new Option<bool>("--json")
        {
            Description = "Print what the configuration means, all defaults filled in, as JSON (docs/check.md)",
        };
        const string about = "Print a keepalived.conf as one file that says the same: includes and definitions resolved, each keyword by "
            + "its usual spelling, what is unknown left out; exit 1, and print what is wrong, if it has errors";
        var command = new Command("convert", about) { file, id, json };
        command.SetAction(parsed => Convert(parsed.GetValue(file)!, HostContext.Of(parsed.GetValue(id)), parsed.GetValue(json)));
        return command;
    }

    private static int Convert(string file, ConfigContext context, bool asJson)
    {
        var result = ConfigReader.Read(file, StandardInput.FilesFor(file), keepsSyntax: true, context);
        foreach (var diagnostic in result.Diagnostics) Console.Error.WriteLine(diagnostic);
        if (result.HasErrors) return ExitCodes.Refused;
        Console.Out.Write(asJson ? ConfigJson.Write(result.Config) : ConfigText.Write(result));
        return ExitCodes.Success;
    }
}
