using System.Globalization;
using System.Text;

namespace Director.Config;

/// <summary>
/// Writes diagnostics for people: each with the lines that it is about and marks below the places, what to do and, once for each rule,
/// why it matters.
/// </summary>
public static class DiagnosticFormatter
{
    private const int GutterWidth = 5;

    /// <summary>All diagnostics of a result, and last a line that counts them; nothing at all if there are none.</summary>
    public static string Format(ConfigResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Format(result.Diagnostics, result.Sources);
    }

    /// <summary>The same of any diagnostics, as plain text.</summary>
    public static string Format(IReadOnlyList<Diagnostic> diagnostics, ConfigSources sources)
    {
        var text = new StringBuilder();
        Write(diagnostics, sources, (_, piece) => text.Append(piece));
        return text.ToString();
    }

    /// <summary>
    /// Hands the same to <paramref name="pen"/> piece by piece, with what each is. No piece but a line feed holds a control character.
    /// </summary>
    public static void Write(IReadOnlyList<Diagnostic> diagnostics, ConfigSources sources, Action<Ink, string> pen)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        ArgumentNullException.ThrowIfNull(pen);
        if (diagnostics.Count == 0) return;
        HashSet<string> explained = new(StringComparer.Ordinal);
        foreach (var diagnostic in diagnostics)
        {
            Write(diagnostic, sources, pen, explained.Add(diagnostic.Code));
            pen(Ink.Plain, "\n");
        }

        pen(Ink.Message, Counts(diagnostics));
        pen(Ink.Plain, "\n");
    }

    /// <summary>How many errors, warnings and hints there are, such as <c>1 error, 2 warnings</c>; empty if there are none.</summary>
    public static string Counts(IReadOnlyList<Diagnostic> diagnostics)
    {
        var counts = from severity in new[] { Severity.Error, Severity.Warning, Severity.Hint }
                     let ofIt = diagnostics.Where(diagnostic => diagnostic.Severity == severity).ToList()
                     where ofIt.Count > 0
                     select $"{ofIt.Count} {ofIt[0].SeverityName}{(ofIt.Count == 1 ? "" : "s")}";
        return string.Join(", ", counts);
    }

    /// <summary>
    /// One diagnostic as one line, as keepalived has it, for scripts that look for that: <c>(path: Line 3) message</c>.
    /// </summary>
    public static string AsKeepalived(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var place = diagnostic.Line == 0 ? Printable.Path(diagnostic.File)
            : string.Create(CultureInfo.InvariantCulture, $"{Printable.Path(diagnostic.File)}: Line {diagnostic.Line}");
        return $"({place}) {diagnostic.Message}{(diagnostic.Hint is { } hint ? $" ({hint})" : "")}";
    }

    private static void Write(Diagnostic diagnostic, ConfigSources sources, Action<Ink, string> pen, bool isFirstOfItsRule)
    {
        var ink = InkOf(diagnostic.Severity);
        pen(Ink.Place, $"{diagnostic.Location}: ");
        pen(ink, $"{diagnostic.SeverityName}: ");
        pen(Ink.Message, diagnostic.Message);
        pen(Ink.Plain, $" [{diagnostic.Code}]\n");
        WriteExcerpt(diagnostic, sources, pen);
        if (isFirstOfItsRule && diagnostic.Why is { } why) WriteNote("why", why, pen);
        if ((diagnostic.Hint ?? (isFirstOfItsRule ? diagnostic.Fix : null)) is { } fix) WriteNote("fix", fix, pen);
    }

    /// <summary>The lines that it is about, in order of the file; places in other files last.</summary>
    private static void WriteExcerpt(Diagnostic diagnostic, ConfigSources sources, Action<Ink, string> pen)
    {
        var ink = InkOf(diagnostic.Severity);
        List<Mark> marks = [new(diagnostic.Location, diagnostic.Length, '^', ink, "")];
        marks.AddRange(diagnostic.Related.Select(place => new Mark(place.Location, place.Length, '-', Ink.Aside, place.Label)));
        var shown = marks.Where(mark => mark.At.Column > 0 && sources.Line(mark.At.File, mark.At.Line) is not null).ToList();
        var last = 0;
        var here = shown.Where(mark => mark.At.File == diagnostic.File);
        foreach (var mark in here.OrderBy(mark => mark.At.Line).ThenBy(mark => mark.At.Column))
        {
            if (last != 0 && mark.At.Line > last + 1) pen(Ink.Gutter, $"{new string(' ', GutterWidth - 3)}...\n");
            WriteLine(mark, sources.Line(mark.At.File, mark.At.Line)!, mark.At.Line != last, pen);
            last = mark.At.Line;
        }

        foreach (var mark in shown.Where(mark => mark.At.File != diagnostic.File))
        {
            pen(Ink.Gutter, $"{new string(' ', GutterWidth)} ::: ");
            pen(Ink.Place, $"{mark.At}\n");
            WriteLine(mark, sources.Line(mark.At.File, mark.At.Line)!, true, pen);
        }
    }

    /// <summary>A line and the mark below it; of a long line, the part around the place.</summary>
    private static void WriteLine(Mark mark, string line, bool withText, Action<Ink, string> pen)
    {
        const int width = ConfigLimits.MaxShownCharacters;
        var column = Math.Min(mark.At.Column - 1, line.Length);
        var start = column < width * 2 / 3 ? 0 : column - (width / 3);
        var shown = Printable.Clean(line[start..Math.Min(line.Length, start + width)]);
        column -= start;
        if (withText)
        {
            pen(Ink.Gutter, mark.At.Line.ToString(CultureInfo.InvariantCulture).PadLeft(GutterWidth) + " | ");
            pen(Ink.Plain, $"{shown.TrimEnd()}\n");
        }

        // Of a place whose length nobody has noted, the word that begins there.
        var length = mark.Length > 0 ? mark.Length : shown.AsSpan(Math.Min(column, shown.Length)).IndexOfAny(" {}") switch
        {
            < 0 => shown.Length - column,
            0 => 1,
            var end => end,
        };
        pen(Ink.Gutter, $"{new string(' ', GutterWidth)} | ");
        pen(mark.Ink, new string(' ', column) + new string(mark.Sign, Math.Clamp(length, 1, Math.Max(1, shown.Length - column))));
        pen(mark.Ink, mark.Label.Length == 0 ? "\n" : $" {mark.Label}\n");
    }

    private static void WriteNote(string what, string text, Action<Ink, string> pen)
    {
        pen(Ink.Gutter, $"{new string(' ', GutterWidth)} = ");
        pen(Ink.Aside, $"{what}: ");
        pen(Ink.Plain, $"{text}\n");
    }

    private static Ink InkOf(Severity severity) => severity switch
    {
        Severity.Error => Ink.Error,
        Severity.Warning => Ink.Warning,
        _ => Ink.Hint,
    };

    /// <summary>A place in a line, and how it is marked.</summary>
    private readonly record struct Mark(SourceLocation At, int Length, char Sign, Ink Ink, string Label);
}
