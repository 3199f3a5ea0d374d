using System.CommandLine;

namespace Director.Perf.Stress;

/// <summary><c>./dev stress</c>: its options.</summary>
internal static class StressCommand
{
    /// <summary>The verb.</summary>
    public const string Verb = "stress";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var defaults = new StressOptions();
        var seconds = new Option<double>("--seconds")
        {
            Description = "How long",
            DefaultValueFactory = _ => defaults.Length.TotalSeconds,
        };
        var director = new Option<string>("--director")
        {
            Description = "The director's program",
            HelpName = "PATH",
            DefaultValueFactory = _ => defaults.Director,
        };
        seconds.Validators.Add(result =>
        {
            if (result.GetValue(seconds) is < 1 or > 86_400) result.AddError("--seconds takes 1 to 86400");
        });
        var command = new Command(Verb, "Whether adverts are on time on a machine that is anything but idle (docs/interop.md)")
        {
            seconds, director,
        };
        command.SetAction((parsed, stop) => StressRun.RunAsync(
            defaults with { Length = TimeSpan.FromSeconds(parsed.GetValue(seconds)), Director = parsed.GetValue(director)! }, stop));
        return command;
    }
}
