using System.CommandLine;
using System.Globalization;

namespace Director.Perf.Failover;

/// <summary><c>./dev failover</c>: its options.</summary>
internal static class FailoverCommand
{
    /// <summary>The verb.</summary>
    public const string Verb = "failover";

    private const double Shortest = 0.01, Longest = 40;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var defaults = new FailoverOptions();
        var rounds = new Option<int>("--rounds")
        {
            Description = "Failovers of each kind and program",
            DefaultValueFactory = _ => defaults.Rounds,
        };
        var intervals = new Option<TimeSpan[]>("--intervals")
        {
            Description = "Seconds from advert to advert: 1,0.1,0.01",
            HelpName = "NUMBERS",
            CustomParser = result =>
            {
                var texts = result.Tokens.SelectMany(token => token.Value.Split(',')).ToArray();
                var bad = texts.FirstOrDefault(text => !double.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
                    || seconds is < Shortest or > Longest);
                if (bad is null) return [.. texts.Select(text => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture)))];
                result.AddError($"--intervals: '{bad}' is not one of {Shortest} to {Longest}");
                return [];
            },
        };
        var end = new Option<MasterEnd?>("--end") { Description = "Only these: crash or planned", HelpName = "NAME" };
        var director = new Option<string>("--director")
        {
            Description = "The director's program",
            HelpName = "PATH",
            DefaultValueFactory = _ => defaults.Director,
        };
        var json = new Option<string?>("--json") { Description = "Write the figures here too", HelpName = "FILE" };
        rounds.Validators.Add(result =>
        {
            if (result.GetValue(rounds) is < 1 or > 1000) result.AddError("--rounds takes 1 to 1000");
        });
        var command = new Command(Verb, "How long nobody is master: the director and keepalived, side by side (docs/interop.md)")
        {
            rounds, intervals, end, director, json,
        };
        command.SetAction((parsed, stop) => FailoverRun.RunAsync(new FailoverOptions
        {
            Rounds = parsed.GetValue(rounds),
            Intervals = parsed.GetValue(intervals) is { Length: > 0 } given ? given : defaults.Intervals,
            Ends = parsed.GetValue(end) is { } only ? [only] : defaults.Ends,
            Director = parsed.GetValue(director)!,
            Json = parsed.GetValue(json),
        }, stop));
        return command;
    }
}
