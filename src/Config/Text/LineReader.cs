namespace Director.Config.Text;

/// <summary>
/// The logical lines of a file and of all that it includes, as if they were one file (keepalived.conf(5), "Include files").
/// </summary>
internal sealed class LineReader(IConfigFiles files, ConfigSources sources, DiagnosticSink diagnostics)
{
    private const string ConditionalHint = "write one file for each machine";

    private readonly IncludePattern _pattern = new(files, diagnostics);
    private readonly Stack<OpenFile> _open = new();
    private readonly List<LogicalLine> _ahead = [];
    private int _filesRead;
    private long _charactersRead;
    private bool _limitReported;

    /// <summary>Opens the main file. That it cannot be read is an error of the file as a whole.</summary>
    public void Open(string path) =>
        TryOpen(path, (problem, hint) => diagnostics.Error(DiagnosticCode.Unreadable, new(path, 0), 0, problem, hint));

    /// <summary>The line <paramref name="distance"/> lines ahead, without taking it; null at the end.</summary>
    public LogicalLine? Peek(int distance = 0)
    {
        while (_ahead.Count <= distance)
        {
            if (Read() is not { } line) return null;
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

    private LogicalLine? Read()
    {
        while (_open.TryPeek(out var file))
        {
            if (file.Includes.TryDequeue(out var include)) OpenIncluded(include);
            else if (file.Lexer.Next() is not { } line) _open.Pop();
            else if (Interpret(line, file) is { } kept) return kept;
        }

        return null;
    }

    /// <summary>Acts on the lines that speak about the text itself, and returns those for the parser.</summary>
    private LogicalLine? Interpret(LogicalLine line, OpenFile file)
    {
        if (line.Kind != LogicalLineKind.Words) return line;
        var first = line.Words[0];
        if (first.Text == "include_check") SetStrictness(line.Words, file);
        if (!line.BeginsLine || first.IsQuoted) return line;
        if (IncludeKeyword.TryParse(first.Text, out var strictness))
        {
            Include(line, file, strictness | (first.Text == "include" ? file.Strictness : IncludeStrictness.None));
            return null;
        }

        return first.Text.Length == 0 ? line : first.Text[0] switch
        {
            '@' => WithoutCondition(line),
            '~' when IsGenerator(first.Text) => WithoutGenerator(first, file),
            '$' when IsDefinition(first.Text) => WithoutDefinition(first, file),
            _ => line,
        };
    }

    private LogicalLine? WithoutCondition(LogicalLine line)
    {
        var condition = line.Words[0];
        diagnostics.Error(DiagnosticCode.NotSupported, condition,
            $"lines for one configuration only ({Printable.Quote(condition.Text)}) are not supported yet", ConditionalHint);
        return line.Words.Count == 1 ? null : line with { Words = [.. line.Words.Skip(1)] };
    }

    private LogicalLine? WithoutGenerator(Word generator, OpenFile file)
    {
        diagnostics.Error(DiagnosticCode.NotSupported, generator, "~SEQ and ~LST lines are not supported yet", "write the lines out");
        file.Lexer.SkipRestOfLine();
        return null;
    }

    private LogicalLine? WithoutDefinition(Word definition, OpenFile file)
    {
        diagnostics.Error(DiagnosticCode.NotSupported, definition, "$NAME= definitions are not supported yet",
            "write the value where it is used");
        var continues = file.Lexer.EndsWithBackslash;
        file.Lexer.SkipRestOfLine();
        while (continues && file.Lexer.NextRawLine() is { } next) continues = next.EndsWith('\\');
        return null;
    }

    private static bool IsGenerator(string word) =>
        word.StartsWith("~SEQ", StringComparison.Ordinal) || word.StartsWith("~LST", StringComparison.Ordinal);

    private static bool IsDefinition(string word)
    {
        var length = 1;
        while (length < word.Length && (char.IsAsciiLetterOrDigit(word[length]) || word[length] == '_')) length++;
        return length > 1 && !char.IsAsciiDigit(word[1]) && length < word.Length && word[length] == '=';
    }

    private void SetStrictness(IReadOnlyList<Word> words, OpenFile file)
    {
        var strictness = words.Any(word => word.Text.Length > 0 && word.Text[0] is '+' or '-') ? file.Strictness : IncludeStrictness.None;
        if (words.Count == 1) strictness = IncludeStrictness.All;
        foreach (var word in words.Skip(1))
        {
            if (!IncludeKeyword.TryParseCheck(word.Text.AsSpan().TrimStart("+-"), out var named))
            {
                diagnostics.Error(DiagnosticCode.InvalidValue, word,
                    $"{Printable.Quote(word.Text)} is none of read, match, wildcard_match and brace_match");
            }
            else
            {
                strictness = word.Text[0] == '-' ? strictness & ~named : strictness | named;
            }
        }

        file.Strictness = strictness;
    }

    private void Include(LogicalLine line, OpenFile file, IncludeStrictness strictness)
    {
        if (line.Words.Count < 2)
        {
            diagnostics.Error(DiagnosticCode.MissingArgument, line.Words[0], $"'{line.Words[0].Text}' needs the path of a file");
            return;
        }

        var pattern = line.Words[1];
        if (line.Words.Count > 2)
        {
            diagnostics.Warning(DiagnosticCode.ExtraWords, line.Words[2], "the words after the path have no effect",
                "give each path a line of its own");
        }

        var isStrict = strictness.HasFlag(IncludeStrictness.Read);
        foreach (var match in _pattern.Resolve(pattern, file.Lexer.Source.Path, strictness).Take(ConfigLimits.MaxFiles + 1))
            file.Includes.Enqueue(new(match, pattern, isStrict));
    }

    private void OpenIncluded(PendingInclude include)
    {
        var at = include.At;
        if (files.KindOf(include.Path) == ConfigFileKind.Directory)
        {
            diagnostics.Hint(DiagnosticCode.Unreadable, at, $"{Printable.Path(include.Path)} is a directory and is skipped");
            return;
        }

        var severity = include.IsStrict ? Severity.Error : Severity.Warning;
        TryOpen(include.Path, (problem, hint) => diagnostics.Add(
            new(severity, DiagnosticCode.Unreadable, at.Location, at.Length, $"{Printable.Path(include.Path)}: {problem}", hint)), at);
    }

    private void TryOpen(string path, Action<string, string?> refuse, Word? includedAt = null)
    {
        if (includedAt is not null && !WithinLimits(path, includedAt)) return;
        switch (files.KindOf(path))
        {
            case ConfigFileKind.Missing:
                refuse("there is no such file", null);
                return;
            case ConfigFileKind.Executable:
                refuse("the file is executable and is not read, as by keepalived", $"chmod a-x {Printable.Path(path)}");
                return;
            case ConfigFileKind.Directory:
                refuse("it is a directory", null);
                return;
        }

        if (!files.TryRead(path, out var text))
        {
            refuse($"cannot be read: {Printable.Clean(text)}", null);
            return;
        }

        _filesRead++;
        _charactersRead += text.Length;
        if (text.Length > ConfigLimits.MaxFileCharacters || _charactersRead > ConfigLimits.MaxTotalCharacters)
        {
            refuse("the configuration is too large", null);
            return;
        }

        var source = new SourceText(path, text);
        sources.Add(source);
        var strictness = _open.TryPeek(out var including) ? including.Strictness : IncludeStrictness.None;
        _open.Push(new(new Lexer(source, diagnostics), strictness));
    }

    private bool WithinLimits(string path, Word at)
    {
        if (_open.Any(file => SamePath(file.Lexer.Source.Path, path)))
        {
            diagnostics.Error(DiagnosticCode.IncludeCycle, at, $"{Printable.Path(path)} includes itself");
            return false;
        }

        if (_open.Count < ConfigLimits.MaxIncludeDepth && _filesRead < ConfigLimits.MaxFiles) return true;
        if (!_limitReported)
        {
            diagnostics.Error(DiagnosticCode.Limit, at,
                $"{Printable.Path(path)} is not read: at most {ConfigLimits.MaxIncludeDepth} files may include one another, "
                + $"and {ConfigLimits.MaxFiles} be read");
        }

        _limitReported = true;
        return false;
    }

    private static bool SamePath(string one, string other) => Path.GetFullPath(one, "/") == Path.GetFullPath(other, "/");

    private sealed class OpenFile(Lexer lexer, IncludeStrictness strictness)
    {
        public Lexer Lexer { get; } = lexer;

        public IncludeStrictness Strictness { get; set; } = strictness;

        public Queue<PendingInclude> Includes { get; } = new();
    }

    private sealed record PendingInclude(string Path, Word At, bool IsStrict);
}
