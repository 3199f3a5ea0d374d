using System.Globalization;

namespace Director.Config.Text;

/// <summary>
/// Makes of the lines of files what they stand for (keepalived.conf(5), "Include files", "Conditional configuration", "Parameter
/// substitution", "Sequence blocks", "List blocks"): in this order of each line and of what a brace leaves of it.
/// </summary>
internal sealed class Preprocessor(
    IConfigFiles files, ConfigSources sources, ConfigContext context, DiagnosticSink diagnostics)
{
    private readonly Lexer _lexer = new(diagnostics);
    private readonly FileOpener _opener = new(files, sources, diagnostics);
    private readonly IncludePattern _pattern = new(files, diagnostics);
    private readonly Definitions _definitions = new(context);
    private readonly ExpansionBudget _budget = new(diagnostics);
    private readonly Stack<LineSource> _sources = new();
    private readonly List<FileLines> _open = [];
    private Substitution? _substitution;
    private GeneratorReader? _generators;
    private TextLine? _rest;

    private FileLines File => _open[0];

    /// <summary>Opens the main file.</summary>
    public void Open(string path)
    {
        if (_opener.Open(path) is not { } file) return;
        _sources.Push(file);
        _open.Insert(0, file);
    }

    /// <summary>The next logical line that is configuration; null at the end.</summary>
    public LogicalLine? Next()
    {
        while (true)
        {
            var line = _rest ?? NextLine();
            _rest = null;
            if (line is null) return null;
            if (Understand(line) is not { } understood) continue;
            if (_lexer.Read(understood, out _rest) is { } logical && IsKept(logical, understood)) return logical;
        }
    }

    private TextLine? NextLine()
    {
        while (_sources.TryPeek(out var source))
        {
            if (source is IncludedFiles included && included.NextPath() is { } path)
            {
                if (_opener.OpenIncluded(path, included, _open) is not { } file) continue;
                _sources.Push(file);
                _open.Insert(0, file);
            }
            else if (source.Next() is { } line)
            {
                return line;
            }
            else
            {
                _sources.Pop();
                if (source is FileLines) _open.RemoveAt(0);
            }
        }

        return null;
    }

    /// <summary>The line with its condition met and its names replaced; null if nothing is left of it that is configuration.</summary>
    private TextLine? Understand(TextLine line)
    {
        for (var pass = 0; ; pass++)
        {
            if (line.Start == line.End) return null;
            if (line.Text[line.Start] == '@')
            {
                if (Condition.Resolve(line, context.Id) is not { } kept)
                {
                    SkipBody(line);
                    return null;
                }

                line = kept;
            }

            if (Define(line) || Generate(line)) return null;
            if (line.Start == line.End || line.Text[line.Start] == '~' || !line.HasNames || _budget.IsSpent) return line;
            if (!_budget.TakeCharacters(line.End - line.Start, line.At(line.Start))) return line.WithoutNames();
            _substitution ??= new(_definitions, _budget, diagnostics);
            var replaced = _substitution.Replace(line, File.Path);
            foreach (var body in _substitution.Bodies) Push(new BodyLines(body, line, _budget), line);
            if (replaced == line) return line.WithoutNames();
            line = replaced.Trimmed();
            if (pass < ConfigLimits.MaxSubstitutionPasses) continue;
            diagnostics.Error(DiagnosticCode.Limit, line.At(line.Start), 1,
                "the names in this line have no end: they are left as they are");
            return line.WithoutNames();
        }
    }

    /// <summary>Keeps a <c>$NAME=VALUE</c> line in mind; false if it is none.</summary>
    private bool Define(TextLine line)
    {
        if (NameOfDefinition(line) is not { } name) return false;
        var value = line.Slice(line.Start + name.Length + 2, line.End).Trimmed();
        List<TextLine>? body = EndsWithBackslash(value) ? [WithoutBackslash(value)] : null;
        if (body is not null && line.Origin is null) ReadBody(body, name, line);
        if (body is null) _definitions.Set(new(name, value.Span.ToString()));
        else if (body.Count == 1 && body[0].Start == body[0].End) _definitions.Set(new(name, ""));
        else _definitions.Set(new(name, body));
        return true;
    }

    private static string? NameOfDefinition(TextLine line)
    {
        var text = line.Span;
        if (text.Length < 3 || text[0] != '$') return null;
        var length = NameUse.LengthOf(text[1..]);
        return length > 0 && length + 1 < text.Length && text[length + 1] == '=' ? text.Slice(1, length).ToString() : null;
    }

    /// <summary>
    /// Takes the lines that a definition goes on with: up to one without a backslash at its end. As in keepalived a line without anything
    /// but a comment ends it too.
    /// </summary>
    private void ReadBody(List<TextLine> body, string name, TextLine first)
    {
        for (var goesOn = true; goesOn && File.NextLine() is { } line;)
        {
            if (line.Start == line.End)
            {
                diagnostics.Warning(DiagnosticCode.Definition, new(name, first.At(first.Start), name.Length + 1, IsQuoted: false),
                    $"the definition ends at line {line.At(line.Start).Line}, which is empty, though a backslash announces more");
                return;
            }

            goesOn = EndsWithBackslash(line);
            if (goesOn) line = WithoutBackslash(line);
            if (line.Start < line.End) body.Add(line);
        }
    }

    /// <summary>
    /// Passes over the body of a definition whose first line is for another configuration. (keepalived takes it for configuration.)
    /// </summary>
    private void SkipBody(TextLine line)
    {
        if (line.Origin is not null || !EndsWithBackslash(line)) return;
        var blank = line.Span.IndexOfAny(' ', '\t');
        if (blank < 0 || NameOfDefinition(line.Slice(line.Start + blank, line.End).Trimmed()) is null) return;
        while (File.NextLine() is { } next && EndsWithBackslash(next))
        {
        }
    }

    private static bool EndsWithBackslash(TextLine line) => line.End > line.Start && line.Text[line.End - 1] == '\\';

    private static TextLine WithoutBackslash(TextLine line) => line.Slice(line.Start, line.End - 1).Trimmed();

    private bool Generate(TextLine line)
    {
        if (!Generator.Begins(line.Span)) return false;
        _substitution ??= new(_definitions, _budget, diagnostics);
        _generators ??= new(_substitution, diagnostics);
        if (_generators.Read(line, File.Path) is { } generator)
            Push(new GeneratedLines(generator, line, _definitions, _budget), line);
        return true;
    }

    private void Push(LineSource source, TextLine line)
    {
        if (source.Depth <= ConfigLimits.MaxExpansionDepth) _sources.Push(source);
        else diagnostics.Error(DiagnosticCode.Limit, line.At(line.Start), 1,
            $"definitions and generators stand more than {ConfigLimits.MaxExpansionDepth} deep within one another: this one is ignored");
    }

    /// <summary>Acts on the lines that speak about the text itself; whether the line is for the parser too.</summary>
    private bool IsKept(LogicalLine line, TextLine text)
    {
        if (line.Kind != LogicalLineKind.Words) return true;
        var first = line.Words[0];
        if (first.Text == "include_check") SetStrictness(line.Words);
        if (first.Text == "random_seed" && line.Words.Count > 1
            && uint.TryParse(line.Words[1].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)) _definitions.SetSeed(seed);
        if (first.IsQuoted || !IncludeKeyword.TryParse(first.Text, out var strictness)) return true;
        Include(line, text, strictness | (first.Text == "include" ? File.Strictness : IncludeStrictness.None));
        return false;
    }

    private void SetStrictness(IReadOnlyList<Word> words)
    {
        var strictness = words.Any(word => word.Text.Length > 0 && word.Text[0] is '+' or '-') ? File.Strictness : IncludeStrictness.None;
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

        File.Strictness = strictness;
    }

    private void Include(LogicalLine line, TextLine text, IncludeStrictness strictness)
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

        var paths = _pattern.Resolve(pattern, File.Path, strictness).Take(ConfigLimits.MaxFiles + 1);
        Push(new IncludedFiles(text, pattern, paths, strictness.HasFlag(IncludeStrictness.Read)), text);
    }
}
