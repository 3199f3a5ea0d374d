using System.CommandLine;
using Director.Config;
using Director.Hosting;
using Director.Linux.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Director.Commands;

/// <summary><c>director run</c>: the director itself, in the foreground.</summary>
internal static class RunCommand
{
    private static readonly (string Name, string Alias)[] KeepalivedOptions =
        [("--dont-fork", "-n"), ("--log-console", "-l"), ("--log-detail", "-D"), ("--no-syslog", "-G")];

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
        var pid = new Option<string?>("--pid", "-p")
        {
            Description = "Where the number of the process is written too; it is always in director.pid of the run directory",
            HelpName = "FILE",
        };
        var command = new Command("run", "Own the VIPs, watch the servers, forward: in the foreground, until SIGTERM")
        {
            file, id, runDirectory, settings, set, pid,
        };
        // What keepalived's units and /etc/default/keepalived have, and what is always so.
        foreach (var (name, alias) in KeepalivedOptions) command.Add(new Option<bool>(name, alias) { Hidden = true });
        command.SetAction((parsed, cancellation) =>
        {
            var (configFile, directory) = (parsed.GetValue(file)!, parsed.GetValue(runDirectory)!);
            var options = new RunOptions(
                configFile, parsed.GetValue(id), directory, parsed.GetValue(settings), parsed.GetValue(set) ?? [])
            {
                PidFile = parsed.GetValue(pid),
            };
            return RunAsync(options, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        // What cancels us waits only for a command that has returned once; before that a SIGTERM would end the process where it stands.
        await Task.Yield();
        using var hangUp = new HangUp();
        using var signals = new KeepalivedSignals();
        var (settings, errors) = SettingsReader.Read(options.SettingsFile, options.Assignments);
        foreach (var error in errors) await Console.Error.WriteLineAsync($"director: {error}");

        var config = ConfigReader.Read(options.ConfigFile, new DiskConfigFiles(), context: HostContext.Of(options.ConfigId));
        foreach (var diagnostic in config.Diagnostics) await Console.Error.WriteLineAsync(diagnostic.ToString());
        if (config.HasErrors) await Console.Error.WriteLineAsync($"director: {options.ConfigFile} has errors; nothing was started");
        if (settings is null || config.HasErrors) return ExitCodes.Refused;

        if (config.Config.Globals.NetworkNamespace is { } name && NamedNetworkNamespace.IsOurs(name) is not true)
        {
            await Console.Error.WriteLineAsync($"director: {options.ConfigFile} is for the network namespace {name} (net_namespace), and "
                + $"this is another: ip netns exec {name} director run, or NetworkNamespacePath=/run/netns/{name} in the unit");
            return ExitCodes.Refused;
        }

        if (!RunDirectory.TryTake(options.RunDirectory, out var directory, out var problem))
        {
            await Console.Error.WriteLineAsync($"director: {problem}");
            return ExitCodes.Refused;
        }

        using (directory)
        {
            PidFile? pidFile = null;
            if (options.PidFile is { } path && !PidFile.TryWrite(path, out pidFile, out problem))
            {
                await Console.Error.WriteLineAsync($"director: {problem}");
                return ExitCodes.Refused;
            }

            using var written = pidFile;
            options = options with { RunDirectory = directory.Path };
            await using var application = Composition.Build(options, settings, config.Config, hangUp);
            signals.Log(application.Services.GetRequiredService<ILoggerFactory>().CreateLogger("director"));
            return await DirectorService.RunAsync(application, cancellation);
        }
    }
}
