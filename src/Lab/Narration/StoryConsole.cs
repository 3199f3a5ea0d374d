using Spectre.Console;

namespace Director.Lab.Narration;

/// <summary>Where tables and live displays are drawn: a terminal as it is, or plain text of a fixed width.</summary>
internal static class StoryConsole
{
    /// <summary>Makes it over <paramref name="output"/>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="interactive">Whether that is a terminal that can be drawn on.</param>
    /// <param name="pipedWidth">Columns if it is not.</param>
    public static IAnsiConsole Create(TextWriter output, bool interactive, int pipedWidth)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!interactive) console.Profile.Width = pipedWidth;
        return console;
    }
}
