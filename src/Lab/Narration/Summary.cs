using System.Globalization;
using Director.Lab.Scenarios;
using Spectre.Console;

namespace Director.Lab.Narration;

/// <summary>The closing table: every expectation, what was seen, and the count.</summary>
internal static class Summary
{
    /// <summary>Writes the table for all expectations, in order.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<Expectation> expectations, TimeSpan took)
    {
        var table = new Table().RoundedBorder().AddColumns("scenario", "expected", "seen", "");
        foreach (var expectation in expectations)
        {
            table.AddRow(
                new Text(expectation.Scenario),
                new Text(expectation.What),
                new Text(expectation.Seen),
                new Markup(expectation.Held ? "[green]✓[/]" : "[bold red]✗ FAILED[/]"));
        }

        console.Write(table);
        var held = expectations.Count(expectation => expectation.Held);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{held} of {expectations.Count} expectations held, in {took.TotalSeconds:0} s"));
    }
}
