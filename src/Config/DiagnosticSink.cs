using Director.Config.Text;

namespace Director.Config;

/// <summary>Collects diagnostics: a bounded number of each severity, and the count of the others.</summary>
internal sealed class DiagnosticSink
{
    private readonly List<Diagnostic>[] _kept = [[], [], []];
    private readonly HashSet<(SourceLocation, string)> _seen = [];

    /// <summary>How many of each severity had been said already, of a line that was generated or included before.</summary>
    private readonly int[] _repeated = new int[3];

    private int _dropped;
    private Diagnostic? _firstDropped;
    private Severity _worstDropped;

    public void Error(string code, Word word, string message, string? hint = null, RelatedPlace? related = null) =>
        Add(new(Severity.Error, code, word.Location, word.Length, message, hint) { Related = related is null ? [] : [related] });

    public void Error(string code, SourceLocation location, int length, string message, string? hint = null) =>
        Add(new(Severity.Error, code, location, length, message, hint));

    public void Warning(string code, Word word, string message, string? hint = null, RelatedPlace? related = null) =>
        Add(new(Severity.Warning, code, word.Location, word.Length, message, hint) { Related = related is null ? [] : [related] });

    public void Hint(string code, Word word, string message, string? hint = null) =>
        Add(new(Severity.Hint, code, word.Location, word.Length, message, hint));

    /// <summary>Whether more of this severity would only be counted, so that it is not worth finding out more about them.</summary>
    public bool IsFull(Severity severity) =>
        _kept[(int)severity].Count + _repeated[(int)severity] >= ConfigLimits.MaxDiagnosticsPerSeverity;

    public void Add(Diagnostic diagnostic)
    {
        if (_kept[(int)diagnostic.Severity].Count < ConfigLimits.MaxDiagnosticsPerSeverity)
        {
            // A file included twice has each of its mistakes once.
            if (_seen.Add((diagnostic.Location, diagnostic.Message))) _kept[(int)diagnostic.Severity].Add(WithExpansion(diagnostic));
            else _repeated[(int)diagnostic.Severity]++;
            return;
        }

        _firstDropped ??= diagnostic;
        if (diagnostic.Severity > _worstDropped) _worstDropped = diagnostic.Severity;
        _dropped++;
    }

    /// <summary>With what definitions and generators made of the line, for it may be hard to see where it is written.</summary>
    private static Diagnostic WithExpansion(Diagnostic diagnostic)
    {
        var expansion = diagnostic.Location.Expansion?.Describe(diagnostic.Location);
        return string.IsNullOrEmpty(expansion) ? diagnostic : diagnostic with { Message = $"{diagnostic.Message}; {expansion}" };
    }

    /// <summary>What was collected, in order of the files, and last how many more there were.</summary>
    public IReadOnlyList<Diagnostic> Sorted(ConfigSources sources)
    {
        var sorted = sources.Sort(_kept.SelectMany(kept => kept));
        if (_firstDropped is not { } first) return sorted;
        var more = $"{_dropped} more like these, from here on";
        sorted.Add(new(_worstDropped, DiagnosticCode.Limit, first.Location, first.Length, more, null));
        return sorted;
    }
}
