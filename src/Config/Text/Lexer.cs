using System.Text;

namespace Director.Config.Text;

/// <summary>
/// Splits one file into logical lines (keepalived.conf(5), lib/parser.c). Comments begin with <c>!</c> or <c>#</c> anywhere outside
/// double quotes; <c>\!</c> and <c>\#</c> are those characters. A quote in the middle of a word ends it and begins another. On an
/// <c>include</c> line braces belong to the pattern. What follows a <see cref="ScriptKeyword"/> is left whole.
/// </summary>
internal sealed class Lexer(SourceText source, DiagnosticSink diagnostics)
{
    private readonly List<Word> _words = [];

    /// <summary>Every text that a word had, once: a long file says a few things over and over.</summary>
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    private int _line;
    private int _position;
    private int _end;
    private bool _atLineStart = true;

    public SourceText Source => source;

    /// <summary>Takes the next logical line; null at the end of the file.</summary>
    public LogicalLine? Next()
    {
        while (true)
        {
            if (ReadWords() is { } line) return line;
            if (!NextPhysicalLine()) return null;
        }
    }

    /// <summary>Whether the present physical line ends with a backslash.</summary>
    public bool EndsWithBackslash => _end > 0 && source.Text[_end - 1] == '\\';

    /// <summary>Skips what is left of the present physical line.</summary>
    public void SkipRestOfLine() => _position = _end;

    /// <summary>Takes the next physical line whole and unread; null at the end of the file.</summary>
    public string? NextRawLine()
    {
        if (!NextPhysicalLine()) return null;
        var raw = source.Text[_position.._end];
        SkipRestOfLine();
        return raw;
    }

    private bool NextPhysicalLine()
    {
        while (_line < source.LineCount)
        {
            (_position, _end) = source.Extent(++_line);
            _atLineStart = true;
            var nul = source.Text.AsSpan(_position, _end - _position).IndexOf('\0');
            if (nul < 0) return true;
            diagnostics.Error(DiagnosticCode.NulByte, At(_position + nul), 1, "the line contains a NUL byte and is ignored",
                "save the file as plain UTF-8 text");
            SkipRestOfLine();
        }

        return false;
    }

    private LogicalLine? ReadWords()
    {
        _words.Clear();
        var start = _position;
        var afterLastWord = _position;
        var isInclude = false;
        while (_position < _end)
        {
            var character = source.Text[_position];
            if (IsSeparator(character))
            {
                _position++;
                continue;
            }

            if (character is '#' or '!')
            {
                var glued = _words.Count > 0 && _position == afterLastWord;
                SkipRestOfLine();
                return _words.Count == 0 ? null : Line(start, glued);
            }

            if (character is '{' or '}' && !isInclude)
            {
                if (_words.Count > 0) return Line(start, false);
                var kind = character == '{' ? LogicalLineKind.Open : LogicalLineKind.Close;
                _atLineStart = false;
                return new(kind, [], At(_position++), CutByComment: false, BeginsLine: false);
            }

            if (_words.Count == 0) start = _position;
            _words.Add(FollowsScriptKeyword() ? ScriptValue() : character == '"' ? QuotedWord() : BareWord(bracesToo: isInclude));
            afterLastWord = _position;
            isInclude |= _atLineStart && _words.Count == 1 && IncludeKeyword.TryParse(_words[0].Text, out _);
        }

        return _words.Count == 0 ? null : Line(start, false);
    }

    private LogicalLine Line(int start, bool cutByComment)
    {
        var line = new LogicalLine(LogicalLineKind.Words, [.. _words], At(start), cutByComment, _atLineStart);
        _words.Clear();
        _atLineStart = false;
        return line;
    }

    /// <summary>Whether the word before is a script's keyword, and the first of its line or of what an <c>@id</c> leaves of it.</summary>
    private bool FollowsScriptKeyword() =>
        _words.Count > 0 && ScriptKeyword.IsOne(_words[^1].Text)
        && (_words.Count == 1 || (_words.Count == 2 && _atLineStart && _words[0].Text.StartsWith('@')));

    /// <summary>
    /// The rest of the line up to a comment or brace, whatever quotes are open at its end. As in keepalived, <c>\"</c> is no quote where
    /// comments are looked for but one where braces are, and single quotes are none.
    /// </summary>
    private Word ScriptValue()
    {
        var (start, end) = (_position, _position);
        var (hidesComments, hidesBraces, isEscaped) = (false, false, false);
        while (_position < _end)
        {
            var character = source.Text[_position];
            if (character is '#' or '!' && !hidesComments && !isEscaped) break;
            if (character is '{' or '}' && !hidesBraces) break;
            if (character == '"')
            {
                hidesBraces = !hidesBraces;
                hidesComments ^= !isEscaped;
            }

            isEscaped = character == '\\' && !isEscaped;
            _position += character == '$' && !hidesBraces ? Math.Max(DefinitionLength(), 1) : 1;
            if (!IsSeparator(character)) end = _position;
        }

        _position = end;
        return Word(Text(start, end), start, isQuoted: false);
    }

    private Word QuotedWord()
    {
        var start = _position++;
        var close = source.Text.AsSpan(_position, _end - _position).IndexOf('"');
        if (close < 0)
        {
            diagnostics.Error(DiagnosticCode.UnterminatedQuote, At(start), _end - start, "the quote is not closed on this line", null);
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
            var character = source.Text[_position];
            if (character == '\\' && _position + 1 < _end && source.Text[_position + 1] is '#' or '!')
            {
                unescaped ??= new StringBuilder().Append(source.Text, start, _position - start);
                unescaped.Append(source.Text[_position + 1]);
                _position += 2;
                continue;
            }

            // The braces of ${NAME} belong to the word. (keepalived takes those of an undefined name for a block.)
            var definition = character == '$' ? DefinitionLength() : 0;
            if (definition == 0 && EndsWord(character, bracesToo)) break;
            var length = Math.Max(definition, 1);
            unescaped?.Append(source.Text, _position, length);
            _position += length;
        }

        return Word(unescaped?.ToString() ?? Text(start, _position), start, isQuoted: false);
    }

    private int DefinitionLength()
    {
        if (_position + 1 >= _end || source.Text[_position + 1] != '{') return 0;
        var close = source.Text.AsSpan(_position, _end - _position).IndexOf('}');
        return close + 1;
    }

    private string Text(int start, int end)
    {
        var characters = source.Text.AsSpan(start, end - start);
        if (!_texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters, out var text))
            _texts.Add(text = characters.ToString());
        return text;
    }

    private Word Word(string text, int start, bool isQuoted)
    {
        if (text.Contains("${_", StringComparison.Ordinal))
        {
            text = text.Replace("${_HASH}", "#", StringComparison.Ordinal).Replace("${_BANG}", "!", StringComparison.Ordinal);
            if (text.Contains("${_", StringComparison.Ordinal))
            {
                diagnostics.Error(DiagnosticCode.NotSupported, At(start), _position - start,
                    $"{Printable.Quote(text)}: of the built-in definitions only ${{_HASH}} and ${{_BANG}} are supported yet",
                        "write the value itself");
            }
        }

        return new(text, At(start), _position - start, isQuoted);
    }

    private SourceLocation At(int position) => new(source.Path, _line, position - source.Extent(_line).Start + 1);

    private static bool EndsWord(char character, bool bracesToo) =>
        IsSeparator(character) || character is '"' or '#' or '!' || (character is '{' or '}' && !bracesToo);

    private static bool IsSeparator(char character) => character is ' ' or '\t' or '\f' or '\r' or '\v';
}
