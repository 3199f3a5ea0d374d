namespace Director.Config.Text;

/// <summary>The logical lines of a configuration, as if it were one file without definitions, generators and conditions.</summary>
internal sealed class LineReader(
    IConfigFiles files, ConfigSources sources, DiagnosticSink diagnostics, ConfigContext? context = null)
{
    private readonly Preprocessor _lines = new(files, sources, context ?? ConfigContext.Unknown, diagnostics);
    private readonly List<LogicalLine> _ahead = [];

    /// <summary>Opens the main file. That it cannot be read is an error of the file as a whole.</summary>
    public void Open(string path) => _lines.Open(path);

    /// <summary>The line <paramref name="distance"/> lines ahead, without taking it; null at the end.</summary>
    public LogicalLine? Peek(int distance = 0)
    {
        while (_ahead.Count <= distance)
        {
            if (_lines.Next() is not { } line) return null;
            _ahead.Add(line);
        }

        return _ahead[distance];
    }

    /// <summary>Takes the next line; null at the end.</summary>
    public LogicalLine? Take()
    {
        var line = Peek();
        if (line is not null) _ahead.RemoveAt(0);
        return line;
    }
}
