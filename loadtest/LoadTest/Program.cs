using System.CommandLine;
using Director.Lab;
using Director.LoadScenarios.Generation;
using Director.LoadScenarios.Plans;
using Director.LoadTest;
using Director.LoadTest.Engine;

// A run starts its users from this binary too; that verb is not for people.
if (args is [GeneratorOrder.Verb, ..]) return GeneratorVerb.Run(args);

const string about = "Lets users come to a VIP while servers and directors die: exit 0 if all thresholds held";
var plan = new Argument<string>("plan") { Description = "Which one; see --list", DefaultValueFactory = _ => "mixed" };
var list = new Option<bool>("--list") { Description = "Name the plans" };
var duration = new Option<double?>("--duration")
{
    Description = "Seconds for which users come; what happens meanwhile moves in proportion",
};
var users = new Option<double>("--users") { Description = "What their number is multiplied by", DefaultValueFactory = _ => 1 };
var report = new Option<string?>("--report") { Description = "Put report.html, report.csv and report.txt into this directory" };
var json = new Option<bool>("--json") { Description = "Print the result as JSON" };
var set = new Option<string[]>("--set") { Description = "A setting of the directors' hosts, such as Datapath:Mode=packet" };
var director = new Option<string>("--director")
{
    Description = "The director's program",
    DefaultValueFactory = _ => "artifacts/director/director",
};
var generator = new Option<string?>("--generator") { Description = "Another program that makes the users" };
var engine = new Option<string>("--engine") { Description = "How that is called in reports", DefaultValueFactory = _ => "own" };
var root = new RootCommand(about) { plan, list, duration, users, report, json, set, director, generator, engine };
root.SetAction((parsed, stop) =>
{
    if (parsed.GetValue(list))
    {
        foreach (var each in LoadPlans.All()) Console.WriteLine($"{each.Name,-14} {each.Duration.TotalSeconds,3} s  {each.About}");
        return Task.FromResult(LoadCommand.Held);
    }

    return LoadCommand.RunAsync(
        new()
        {
            Plan = parsed.GetValue(plan)!,
            Director = [Path.GetFullPath(parsed.GetValue(director)!)],
            Generator = parsed.GetValue(generator) is { } program ? [Path.GetFullPath(program)] : SelfCommand.OfThisProcess(),
            Engine = parsed.GetValue(engine)!,
            Duration = parsed.GetValue(duration) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Users = parsed.GetValue(users),
            Settings = parsed.GetValue(set) ?? [],
            ReportDirectory = parsed.GetValue(report),
            Json = parsed.GetValue(json),
            Interactive = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"),
        },
        stop);
});

// A run that is told to stop still ends its users, reports what there is, and removes its network.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
