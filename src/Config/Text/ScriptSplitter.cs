namespace Director.Config.Text;

/// <summary>
/// Splits a script's line into words (keepalived 2.3.2 and later, lib/parser.c alloc_strvec_quoted_escaped_common). Both <c>'</c> and
/// <c>"</c> quote, also within a word, whose parts are joined: <c>a"b c"d</c> is <c>ab cd</c>. A backslash keeps the next character from
/// being a quote or a blank, within quotes too. It stays until the command is split, where <c>\a \b \E \f \n \r \t \v</c>, <c>\nnn</c>,
/// <c>\xHH</c> and <c>\cC</c> are bytes and any other character is itself.
/// </summary>
internal sealed class ScriptSplitter
{
    private readonly IReadOnlyList<ScriptByte> _text;
    private readonly bool _resolvesEscapes;
    private readonly List<ScriptByte> _word = [];
    private int _position;

    private ScriptSplitter(IReadOnlyList<ScriptByte> text, bool resolvesEscapes)
    {
        _text = text;
        _resolvesEscapes = resolvesEscapes;
    }

    private bool IsAtEnd => _position == _text.Count;

    private ScriptByte Current => _text[_position];

    /// <summary>Splits <paramref name="text"/>; the fault is null if nothing is wrong with it.</summary>
    public static IReadOnlyList<ScriptWord> Split(IReadOnlyList<ScriptByte> text, bool resolvesEscapes, out ScriptFault? fault)
    {
        var splitter = new ScriptSplitter(text, resolvesEscapes);
        List<ScriptWord> words = [];
        fault = null;
        while (fault is null && splitter.SkipBlanks()) words.Add(splitter.TakeWord(out fault));
        return words;
    }

    private bool SkipBlanks()
    {
        while (!IsAtEnd && IsBlank(Current.Value)) _position++;
        return !IsAtEnd;
    }

    private ScriptWord TakeWord(out ScriptFault? fault)
    {
        var start = Current.Offset;
        ScriptByte? quote = null;
        _word.Clear();
        fault = null;
        while (!IsAtEnd && fault is null && (quote is not null || !IsBlank(Current.Value)))
        {
            if (Current.Value == '\\') fault = TakeEscape(quote);
            else if (quote?.Value == Current.Value) (quote, _position) = (null, _position + 1);
            else if (quote is null && Current.Value is (byte)'"' or (byte)'\'') quote = _text[_position++];
            else _word.Add(_text[_position++]);
        }

        if (quote is { } open && fault is null) fault = OpenQuote(open);
        return new([.. _word], start, _text[_position - 1].Offset + 1);
    }

    private ScriptFault? TakeEscape(ScriptByte? quote)
    {
        var backslash = _text[_position++];
        if (IsAtEnd)
        {
            return new(DiagnosticCode.InvalidValue, backslash.Offset, "nothing follows the backslash",
                @"a backslash is written \\");
        }

        if (_resolvesEscapes)
        {
            _word.Add(backslash with { Value = TakeEscaped() });
            return null;
        }

        // As everywhere, \# and \! outside double quotes are those characters.
        var isMark = Current.Value is (byte)'#' or (byte)'!' && quote is not { Value: (byte)'"' };
        if (!isMark) _word.Add(backslash);
        _word.Add(_text[_position++]);
        return null;
    }

    private byte TakeEscaped()
    {
        var first = _text[_position++].Value;
        switch ((char)first)
        {
            case 'x' when !IsAtEnd && char.IsAsciiHexDigit((char)Current.Value):
                return TakeDigits(0, count: 2, bits: 4, char.IsAsciiHexDigit);
            case 'c' when !IsAtEnd:
                return (byte)(_text[_position++].Value & 0x1f);
            case >= '0' and <= '7':
                return TakeDigits(first - '0', count: 2, bits: 3, digit => digit is >= '0' and <= '7');
        }

        return (char)first switch
        {
            'a' => 0x07,
            'b' => 0x08,
            'E' => 0x1b,
            'f' => 0x0c,
            'n' => 0x0a,
            'r' => 0x0d,
            't' => 0x09,
            'v' => 0x0b,
            _ => first,
        };
    }

    /// <summary>Up to <paramref name="count"/> more digits; what does not fit into a byte is lost.</summary>
    private byte TakeDigits(int value, int count, int bits, Predicate<char> isDigit)
    {
        for (; count > 0 && !IsAtEnd && isDigit((char)Current.Value); count--)
            value = (value << bits) | ValueOf(_text[_position++].Value);
        return (byte)value;
    }

    private static int ValueOf(byte hexDigit) => hexDigit <= '9' ? hexDigit - '0' : (hexDigit | 0x20) - 'a' + 10;

    private static ScriptFault OpenQuote(ScriptByte open) => open.Value == '"'
        ? new(DiagnosticCode.UnterminatedQuote, open.Offset, "the quote is not closed on this line")
        : new(DiagnosticCode.UnterminatedQuote, open.Offset, "the single quote is not closed on this line",
            "only double quotes keep # and ! from beginning a comment, and braces a block");

    private static bool IsBlank(byte value) => (char)value is ' ' or '\t' or '\f' or '\n' or '\r' or '\v';
}
