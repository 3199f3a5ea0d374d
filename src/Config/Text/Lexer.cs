using System.Text;

namespace Director.Config.Text;

/// <summary>
/// Splits lines into logical lines (keepalived.conf(5), lib/parser.c). <c>\!</c> and <c>\#</c> outside double quotes are those characters.
/// A quote in the middle of a word ends it and begins another. The braces of an <c>include</c> line's pattern belong to it. What follows a
/// <see cref="ScriptKeyword"/> is left whole.
/// </summary>
internal sealed class Lexer(DiagnosticSink diagnostics)
{
    private readonly List<Word> _words = [];

    /// <summary>Texts that words had, once: a long file says a few things over and over.</summary>
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    private TextLine _line = null!;
    private string _text = "";
    private int _position;
    private int _end;

    /// <summary>Takes the first logical line of a line; null if it holds none.</summary>
    /// <param name="line">The line, without its comment and with its names replaced.</param>
    /// <param name="rest">What is left of it; null if that is nothing.</param>
    public LogicalLine? Read(TextLine line, out TextLine? rest)
    {
        (_line, _text, _position, _end) = (line, line.Text, line.Start, line.End);
        var logical = ReadWords();
        while (_position < _end && IsSeparator(_text[_position])) _position++;
        rest = _position < _end ? line.Slice(_position, _end) : null;
        return logical;
    }

    private LogicalLine? ReadWords()
    {
        _words.Clear();
        var start = _position;
        var isInclude = false;
        var afterLastWord = _position;
        while (_position < _end)
        {
            var character = _text[_position];
            if (IsSeparator(character))
            {
                _position++;
                continue;
            }

            var isPattern = isInclude && _words.Count == 1;
            if (character is '{' or '}' && !isPattern)
            {
                if (_words.Count > 0) return Line(start, false);
                var kind = character == '{' ? LogicalLineKind.Open : LogicalLineKind.Close;
                return new(kind, [], _line.At(_position++), CutByComment: false);
            }

            if (_words.Count == 0) start = _position;
            _words.Add(FollowsScriptKeyword() ? ScriptValue() : character == '"' ? QuotedWord() : BareWord(isPattern));
            afterLastWord = _position;
            isInclude |= _words.Count == 1 && !_words[0].IsQuoted && IncludeKeyword.TryParse(_words[0].Text, out _);
        }

        return _words.Count == 0 ? null : Line(start, _line.HasComment && afterLastWord == _end);
    }

    private LogicalLine Line(int start, bool cutByComment) =>
        new(LogicalLineKind.Words, [.. _words], _line.At(start), cutByComment);

    /// <summary>Whether the only word before is a script's keyword.</summary>
    private bool FollowsScriptKeyword() => _words.Count == 1 && ScriptKeyword.IsOne(_words[0].Text);

    /// <summary>
    /// The rest of the line up to a brace, whatever quotes are open at its end. As in keepalived single quotes are none where braces are
    /// looked for.
    /// </summary>
    private Word ScriptValue()
    {
        var (start, end, isQuoted) = (_position, _position, false);
        while (_position < _end)
        {
            var character = _text[_position];
            if (character is '{' or '}' && !isQuoted) break;
            if (character == '"') isQuoted = !isQuoted;
            _position += character == '$' && !isQuoted ? Math.Max(NameLength(), 1) : 1;
            if (!IsSeparator(character)) end = _position;
        }

        _position = end;
        return Word(Text(start, end), start, isQuoted: false);
    }

    private Word QuotedWord()
    {
        var start = _position++;
        var close = _text.AsSpan(_position, _end - _position).IndexOf('"');
        if (close < 0)
        {
            diagnostics.Error(DiagnosticCode.UnterminatedQuote, _line.At(start), _line.WrittenLength(start, _end),
                "the quote is not closed on this line");
            close = _end - _position;
        }

        var text = Text(_position, _position + close);
        _position = Math.Min(_position + close + 1, _end);
        return Word(text, start, isQuoted: true);
    }

    private Word BareWord(bool bracesToo)
    {
        var start = _position;
        StringBuilder? unescaped = null;
        while (_position < _end)
        {
            var character = _text[_position];
            if (character == '\\' && _position + 1 < _end && _text[_position + 1] is '#' or '!')
            {
                unescaped ??= new StringBuilder().Append(_text, start, _position - start);
                unescaped.Append(_text[_position + 1]);
                _position += 2;
                continue;
            }

            // The braces of a ${NAME} that nothing is known of belong to the word. (keepalived takes them for a block's.)
            var name = character == '$' ? NameLength() : 0;
            if (name == 0 && EndsWord(character, bracesToo)) break;
            if (name > 0) ReportUndefined(name);
            var length = Math.Max(name, 1);
            unescaped?.Append(_text, _position, length);
            _position += length;
        }

        return Word(unescaped?.ToString() ?? Text(start, _position), start, isQuoted: false);
    }

    private int NameLength() => NameUse.Read(_text.AsSpan(_position, _end - _position)) is { HasBraces: true } use ? use.Length : 0;

    private void ReportUndefined(int length)
    {
        var name = _text.AsSpan(_position, length).ToString();
        var written = _line.WrittenLength(_position, _position + length);
        diagnostics.Add(new(Severity.Warning, DiagnosticCode.Definition, _line.At(_position), written,
            $"nothing before this line defines {Printable.Quote(name)}: it stays as it is written", null));
    }

    private string Text(int start, int end)
    {
        if (_texts.Count >= ConfigLimits.MaxSharedTexts) _texts.Clear();
        var characters = _text.AsSpan(start, end - start);
        if (!_texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters, out var text))
            _texts.Add(text = characters.ToString());
        return text;
    }

    private Word Word(string text, int start, bool isQuoted) =>
        new(text, _line.At(start), _line.WrittenLength(start, _position), isQuoted);

    /// <summary>Whether a character separates words.</summary>
    public static bool IsSeparator(char character) => character is ' ' or '\t' or '\f' or '\r' or '\v';

    private static bool EndsWord(char character, bool bracesToo) =>
        IsSeparator(character) || character == '"' || (character is '{' or '}' && !bracesToo);
}
