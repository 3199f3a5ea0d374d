using System.CommandLine;
using System.Text.Json;
using Director.Admin;
using Director.Hosting;
using Spectre.Console;

namespace Director.Commands;

/// <summary>The commands that give a running director another configuration, or ask what that would change.</summary>
internal static class ReloadCommands
{
    /// <summary>Something would change; nothing does by asking.</summary>
    private const int ExitChanges = 2;

    private const int PipedWidth = 200;

    /// <summary><c>director plan</c>: what a configuration would change. Changes nothing.</summary>
    public static Command Plan()
    {
        var file = new Option<string?>("--file", "-f")
        {
            Description = "The configuration; default: the director's own file as it is now",
            HelpName = "FILE",
        };
        var (json, id, runDirectory) = (Json(), SharedOptions.ConfigId(), SharedOptions.RunDirectory());
        id.Description = "With --file, the running director's, as far as it decides which files are included";
        const string about =
            "Say what a reload would change, and the connections it touches: exit 0 if nothing, 2 if something, 1 if it would be refused";
        var command = new Command("plan", about) { file, id, json, runDirectory };
        command.SetAction((parsed, cancellation) => AdminQuestion.AskAsync(
            parsed.GetValue(runDirectory)!,
            async socket =>
            {
                // Read here: the director may not read what this user may.
                var context = HostContext.Of(parsed.GetValue(id));
                var files = parsed.GetValue(file) is { } path ? ConfigFileSet.Read(path, new DiskConfigFiles(), context) : null;
                var answer = await socket.PlanAsync(files, cancellation);
                Show(answer, parsed.GetValue(json), isPlan: true);
                return answer.Refusals.Count > 0 ? ExitCodes.Refused : answer.Plan.Count > 0 ? ExitChanges : ExitCodes.Success;
            },
            cancellation));
        return command;
    }

    /// <summary><c>director reload</c>: has the director's file taken into force, and waits for it.</summary>
    public static Command Reload()
    {
        var (json, runDirectory) = (Json(), SharedOptions.RunDirectory());
        const string about =
            "Have a running director read its file again: exit 0 once it is in force, 1 if it was refused and the one before goes on";
        var command = new Command("reload", about) { json, runDirectory };
        command.SetAction((parsed, cancellation) => AdminQuestion.AskAsync(
            parsed.GetValue(runDirectory)!,
            async socket =>
            {
                var answer = await socket.ReloadAsync(cancellation);
                Show(answer, parsed.GetValue(json), isPlan: false);
                return answer.Applied ? ExitCodes.Success : ExitCodes.Refused;
            },
            cancellation));
        return command;
    }

    private static Option<bool> Json() => new("--json") { Description = "Print JSON" };

    private static void Show(ReloadAnswer answer, bool inJson, bool isPlan)
    {
        if (inJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(answer, StatusJson.Default.ReloadAnswer));
            return;
        }

        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected) console.Profile.Width = PipedWidth;
        foreach (var line in answer.Diagnostics.Except(answer.Refusals)) Console.Error.WriteLine(line);
        foreach (var line in answer.Refusals) Console.Error.WriteLine(line);
        console.Write(PlanView.Of(answer, isPlan));
    }
}
