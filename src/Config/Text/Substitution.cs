namespace Director.Config.Text;

/// <summary>
/// Replaces names in a line by what they stand for (keepalived 2.4, lib/parser.c replace_param): from left to right, what is put in being
/// looked through as well. A name of several lines must be the last thing on its line.
/// </summary>
internal sealed class Substitution(Definitions definitions, ExpansionBudget budget, DiagnosticSink diagnostics)
{
    private readonly List<(Definition Definition, int CharactersBehind)> _active = [];
    private readonly List<Definition> _bodies = [];
    private readonly List<Piece> _pieces = [];
    private readonly HashSet<(SourceLocation, Refusal)> _refused = [];
    private TextLine _line = null!;
    private string _text = "";
    private bool _isChanged;

    /// <summary>The definitions of several lines that the last line used, whose other lines are to follow; the innermost last.</summary>
    public IReadOnlyList<Definition> Bodies => _bodies;

    /// <summary>
    /// Replaces what can be replaced in one pass; the line itself if that is nothing. A pass ends early where a generator appears, for
    /// its variables are not set yet.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="file">The file being read.</param>
    public TextLine Replace(TextLine line, string file)
    {
        Begin(line);
        for (var at = 0; !budget.IsSpent && (at = _text.IndexOf('$', at)) >= 0; )
        {
            _active.RemoveAll(used => _text.Length - used.CharactersBehind <= at);
            if (NameUse.Read(_text.AsSpan(at)) is not { } use || ValueOf(use, at, file, out var definition) is not { } value)
            {
                at++;
                continue;
            }

            if (definition is not null && !MayUse(definition, at)) return End(keep: false);
            if (!Fits(at, use, value)) return End(keep: false);
            if (definition is not null) _active.Add((definition, _text.Length - at - use.Length));
            Put(at, use.Length, value, definition?.Body?[0]);
            if (definition?.Body is not null) _bodies.Add(definition);
            if (value.AsSpan().TrimStart(" \t").StartsWith('~')) break;
        }

        return End(keep: true);
    }

    private void Begin(TextLine line)
    {
        (_line, _text, _isChanged) = (line, line.Span.ToString(), false);
        _active.Clear();
        _bodies.Clear();
        _pieces.Clear();
        AddPieces(line.Pieces, line.Start, line.End, -line.Start, _pieces);
    }

    private TextLine End(bool keep)
    {
        if (!keep) _bodies.Clear();
        if (!keep || !_isChanged) return _line;
        if (_pieces.Count == 0) _pieces.Add(_line.Pieces[0] with { Start = 0, IsAsWritten = false });
        return new(_text, [.. _pieces], _line);
    }

    private string? ValueOf(NameUse use, int at, string file, out Definition? definition)
    {
        definition = definitions.Find(use.Name);
        if (definition is null && !Definitions.IsBuiltIn(use.Name)) return null;
        if (!use.IsClosed) return Refuse(use, at, Refusal.NotClosed);
        if (definition is null) return definitions.Evaluate(use, file, out var problem) ?? Refuse(use, at, Refusal.Parameters, problem);
        if (use.Parameters.Count > 0) return Refuse(use, at, Refusal.Parameters, $"the definition of '{use.Name}' takes no parameters");
        if (definition.Body is null) return definition.Text;
        return at + use.Length == _text.Length ? definition.Body[0].Span.ToString() : Refuse(use, at, Refusal.NotLast);
    }

    /// <summary>Says why a name is not replaced, once at each place: the place may be generated over and over.</summary>
    private string? Refuse(NameUse use, int at, Refusal why, string? problem = null)
    {
        var (location, length) = Place(at, use.Length);
        if (_refused.Count >= ConfigLimits.MaxDiagnosticsPerSeverity || !_refused.Add((location, why))) return null;
        var message = why switch
        {
            Refusal.NotClosed => $"'${use.Name}' is replaced only before a blank, ',' or ')': write ${{{use.Name}}}",
            Refusal.NotLast => $"'{use.Name}' is defined by several lines and must be the last thing on its line: it is not replaced",
            _ => $"{problem}: it is not replaced",
        };
        diagnostics.Add(new(Severity.Warning, DiagnosticCode.Definition, location, length, Printable.Clean(message), null));
        return null;
    }

    private bool MayUse(Definition definition, int at)
    {
        var isWithinItself = _active.Any(used => used.Definition == definition);
        for (var source = _line.Origin; source is not null; source = source.Parent)
            isWithinItself |= source is BodyLines body && body.Definition == definition;
        if (!isWithinItself) return true;
        var (location, length) = Place(at, 1);
        diagnostics.Error(DiagnosticCode.Definition, location, length,
            $"the definition of {Printable.Quote(definition.Name)} uses itself: the line is left as it is");
        return false;
    }

    private bool Fits(int at, NameUse use, string value)
    {
        var length = _text.Length - use.Length + value.Length;
        var (location, written) = Place(at, use.Length);
        if (length <= ConfigLimits.MaxExpandedLineCharacters) return budget.TakeCharacters(length + 1, location);
        diagnostics.Error(DiagnosticCode.Limit, location, written,
            $"the line would become longer than {ConfigLimits.MaxExpandedLineCharacters} characters: it is left as it is");
        return false;
    }

    private (SourceLocation Location, int Length) Place(int at, int length)
    {
        var line = new TextLine(_text, _pieces, _line);
        return (line.At(at), line.WrittenLength(at, at + length));
    }

    private void Put(int at, int length, string value, TextLine? written)
    {
        var (place, writtenLength) = Place(at, length);
        List<Piece> pieces = [];
        AddPieces(_pieces, 0, at, 0, pieces);
        if (written is not null && value.Length > 0)
        {
            AddPieces(written.Pieces, written.Start, written.End, at - written.Start, pieces);
        }
        else if (value.Length > 0)
        {
            pieces.Add(new(at, place.File, place.Line, place.Column, writtenLength, IsAsWritten: false));
        }

        AddPieces(_pieces, at + length, _text.Length, value.Length - length, pieces);
        _pieces.Clear();
        _pieces.AddRange(pieces);
        _text = string.Concat(_text.AsSpan(0, at), value, _text.AsSpan(at + length));
        _isChanged = true;
    }

    /// <summary>Adds what of <paramref name="from"/> lies between two offsets, moved by <paramref name="shift"/>.</summary>
    private static void AddPieces(IReadOnlyList<Piece> from, int start, int end, int shift, List<Piece> to)
    {
        for (var i = 0; i < from.Count; i++)
        {
            var piece = from[i];
            var first = Math.Max(piece.Start, start);
            var last = Math.Min(i + 1 < from.Count ? from[i + 1].Start : end, end);
            if (first >= last) continue;
            to.Add(!piece.IsAsWritten ? piece with { Start = first + shift } : piece with
            {
                Start = first + shift,
                Column = piece.Column + first - piece.Start,
                Length = last - first,
            });
        }
    }

    private enum Refusal
    {
        /// <summary>Something other than a blank, a comma or a parenthesis follows it.</summary>
        NotClosed,

        /// <summary>Something follows a definition of several lines.</summary>
        NotLast,

        /// <summary>Its parameters are none that it takes.</summary>
        Parameters,
    }
}
