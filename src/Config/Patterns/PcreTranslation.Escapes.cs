using System.Globalization;

namespace Director.Config.Patterns;

/// <summary>Backslashes and classes.</summary>
internal sealed partial class PcreTranslation
{
    private void TakeEscape()
    {
        var start = _at++;
        if (IsAtEnd) throw Wrong(start, "nothing follows the backslash");
        var letter = pattern[_at++];
        if (CharacterClass.Ranges(letter, IsUnicode) is { } ranges)
        {
            Atom($"[{ranges}]");
            return;
        }

        switch (letter)
        {
            case 'Q':
                TakeQuoted();
                break;
            case 'E':
                break;
            case 'N' when !Follows("{"):
                Atom(@"[^\n]");
                break;
            case 'R':
                Atom(@"(?>\r\n|[\n\x0b\f\r\x85\u2028\u2029])");
                break;
            case 'A' or 'Z' or 'z' or 'b' or 'B':
                Atom($"\\{letter}");
                break;
            case 'p' or 'P':
                Atom(Property(letter));
                break;
            case 'k':
                var open = IsAtEnd ? ' ' : pattern[_at++];
                Reference(open switch
                {
                    '<' => TakeUntil('>'),
                    '\'' => TakeUntil('\''),
                    '{' => TakeUntil('}'),
                    _ => throw Wrong(start, @"\k needs a name"),
                });
                break;
            case 'g':
                TakeGroupReference(start);
                break;
            case >= '1' and <= '9':
                TakeNumber(start, letter);
                break;
            case 'K' or 'G' or 'X' or 'C' or 'N':
                throw Ours(start, $"\\{letter} is not supported");
            default:
                Atom(Character(start, letter));
                break;
        }
    }

    /// <summary>A reference, or in octal a character, if there are not that many groups and it can be one (pcre2pattern(3), "Non-printing
    /// characters").</summary>
    private void TakeNumber(int start, char first)
    {
        var end = _at;
        while (end < pattern.Length && char.IsAsciiDigit(pattern[end]) && end - start < 4) end++;
        var digits = pattern[(start + 1)..end];
        var number = int.Parse(digits, CultureInfo.InvariantCulture);
        if (number < 10 || number <= _captures)
        {
            _at = end;
            Reference(digits);
            return;
        }

        if (first is '8' or '9') throw Wrong(start, "refers to a group that is not there");
        Atom(Octal(start + 1));
    }

    private void TakeGroupReference(int start)
    {
        if (Follows("<") || Follows("'")) throw Ours(start, "recursion is not supported");
        string group;
        if (Follows("{"))
        {
            _at++;
            group = TakeUntil('}');
        }
        else
        {
            var end = _at;
            while (end < pattern.Length && (char.IsAsciiDigit(pattern[end]) || (end == _at && pattern[end] is '-' or '+'))) end++;
            (group, _at) = (pattern[_at..end], end);
        }

        if (group.StartsWith('-') && int.TryParse(group.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var back))
            group = (_captures + 1 - back).ToString(CultureInfo.InvariantCulture);
        if (group.Length == 0 || !group.All(letter => char.IsLetterOrDigit(letter) || letter == '_'))
            throw Wrong(start, @"\g needs a group");
        Reference(group);
    }

    private void TakeQuoted()
    {
        var end = pattern.IndexOf(@"\E", _at, StringComparison.Ordinal);
        var text = end < 0 ? pattern[_at..] : pattern[_at..end];
        _at = end < 0 ? pattern.Length : end + 2;
        foreach (var character in text) Atom(Literal(character));
    }

    /// <summary><c>\pL</c>, <c>\p{Lu}</c>, <c>\p{^Lu}</c>.</summary>
    private string Property(char letter)
    {
        if (IsAtEnd) throw Wrong(_at, "a property is missing");
        var name = pattern[_at++] is var first && first == '{' ? TakeUntil('}') : $"{first}";
        if (name.StartsWith('^')) (letter, name) = (letter == 'p' ? 'P' : 'p', name[1..]);
        return $"\\{letter}{{{name}}}";
    }

    /// <summary>A single character that is written with a backslash; the letter is taken already.</summary>
    private string Character(int start, char letter)
    {
        switch (letter)
        {
            case 'a':
                return @"\x07";
            case 'e':
                return @"\x1b";
            case 'f' or 'n' or 'r' or 't':
                return $"\\{letter}";
            case '0':
                return Octal(start + 1);
            case 'o' when Follows("{"):
                _at++;
                return Code(start, TakeUntil('}'), 8);
            case 'x' when options.HasFlag(PcreOptions.AltBsux):
                return Digits(2) is { } two ? Code(start, two, 16) : "x";
            case 'x' when Follows("{"):
                _at++;
                return Code(start, TakeUntil('}'), 16);
            case 'x':
                var length = 0;
                while (length < 2 && _at + length < pattern.Length && char.IsAsciiHexDigit(pattern[_at + length])) length++;
                return Code(start, $"0{Digits(length)}", 16);
            case 'u' when options.HasFlag(PcreOptions.AltBsux):
                return Digits(4) is { } four ? Code(start, four, 16) : "u";
            case 'U' when options.HasFlag(PcreOptions.AltBsux):
                return "U";
            case 'c' when !IsAtEnd && char.IsAscii(pattern[_at]):
                return Literal((char)(char.ToUpperInvariant(pattern[_at++]) ^ 0x40));
            default:
                return char.IsAsciiLetterOrDigit(letter) ? throw Wrong(start, $"\\{letter} means nothing") : Literal(letter);
        }
    }

    /// <summary>Takes so many hexadecimal digits; null if there are not that many.</summary>
    private string? Digits(int count)
    {
        if (_at + count > pattern.Length || !pattern.AsSpan(_at, count).ToString().All(char.IsAsciiHexDigit)) return null;
        _at += count;
        return pattern.Substring(_at - count, count);
    }

    private string Octal(int start)
    {
        var end = start;
        while (end < pattern.Length && end < start + 3 && pattern[end] is >= '0' and <= '7') end++;
        _at = end;
        return Code(start, pattern[start..end], 8);
    }

    private string Code(int start, string digits, int radix)
    {
        var code = 0L;
        foreach (var digit in digits)
        {
            var value = char.IsAsciiHexDigit(digit) ? Convert.ToInt32($"{digit}", 16) : radix;
            if (value >= radix) throw Wrong(start, "is no number of a character");
            code = Math.Min((code * radix) + value, int.MaxValue);
        }

        if (code > 0x10ffff || (code > 0xff && !options.HasFlag(PcreOptions.Utf))) throw Wrong(start, "there is no such character");
        // Half of a pair cannot be in text, nor a pair in a class of .NET's.
        if (code > 0xffff || code is >= 0xd800 and <= 0xdfff) throw Ours(start, "characters beyond U+FFFF are not supported");
        return Literal((char)code);
    }

    /// <summary>A character in a way that means nothing else, in a class as outside.</summary>
    private static string Literal(char character) => char.IsAsciiLetterOrDigit(character) ? $"{character}"
        : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");

    /// <summary>A class in brackets. .NET's own subtraction of classes is closed to it: what begins one is written as a code.</summary>
    private void TakeClass()
    {
        var open = _at++;
        var isNegated = Follows("^");
        if (isNegated) _at++;
        if (Follows("]") && options.HasFlag(PcreOptions.AllowEmptyClass))
        {
            _at++;
            Atom(isNegated ? @"[\s\S]" : "(?!)");
            return;
        }

        Atom(isNegated ? "[^" : "[");
        var first = true;
        while (true)
        {
            if (IsAtEnd) throw Wrong(open, "opens a bracket that is not closed");
            var character = pattern[_at];
            if (character == ']' && !first) break;
            first = false;
            if (character == '[' && _at + 1 < pattern.Length && pattern[_at + 1] == ':' && PosixEnd() is > 0 and var end) TakePosix(end);
            else if (character == '\\') TakeEscapeInClass();
            else if (character == '-') TakeDash();
            else _out.Append(Literal(pattern[_at++]));
        }

        _at++;
        _out.Append(']');
    }

    /// <summary>A dash stands for itself at either end, and as it is between two characters.</summary>
    private void TakeDash()
    {
        _at++;
        var isLast = Follows("]");
        var isFirst = _out[^1] == '[' || (_out[^1] == '^' && _out[^2] == '[');
        _out.Append(isLast || isFirst ? Literal('-') : "-");
    }

    private int PosixEnd()
    {
        var end = pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal);
        return end > 0 && pattern.AsSpan(_at + 2, end - _at - 2).IndexOfAnyExceptInRange('^', 'z') < 0 ? end : 0;
    }

    private void TakePosix(int end)
    {
        var name = pattern[(_at + 2)..end];
        var isNegated = name.StartsWith('^');
        var ranges = CharacterClass.Ranges(isNegated ? name[1..] : name, isNegated) ?? throw Wrong(_at, $"there is no class '{name}'");
        _out.Append(ranges);
        _at = end + 2;
    }

    private void TakeEscapeInClass()
    {
        var start = _at++;
        if (IsAtEnd) throw Wrong(start, "nothing follows the backslash");
        var letter = pattern[_at++];
        if (CharacterClass.Ranges(letter, IsUnicode) is { } ranges)
        {
            _out.Append(ranges);
            return;
        }

        switch (letter)
        {
            case 'Q':
                var end = pattern.IndexOf(@"\E", _at, StringComparison.Ordinal);
                if (end < 0) throw Wrong(start, "opens a bracket that is not closed");
                foreach (var character in pattern[_at..end]) _out.Append(Literal(character));
                _at = end + 2;
                break;
            case 'E':
                break;
            case 'b':
                _out.Append(@"\x08");
                break;
            case 'p' or 'P':
                _out.Append(Property(letter));
                break;
            case >= '1' and <= '7':
                _out.Append(Octal(start + 1));
                break;
            case 'B' or 'N' or 'R' or 'X':
                throw Wrong(start, $"\\{letter} cannot stand in a class");
            default:
                _out.Append(Character(start, letter));
                break;
        }
    }
}
