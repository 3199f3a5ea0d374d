using Director.Config.Text;

namespace Director.Config.Syntax;

/// <summary>
/// Makes statements of logical lines. Blocks that nobody knows are skipped by matching braces; a missing brace is noticed where keywords
/// show it, so that it is one mistake and not a cascade.
/// </summary>
internal sealed class Parser(LineReader lines, DiagnosticSink diagnostics)
{
    private readonly List<IGrammar> _enclosing = [];

    /// <summary>Parses the whole text, as far as it is asked for: no more than one outermost block has to be remembered.</summary>
    public IEnumerable<Statement> Parse(IGrammar root)
    {
        while (true)
        {
            foreach (var statement in ParseStatements(root)) yield return statement;
            if (lines.Take() is not { } extra) yield break;
            diagnostics.Error(DiagnosticCode.Brace, extra.Location, 1, "this '}' closes nothing");
        }
    }

    /// <summary>
    /// Parses up to the end of the text, a closing brace, or a keyword that shows that the closing brace is missing; takes none of these.
    /// </summary>
    private IEnumerable<Statement> ParseStatements(IGrammar grammar)
    {
        _enclosing.Add(grammar);
        while (lines.Peek() is { Kind: not LogicalLineKind.Close } line && !ShowsMissingClose(line, grammar))
        {
            lines.Take();
            if (line.Kind == LogicalLineKind.Open)
            {
                diagnostics.Error(DiagnosticCode.Brace, line.Location, 1, "no keyword stands before this '{'; its block is ignored");
                Skip(line.Location);
                continue;
            }

            var isKnown = grammar.Knows(line.Words[0].Text, out var inner);
            yield return new(line, ParseBlock(line, isKnown ? inner : null));
        }

        _enclosing.RemoveAt(_enclosing.Count - 1);
    }

    private Block? ParseBlock(LogicalLine header, IGrammar? inner)
    {
        var open = header.Location;
        var hasOpen = lines.Peek() is { Kind: LogicalLineKind.Open };
        if (hasOpen) open = lines.Take()!.Location;
        if (inner is null) return hasOpen ? Skip(open) : null;
        if (!hasOpen)
        {
            diagnostics.Error(DiagnosticCode.Brace, header.Words[^1], $"'{{' is missing after '{header.Words[0].Text}'");
            // Either only the brace was forgotten, or the whole block.
            if (lines.Peek() is not { Kind: LogicalLineKind.Words } next || !inner.Knows(next.Words[0].Text, out _)) return null;
        }

        List<Statement> statements = [.. ParseStatements(inner)];
        if (lines.Peek() is { Kind: LogicalLineKind.Close }) return new(statements, open, lines.Take()!.Location);
        if (hasOpen) ReportMissingClose(open, $"'{header.Words[0].Text}'");
        return new(statements, open, statements.Count > 0 ? statements[^1].Line.Location : open);
    }

    /// <summary>Skips what follows an opening brace, up to its closing one.</summary>
    private Block Skip(SourceLocation open)
    {
        var last = open;
        for (var depth = 1; lines.Peek() is { } line; lines.Take())
        {
            if (ShowsMissingClose(line, null)) break;
            last = line.Location;
            if (line.Kind == LogicalLineKind.Open) depth++;
            if (line.Kind != LogicalLineKind.Close || --depth > 0) continue;
            lines.Take();
            return new([], open, last);
        }

        ReportMissingClose(open, "this");
        return new([], open, last);
    }

    private void ReportMissingClose(SourceLocation open, string block)
    {
        var until = lines.Peek() is { } next ? $"before '{next.Words[0].Text}' in line {next.Location.Line}" : "before the end";
        diagnostics.Error(DiagnosticCode.Brace, open, 1, $"the '{{' of {block} block is not closed {until}");
    }

    /// <summary>
    /// Whether a line begins a block that belongs to a block further out: then a closing brace was forgotten. Within a skipped block, whose
    /// keywords are not known, only what belongs to the outermost level is believed.
    /// </summary>
    private bool ShowsMissingClose(LogicalLine line, IGrammar? current)
    {
        if (line.Kind != LogicalLineKind.Words || lines.Peek(1) is not { Kind: LogicalLineKind.Open }) return false;
        var keyword = line.Words[0].Text;
        if (current is null) return _enclosing[0].Knows(keyword, out var outermost) && outermost is not null;
        if (current.Knows(keyword, out _)) return false;
        return _enclosing.SkipLast(1).Any(grammar => grammar.Knows(keyword, out var inner) && inner is not null);
    }
}
