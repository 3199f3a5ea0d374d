using System.CommandLine;

namespace Director.Perf.Reload;

/// <summary><c>./dev reload</c>: its options.</summary>
internal static class ReloadCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var defaults = new ReloadOptions();
        var services = Number("--services", "Virtual services, of four checked servers each", defaults.Services);
        var reloads = Number("--reloads", "Reloads that count", defaults.Reloads);
        var rate = Number("--packets", "Packets a second through a virtual service meanwhile", defaults.PacketsPerSecond);
        var director = new Option<string>("--director")
        {
            Description = "The director's program",
            HelpName = "PATH",
            DefaultValueFactory = _ => defaults.Director,
        };
        var command = new Command("reload", "How long a reload of many services takes, and whom it disturbs (docs/reload.md)")
        {
            services, reloads, rate, director,
        };
        command.SetAction((parsed, stop) => ReloadRun.RunAsync(
            defaults with
            {
                Services = parsed.GetValue(services), Reloads = parsed.GetValue(reloads), PacketsPerSecond = parsed.GetValue(rate),
                Director = parsed.GetValue(director)!,
            },
            stop));
        return command;
    }

    private static Option<int> Number(string name, string about, int preset)
    {
        var option = new Option<int>(name) { Description = about, HelpName = "N", DefaultValueFactory = _ => preset };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) is < 1 or > 20_000) result.AddError($"{name} takes 1 to 20000");
        });
        return option;
    }
}
