using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>The keywords of a kind of block, or the way to read its entries, and how they fill the block's draft.</summary>
/// <typeparam name="T">The draft.</typeparam>
internal sealed class Grammar<T> : IGrammar, IKeywordTable
{
    /// <summary>Of text that could be any, fewer characters behind a keyword are rather a slip in the keyword: <c>interfaces</c>.</summary>
    private const int ShortestFreeText = 3;

    private readonly Dictionary<string, Keyword<T>> _keywords = new(StringComparer.Ordinal);
    private readonly Action<Statement, T, DiagnosticSink>? _entry;

    /// <summary>Those of which it is told when they are missing.</summary>
    private readonly Keyword<T>[] _missed;

    /// <summary>A block of keywords.</summary>
    public Grammar(params IReadOnlyList<Keyword<T>> keywords)
    {
        Keywords = keywords;
        _missed = [.. keywords.Where(keyword => keyword.IsRequired || keyword.Absent is not null)];
        foreach (var keyword in keywords)
        {
            foreach (var name in keyword.Names) _keywords.Add(name, keyword);
        }
    }

    /// <summary>A block whose lines are not keywords but entries, such as addresses.</summary>
    public Grammar(Action<Statement, T, DiagnosticSink> entry) : this([]) => _entry = entry;

    /// <summary>The table.</summary>
    public IReadOnlyList<Keyword<T>> Keywords { get; }

    /// <inheritdoc/>
    public IReadOnlyList<IKeyword> Table => Keywords;

    /// <inheritdoc/>
    public bool Knows(string keyword, out IGrammar? inner)
    {
        var isKnown = _keywords.TryGetValue(keyword, out var found);
        inner = found?.Inner;
        return isKnown || (_entry is not null && keyword.AsSpan().IndexOfAny(".:/") >= 0);
    }

    /// <inheritdoc/>
    public bool HoldsEntries => _entry is not null;

    /// <inheritdoc/>
    public string Canonical(string keyword) => _keywords.TryGetValue(keyword, out var known) ? known.Names[0] : keyword;

    /// <summary>Binds a block: every statement, then what is missing. <paramref name="header"/> is what is missed it.</summary>
    public void Bind(Statement header, Block block, T draft, DiagnosticSink diagnostics) =>
        Bind(block.Statements, draft, diagnostics, header);

    /// <summary>Binds statements that no header precedes, as those of a whole file.</summary>
    public void Bind(IEnumerable<Statement> statements, T draft, DiagnosticSink diagnostics, Statement? header = null)
    {
        var seen = new Dictionary<Keyword<T>, SourceLocation>();
        Dictionary<Keyword<T>, List<(Statement Statement, string Meant)>>? slips = null;
        foreach (var statement in statements)
        {
            if (_entry is not null)
            {
                BindEntry(statement, draft, diagnostics);
            }
            else if (!_keywords.TryGetValue(statement.Keyword.Text, out var keyword))
            {
                ReportUnknown(statement, slips ??= [], diagnostics);
            }
            else
            {
                ReportRepetition(statement, keyword, seen, diagnostics);
                BindKnown(statement, keyword, draft, diagnostics);
            }
        }

        foreach (var (keyword, slipped) in slips ?? []) ReportSlips(keyword, slipped, seen.ContainsKey(keyword), diagnostics);
        if (header is null) return;
        foreach (var keyword in _missed)
            if (!seen.ContainsKey(keyword) && slips?.ContainsKey(keyword) != true) ReportAbsent(keyword, header, diagnostics);
    }

    private void BindEntry(Statement statement, T draft, DiagnosticSink diagnostics)
    {
        if (statement.Block is { } block) diagnostics.Error(DiagnosticCode.Brace, block.Open, 1, "no block can stand here; it is ignored");
        _entry!(statement, draft, diagnostics);
    }

    private void BindKnown(Statement statement, Keyword<T> keyword, T draft, DiagnosticSink diagnostics)
    {
        if (statement.Block is { } block && !keyword.AllowsBlock)
        {
            var own = statement.Words.Skip(1).TakeWhile(word => !BeginsBlock(word.Text)).Count() + 1;
            diagnostics.Error(DiagnosticCode.Brace, block.Open, 1, $"'{statement.Keyword.Text}' has no block; this one is ignored",
                own == statement.Words.Count ? null : $"begin a new line before '{statement.Words[own].Text}'");
            statement = new(statement.Line with { Words = [.. statement.Words.Take(own)] }, null);
        }

        keyword.Bind(statement, draft, diagnostics);
    }

    private bool BeginsBlock(string text) => _keywords.TryGetValue(text, out var keyword) && keyword.AllowsBlock;

    private static void ReportRepetition(
        Statement statement, Keyword<T> keyword, Dictionary<Keyword<T>, SourceLocation> seen, DiagnosticSink diagnostics)
    {
        if (seen.TryAdd(keyword, statement.Keyword.Location) || keyword.IsRepeatable) return;
        var first = seen[keyword];
        diagnostics.Warning(DiagnosticCode.DuplicateKeyword, statement.Keyword,
            $"'{statement.Keyword.Text}' stands here again; this line counts, and the one at {first} does not",
            related: RelatedPlace.First(first));
    }

    private void ReportUnknown(
        Statement statement, Dictionary<Keyword<T>, List<(Statement Statement, string Meant)>> slips, DiagnosticSink diagnostics)
    {
        // Pasted text may hold blanks that are none to keepalived, such as U+00A0.
        var text = statement.Keyword.Text.Trim();
        var near = diagnostics.IsFull(Severity.Warning) ? null : Nearness.Nearest(text, _keywords.Keys);
        var (glued, value) = FindGlued(text);
        if (glued is { TakesFreeText: true } && near is not null && value!.Length < ShortestFreeText) glued = null;
        if (glued is null && near is null)
        {
            var home = KeywordTables.HomeOf(text);
            diagnostics.Warning(DiagnosticCode.UnknownKeyword, statement.Keyword,
                $"unknown keyword {Printable.Quote(statement.Keyword.Text)}: {Consequence(statement)}",
                home is null ? null : $"it belongs into {home}");
            return;
        }

        var keyword = glued ?? _keywords[near!];
        var rest = statement.Words.Skip(1).Select(word => word.Text);
        var meant = glued is null ? near! : string.Join(' ', [NameIn(text, glued), value!, .. rest]);
        if (!slips.TryGetValue(keyword, out var slipped)) slips.Add(keyword, slipped = []);
        slipped.Add((statement, Printable.Cut(meant)));
    }

    /// <summary>The keyword that a word begins with and whose value the rest could be: the longest such.</summary>
    private (Keyword<T>? Keyword, string? Value) FindGlued(string text)
    {
        if (text.Length > ConfigLimits.MaxSuggestionCharacters) return (null, null);
        for (var length = text.Length - 1; length > 1; length--)
        {
            if (!_keywords.TryGetValue(text[..length], out var keyword)) continue;
            var value = text[length..].TrimStart('_', '-', '=', ':').Trim();
            if (value.Length > 0 && keyword.Accepts(value)) return (keyword, value);
        }

        return (null, null);
    }

    private static string NameIn(string text, Keyword<T> keyword) =>
        keyword.Names.Where(name => text.StartsWith(name, StringComparison.Ordinal)).MaxBy(name => name.Length)!;

    /// <summary>
    /// A slip is a warning like any unknown keyword, for keepalived would run without the line as well. It is an error if the block
    /// cannot do without it.
    /// </summary>
    private static void ReportSlips(
        Keyword<T> keyword, List<(Statement Statement, string Meant)> slips, bool isSeen, DiagnosticSink diagnostics)
    {
        foreach (var (statement, meant) in slips)
        {
            var consequence = Consequence(statement);
            if (!isSeen && keyword.Absent is { } absent) consequence += $" and {absent}";
            var severity = keyword.IsRequired && !isSeen ? Severity.Error : Severity.Warning;
            var word = statement.Keyword;
            diagnostics.Add(new(severity, DiagnosticCode.UnknownKeyword, word.Location, word.Length,
                $"unknown keyword {Printable.Quote(word.Text)}: {consequence}", $"did you mean '{meant}'?"));
        }
    }

    private static void ReportAbsent(Keyword<T> keyword, Statement header, DiagnosticSink diagnostics)
    {
        var missing = $"{Printable.Quote(header.Header)} has no '{keyword.Names[0]}'";
        if (keyword.IsRequired) diagnostics.Error(DiagnosticCode.MissingKeyword, header.Keyword, missing);
        else diagnostics.Warning(DiagnosticCode.MissingKeyword, header.Keyword, $"{missing}: {keyword.Absent}");
    }

    private static string Consequence(Statement statement)
    {
        if (statement.Block is not { } block) return "the line is ignored";
        var (first, last) = (statement.Keyword.Location, block.Close);
        return first.File == last.File && first.Line != last.Line ? $"it is ignored up to line {last.Line}" : "its block is ignored";
    }
}
