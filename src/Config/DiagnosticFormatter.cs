using System.Text;

namespace Director.Config;

/// <summary>Writes diagnostics for people: each with the line that it is about and a mark below the place.</summary>
public static class DiagnosticFormatter
{
    /// <summary>
    /// One diagnostic as several lines of plain text, each ended by a line feed: the diagnostic itself and, if its line is at hand, the
    /// line and carets below it.
    /// </summary>
    public static string Format(Diagnostic diagnostic, ConfigSources sources)
    {
        var text = new StringBuilder().Append(diagnostic).Append('\n');
        if (diagnostic.Column < 1 || sources.Line(diagnostic.File, diagnostic.Line) is not { } line) return text.ToString();

        // Of a long line, the part around the place.
        const int width = ConfigLimits.MaxShownCharacters;
        var column = Math.Min(diagnostic.Column - 1, line.Length);
        var start = column < width * 2 / 3 ? 0 : column - (width / 3);
        var shown = Printable.Clean(line[start..Math.Min(line.Length, start + width)]);
        var carets = Math.Clamp(diagnostic.Length, 1, Math.Max(1, shown.Length - (column - start)));
        return text.Append("    ").Append(shown.TrimEnd()).Append('\n')
            .Append("    ").Append(' ', column - start).Append('^', carets).Append('\n')
            .ToString();
    }

    /// <summary>All diagnostics of a result, and last a line that counts them; nothing at all if there are none.</summary>
    public static string Format(ConfigResult result)
    {
        if (result.Diagnostics.Count == 0) return "";
        var text = new StringBuilder();
        foreach (var diagnostic in result.Diagnostics) text.Append(Format(diagnostic, result.Sources));
        return text.Append(Counts(result.Diagnostics)).Append('\n').ToString();
    }

    private static string Counts(IReadOnlyList<Diagnostic> diagnostics)
    {
        var counts = from severity in new[] { Severity.Error, Severity.Warning, Severity.Hint }
                     let ofIt = diagnostics.Where(diagnostic => diagnostic.Severity == severity).ToList()
                     where ofIt.Count > 0
                     select $"{ofIt.Count} {ofIt[0].SeverityName}{(ofIt.Count == 1 ? "" : "s")}";
        return string.Join(", ", counts);
    }
}
