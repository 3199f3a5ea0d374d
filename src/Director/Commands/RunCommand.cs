using System.CommandLine;
using Director.Config;
using Director.Hosting;

namespace Director.Commands;

/// <summary><c>director run</c>: the director itself, in the foreground.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = SharedOptions.ConfigFile();
        var id = SharedOptions.ConfigId();
        var runDirectory = SharedOptions.RunDirectory();
        var settings = new Option<string?>("--settings")
        {
            Description = $"Host settings; default {SettingsReader.DefaultFile}, if it is there",
            HelpName = "FILE",
        };
        var set = new Option<string[]>("--set")
        {
            Description = "One host setting, such as Datapath:Mode=xdp-generic; may be repeated",
            HelpName = "KEY=VALUE",
        };
        var command = new Command("run", "Own the VIPs, watch the servers, forward: in the foreground, until SIGTERM")
        {
            file, id, runDirectory, settings, set,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (configFile, directory) = (parsed.GetValue(file)!, parsed.GetValue(runDirectory)!);
            var options = new RunOptions(
                configFile, parsed.GetValue(id), directory, parsed.GetValue(settings), parsed.GetValue(set) ?? []);
            return RunAsync(options, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        // What cancels us waits only for a command that has returned once; before that a SIGTERM would end the process where it stands.
        await Task.Yield();
        using var hangUp = new HangUp();
        var (settings, errors) = SettingsReader.Read(options.SettingsFile, options.Assignments);
        foreach (var error in errors) await Console.Error.WriteLineAsync($"director: {error}");

        var config = ConfigReader.Read(options.ConfigFile, new DiskConfigFiles(), context: HostContext.Of(options.ConfigId));
        foreach (var diagnostic in config.Diagnostics) await Console.Error.WriteLineAsync(diagnostic.ToString());
        if (config.HasErrors) await Console.Error.WriteLineAsync($"director: {options.ConfigFile} has errors; nothing was started");
        if (settings is null || config.HasErrors) return ExitCodes.Refused;

        if (!RunDirectory.TryTake(options.RunDirectory, out var directory, out var problem))
        {
            await Console.Error.WriteLineAsync($"director: {problem}");
            return ExitCodes.Refused;
        }

        using (directory)
        {
            options = options with { RunDirectory = directory.Path };
            await using var application = Composition.Build(options, settings, config.Config, hangUp);
            return await DirectorService.RunAsync(application, cancellation);
        }
    }
}
