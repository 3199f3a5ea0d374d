namespace Director.Config.Text;

/// <summary>
/// The text of one file, with its lines found. A line ends at a line feed; carriage returns before it belong to the line end.
/// </summary>
internal sealed class SourceText
{
    private readonly List<int> _starts = [0];

    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
        for (var i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', i + 1)) _starts.Add(i + 1);
        if (_starts[^1] == text.Length && text.Length > 0) _starts.RemoveAt(_starts.Count - 1);
    }

    public string Path { get; }

    public string Text { get; }

    public int LineCount => _starts.Count;

    /// <summary>Where a line, counted from 1, begins and ends in the text; its line end is left out.</summary>
    public (int Start, int End) Extent(int line)
    {
        var start = _starts[line - 1];
        var end = line < _starts.Count ? _starts[line] : Text.Length;
        if (end > start && Text[end - 1] == '\n') end--;
        while (end > start && Text[end - 1] == '\r') end--;
        return (start, end);
    }

    /// <summary>A line counted from 1, or null if there is none.</summary>
    public string? Line(int line)
    {
        if (line < 1 || line > LineCount) return null;
        var (start, end) = Extent(line);
        return Text[start..end];
    }
}
