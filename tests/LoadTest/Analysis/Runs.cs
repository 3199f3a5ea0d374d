using System.Globalization;
using Director.LoadScenarios;
using Director.LoadTest.Analysis;
using Director.Net;

namespace Director.Tests.LoadTest.Analysis;

/// <summary>Runs as tests write them: what users saw in words, times in milliseconds from the beginning.</summary>
internal static class Runs
{
    public static readonly MonoTime Begun = new(1_000_000_000_000);

    public static MonoTime At(double milliseconds) => Begun + TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>
    /// Iterations such as <c>100</c> (due at 100, answered at once by rs1), <c>100+30</c> (after 30), <c>100!</c> (failed at once),
    /// <c>100~20+30</c> (begun 20 late), <c>100=rs2</c>.
    /// </summary>
    public static IEnumerable<Measurement> Iterations(string text, string scenario = "s") =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Iteration(word, scenario));

    public static RunRecord Run(
        string text, IReadOnlyList<Threshold> thresholds, params IReadOnlyList<(int At, LabAction What)> happened) => new(
        new("test", "a test")
        {
            Scenarios =
            [
                LoadScenario.Create("s", _ => throw new NotSupportedException())
                    .WithLoadSimulations(Simulation.Inject(5, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2))),
            ],
            Thresholds = thresholds,
        },
        Begun, [.. Iterations(text)],
        [.. happened.Select(each => new Happening(new(TimeSpan.FromMilliseconds(each.At), each.What, "d1"), At(each.At)))],
        ["rs1", "rs2"]);

    private static Measurement Iteration(string word, string scenario)
    {
        var kind = word.EndsWith('!') ? ResponseKind.Reset : ResponseKind.Ok;
        var server = word.Split('=') is [_, var name] ? name : "rs1";
        var numbers = word.Split('=')[0].TrimEnd('!').Split('+');
        var begin = numbers[0].Split('~');
        var due = Number(begin[0]);
        var started = due + (begin.Length > 1 ? Number(begin[1]) : 0);
        return new(scenario, "", At(due), At(started), At(started + (numbers.Length > 1 ? Number(numbers[1]) : 0)), kind,
            kind == ResponseKind.Ok ? server : "");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
