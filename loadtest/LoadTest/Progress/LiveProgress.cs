using System.Globalization;
using Director.LoadScenarios;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Director.LoadTest.Progress;

/// <summary>
/// For a terminal: what happens scrolls by, and beneath it a table shows the last second. Runs inside a Spectre live display.
/// </summary>
internal sealed class LiveProgress(IAnsiConsole console, LiveDisplayContext display, TimeProvider clock) : IProgressView
{
    private const int BarWidth = 40;
    private readonly long _begun = clock.GetTimestamp();

    /// <inheritdoc/>
    public void Note(string text) => console.Write(Align.Left(new Markup(string.Create(CultureInfo.InvariantCulture,
        $"[grey]{clock.GetElapsedTime(_begun).TotalSeconds,6:0.0}[/]  {Markup.Escape(text)}"))));

    /// <inheritdoc/>
    public void Show(TimeSpan elapsed, LoadPlan plan, IReadOnlyList<ProgressLine> lines) =>
        display.UpdateTarget(Draw(elapsed, plan.Duration, lines));

    /// <summary>The table for an instant.</summary>
    internal static IRenderable Draw(TimeSpan elapsed, TimeSpan duration, IReadOnlyList<ProgressLine> lines)
    {
        var table = new Table().RoundedBorder().AddColumns("scenario", "per second", "p99, ms", "failed", "failed of all");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var line in lines)
        {
            table.AddRow(
                new Text(line.Scenario),
                new Text(Text($"{line.Ended:N0}")),
                new Text(Text($"{line.P99.TotalMilliseconds:0.00}")),
                new Markup(Coloured(line.Failed, Text($"{line.Failed:N0}"))),
                new Markup(Coloured(line.TotalFailed, Text($"{line.TotalFailed:N0} / {line.Total:N0}"))));
        }

        var full = (int)Math.Clamp(elapsed / duration * BarWidth, 0, BarWidth);
        var bar = Text($"[blue]{new string('━', full)}[/][grey]{new string('━', BarWidth - full)}[/] ") +
            Text($"{elapsed.TotalSeconds:0} of {duration.TotalSeconds:0} s");
        return new Rows(table, new Markup(bar));
    }

    private static string Coloured(int failed, string text) => failed == 0 ? text : $"[red]{text}[/]";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
