using Director.Config.Text;

namespace Director.Config;

/// <summary>The files that a configuration was read from, in order of first reading.</summary>
public sealed class ConfigSources
{
    private readonly Dictionary<string, (int Order, SourceText Text)> _files = new(StringComparer.Ordinal);

    /// <summary>The paths, in order of first reading.</summary>
    public IReadOnlyList<string> Paths => [.. _files.OrderBy(file => file.Value.Order).Select(file => file.Key)];

    /// <summary>The text of a line, counted from 1, without its line end; null if there is no such file or line.</summary>
    public string? Line(string path, int line) => _files.TryGetValue(path, out var file) ? file.Text.Line(line) : null;

    /// <summary>Diagnostics by file in order of reading, then by line and column.</summary>
    public List<Diagnostic> Sort(IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics.OrderBy(diagnostic => OrderOf(diagnostic.File))
            .ThenBy(diagnostic => diagnostic.Line)
            .ThenBy(diagnostic => diagnostic.Column),
    ];

    /// <summary>The first line of a file that ends with a carriage return, from 1; 0 if none does.</summary>
    internal int FirstCarriageReturn(string path)
    {
        if (!_files.TryGetValue(path, out var file)) return 0;
        var position = file.Text.Text.IndexOf("\r\n", StringComparison.Ordinal);
        return position < 0 ? 0 : file.Text.Text.AsSpan(0, position).Count('\n') + 1;
    }

    internal void Add(SourceText text) => _files.TryAdd(text.Path, (_files.Count, text));

    internal int OrderOf(string path) => _files.TryGetValue(path, out var file) ? file.Order : _files.Count;
}
