namespace Director.Config.Text;

/// <summary>
/// A line without its comment, or what an <c>@id</c> or brace leaves of it, as it is to be understood: as written, or with names replaced
/// by what they stand for. It knows of each character where it was written. Immutable.
/// </summary>
internal sealed class TextLine
{
    private readonly Piece _first;

    /// <summary>All pieces in order; null if there is only one.</summary>
    private readonly IReadOnlyList<Piece>? _pieces;

    private Expansion? _expansion;


    /// <summary>A line of a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="line">Which of its lines, from 1.</param>
    public TextLine(SourceText source, int line)
    {
        (Text, (Start, End)) = (source.Text, source.Extent(line));
        _first = new(Start, source.Path, line, 1, End - Start, IsAsWritten: true);
        (End, HasComment) = CommentMark.Find(Text, Start, End) is var mark and >= 0 ? (mark, true) : (End, false);
        HasNames = Text.AsSpan(Start, End - Start).Contains('$');
    }

    /// <summary>A line made of pieces, the first of which begins at 0.</summary>
    public TextLine(string text, IReadOnlyList<Piece> pieces, TextLine from)
    {
        (Text, Start, End) = (text, 0, text.Length);
        (_first, _pieces) = (pieces[0], pieces);
        (Origin, HasComment) = (from.Origin, from.HasComment);
        HasNames = text.Contains('$', StringComparison.Ordinal);
    }

    private TextLine(TextLine whole, int start, int end)
    {
        (Text, Start, End) = (whole.Text, start, end);
        (_first, _pieces) = (whole._first, whole._pieces);
        (Origin, HasNames) = (whole.Origin, whole.HasNames);
        HasComment = whole.HasComment && end == whole.End;
    }

    /// <summary>The text that the line is a part of; of a line as written, the whole file's.</summary>
    public string Text { get; }

    /// <summary>Where in <see cref="Text"/> the line begins.</summary>
    public int Start { get; }

    /// <summary>Where it ends.</summary>
    public int End { get; }

    /// <summary>Whether a comment begins where it ends.</summary>
    public bool HasComment { get; }

    /// <summary>Whether there may be names to replace.</summary>
    public bool HasNames { get; init; }

    /// <summary>What made the line; null for one that stands in a file.</summary>
    public LineSource? Origin { get; init; }

    public ReadOnlySpan<char> Span => Text.AsSpan(Start, End - Start);

    /// <summary>Its pieces, those before its beginning and behind its end among them.</summary>
    public IReadOnlyList<Piece> Pieces => _pieces ?? [_first];

    /// <summary>A part of the line.</summary>
    public TextLine Slice(int start, int end) => start == Start && end == End ? this : new(this, start, end);

    /// <summary>The same line, in which nothing is to be replaced any more.</summary>
    public TextLine WithoutNames() => new(this, Start, End) { HasNames = false };

    /// <summary>The same line as it comes out of a source that keeps it.</summary>
    public TextLine From(LineSource source) => new(this, Start, End) { Origin = source, HasNames = Span.Contains('$') };

    /// <summary>The line without the blanks around it.</summary>
    public TextLine Trimmed()
    {
        var (start, end) = (Start, End);
        while (start < end && Lexer.IsSeparator(Text[start])) start++;
        while (end > start && Lexer.IsSeparator(Text[end - 1])) end--;
        return Slice(start, end);
    }

    /// <summary>Where the character at an offset of <see cref="Text"/> was written, or the name that it is put in place of.</summary>
    public SourceLocation At(int offset)
    {
        var piece = PieceAt(offset);
        return new(piece.File, piece.Line, piece.IsAsWritten ? piece.Column + offset - piece.Start : piece.Column)
        {
            Expansion = Origin is null && _pieces is null ? null : _expansion ??= new(this),
        };
    }

    /// <summary>Characters that a stretch takes in the file; the first line's, if it was written on several.</summary>
    public int WrittenLength(int start, int end)
    {
        if (_pieces is null) return end - start;
        var (first, last) = (PieceAt(start), PieceAt(Math.Max(start, end - 1)));
        var column = first.IsAsWritten ? first.Column + start - first.Start : first.Column;
        var isOneLine = last.Line == first.Line && last.File == first.File;
        var lastColumn = !isOneLine ? first.Column + first.Length
            : last.IsAsWritten ? last.Column + end - last.Start : last.Column + last.Length;
        return Math.Max(1, lastColumn - column);
    }

    /// <summary>Whether a stretch stands in a file character by character.</summary>
    public bool IsAsWritten(int start, int end)
    {
        if (_pieces is null) return true;
        var (first, last) = (PieceAt(start), PieceAt(Math.Max(start, end - 1)));
        return first.IsAsWritten && first == last;
    }

    private Piece PieceAt(int offset)
    {
        if (_pieces is null) return _first;
        var (low, high) = (0, _pieces.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].Start <= offset) low = middle;
            else high = middle - 1;
        }

        return _pieces[low];
    }
}
