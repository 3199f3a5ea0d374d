namespace Director.Config.Text;

/// <summary>The lines of one file, without those that hold nothing.</summary>
internal sealed class FileLines(SourceText source, IncludeStrictness strictness, DiagnosticSink diagnostics) : LineSource(null)
{
    private int _line;

    public string Path => source.Path;

    /// <summary>What plain <c>include</c> lines of this file are strict about.</summary>
    public IncludeStrictness Strictness { get; set; } = strictness;

    public override TextLine? Next()
    {
        while (NextLine() is { } line)
        {
            if (line.Start < line.End) return line;
        }

        return null;
    }

    /// <summary>The next line, trimmed, even if it holds nothing; null at the end.</summary>
    public TextLine? NextLine()
    {
        while (_line < source.LineCount)
        {
            var (start, end) = source.Extent(++_line);
            var nul = source.Text.AsSpan(start, end - start).IndexOf('\0');
            if (nul < 0) return new TextLine(source, _line).Trimmed();
            diagnostics.Error(DiagnosticCode.NulByte, new(source.Path, _line, nul + 1), 1, "the line contains a NUL byte and is ignored",
                "save the file as plain UTF-8 text");
        }

        return null;
    }
}
