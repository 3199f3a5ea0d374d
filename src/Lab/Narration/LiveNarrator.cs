using System.Globalization;
using Director.Lab.Scenarios;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Director.Lab.Narration;

/// <summary>
/// For a terminal: the story scrolls by, and beneath it a panel shows the present state. Runs inside a Spectre live display, which lets
/// lines written to the same console appear above it.
/// </summary>
internal sealed class LiveNarrator(IAnsiConsole console, LiveDisplayContext display, TimeProvider clock) : INarrator
{
    private const int BarWidth = 30;
    private readonly long _begun = clock.GetTimestamp();

    /// <inheritdoc/>
    public void Scenario(string name, string about) => Line($"[bold]{Markup.Escape(name)}[/]: {Markup.Escape(about)}");

    /// <inheritdoc/>
    public void Step(string title) => Line($"[bold blue]▸ {Markup.Escape(title)}[/]");

    /// <inheritdoc/>
    public void Note(string text) => Line($"  [grey]{Markup.Escape(text)}[/]");

    /// <inheritdoc/>
    public void Expectation(Expectation expectation)
    {
        var mark = expectation.Held ? "[green]✓[/]" : "[bold red]✗[/]";
        Line($"  {mark} {Markup.Escape(expectation.What)} [grey]({Markup.Escape(expectation.Seen)})[/]");
    }

    /// <inheritdoc/>
    public void Show(Scene scene) => display.UpdateTarget(Draw(scene));

    /// <summary>The panel for a scene.</summary>
    internal static IRenderable Draw(Scene scene)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var director in scene.View.Directors)
        {
            var vip = director.HasVip ? "  has the VIP" : "";
            grid.AddRow(new Markup($"[bold]{director.Role}[/]"), new Markup(Colour(director) + vip));
        }

        foreach (var member in scene.View.Pool)
            grid.AddRow(new Text(member.Address), new Markup(member.InPool
                ? string.Create(CultureInfo.InvariantCulture, $"[green]in the pool[/]  {member.Active} active, {member.Inactive} inactive")
                : "[red]out of the pool[/]"));
        grid.AddRow(new Text("last second"), new Text(scene.Requests.Count == 0 ? "nobody asks yet" : Answers.Told(scene.Requests)));
        var unanswered = scene.LongestGap is { } gap ? $"{ScenarioRun.Seconds(gap)} at the longest since the last change" : "-";
        grid.AddRow(new Text("unanswered"), new Text(unanswered));
        var waiting = scene.Waiting.Length == 0 ? "-" : $"{Markup.Escape(scene.Waiting)}  {Bar(scene)}";
        grid.AddRow(new Text("waiting for"), new Markup(waiting));
        return new Panel(grid).Header("now").RoundedBorder().Expand();
    }

    private static string Colour(DirectorView director) => director switch
    {
        { Running: false } => "[red]down[/]",
        { IsMaster: true } => $"[bold green]{Markup.Escape(director.State)}[/]",
        _ => $"[yellow]{Markup.Escape(director.State)}[/]",
    };

    private static string Bar(Scene scene)
    {
        var full = (int)Math.Clamp(scene.Waited / scene.Patience * BarWidth, 0, BarWidth);
        return $"[blue]{new string('━', full)}[/][grey]{new string('━', BarWidth - full)}[/] {ScenarioRun.Seconds(scene.Waited)}";
    }

    // Lines take the whole width: they are written over the panel, which moves down.
    private void Line(string markup) => console.Write(Align.Left(new Markup(string.Create(CultureInfo.InvariantCulture,
        $"[grey]{clock.GetElapsedTime(_begun).TotalSeconds,6:0.0}[/]  {markup}"))));
}
