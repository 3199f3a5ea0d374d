using System.Globalization;
using System.Text;

namespace Director.Config.Patterns;

/// <summary>One translation, from the left to the right. What .NET reads as PCRE2 does is taken over as it stands.</summary>
/// <param name="pattern">In PCRE2's language.</param>
/// <param name="options">How it is meant.</param>
internal sealed partial class PcreTranslation(string pattern, PcreOptions options)
{
    private const int MaxRepeat = 65535;

    private readonly StringBuilder _out = new();

    /// <summary>Where in the output the open groups begin, and whether blanks mean nothing outside them.</summary>
    private readonly Stack<(int Start, bool IsExtended)> _groups = new();
    private bool _isExtended = options.HasFlag(PcreOptions.Extended);
    private int _at;

    /// <summary>Where in the output begins what a quantifier is about; −1 if nothing is.</summary>
    private int _atom = -1;

    /// <summary>Capturing groups so far.</summary>
    private int _captures;

    private bool IsAtEnd => _at >= pattern.Length;

    private bool IsUnicode => options.HasFlag(PcreOptions.Ucp);

    /// <summary>The translation.</summary>
    /// <exception cref="PatternException">There is none.</exception>
    public string Run()
    {
        while (!IsAtEnd)
        {
            var character = pattern[_at];
            if (_isExtended && character == '#') CopyThrough('\n');
            else if (_isExtended && char.IsWhiteSpace(character)) _out.Append(pattern[_at++]);
            else Take(character);
        }

        return _out.ToString();
    }

    private void Take(char character)
    {
        switch (character)
        {
            case '\\':
                TakeEscape();
                break;
            case '[':
                TakeClass();
                break;
            case '(':
                TakeGroup();
                break;
            case ')':
                if (!_groups.TryPop(out var group)) throw Wrong(_at, "closes a parenthesis that is not open");
                (_isExtended, _atom) = (group.IsExtended, group.Start);
                _out.Append(pattern[_at++]);
                break;
            case '*' or '+' or '?':
                TakeQuantifier(1);
                break;
            case '{' when QuantifierLength() is > 0 and var length:
                TakeQuantifier(length);
                break;
            case '{':
                Atom(@"\{");
                _at++;
                break;
            case '$' when options.HasFlag(PcreOptions.DollarEndOnly) && !options.HasFlag(PcreOptions.Multiline):
                Atom(@"\z");
                _at++;
                break;
            case '|':
                _out.Append(character);
                _atom = -1;
                _at++;
                break;
            default:
                Atom($"{pattern[_at++]}");
                break;
        }
    }

    private void Atom(string text)
    {
        _atom = _out.Length;
        _out.Append(text);
    }

    /// <summary>Characters of <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>; 0 if it is none and so a brace like any other.</summary>
    private int QuantifierLength()
    {
        var end = pattern.IndexOf('}', _at);
        if (end < 0) return 0;
        var parts = pattern[(_at + 1)..end].Split(',');
        if (parts.Length > 2 || parts[0].Length == 0 || parts.Any(part => part.Any(digit => !char.IsAsciiDigit(digit)))) return 0;
        foreach (var part in parts.Where(part => part.Length > 0))
            if (part.Length > 5 || int.Parse(part, CultureInfo.InvariantCulture) > MaxRepeat) throw Wrong(_at, "repeats too often");
        return end - _at + 1;
    }

    /// <summary>A quantifier, which may be lazy (<c>?</c>) or possessive (<c>+</c>): the latter .NET has only as a group.</summary>
    private void TakeQuantifier(int length)
    {
        if (_atom < 0) throw Wrong(_at, "repeats nothing");
        _out.Append(pattern, _at, length);
        _at += length;
        if (IsAtEnd) return;
        if (pattern[_at] == '?')
        {
            _out.Append(pattern[_at++]);
        }
        else if (pattern[_at] == '+')
        {
            _out.Insert(_atom, "(?>").Append(')');
            _at++;
            return;
        }

        // What follows repeats what was repeated, which neither takes.
        _atom = -1;
    }

    private void TakeGroup()
    {
        var open = _at;
        var start = _out.Length;
        if (Follows("(*")) throw Ours(open, "(*…) is not supported");
        if (!Follows("(?"))
        {
            _captures++;
            Open("(", 1);
            return;
        }

        var rest = pattern.AsSpan(_at + 2);
        if (rest.IsEmpty) throw Wrong(open, "opens a parenthesis that is not closed");
        switch (rest[0])
        {
            case '#':
                CopyThrough(')');
                return;
            case ':' or '=' or '!' or '>':
                Open(pattern.Substring(_at, 3), 3);
                return;
            case '<' when rest.Length > 1 && rest[1] is '=' or '!':
                Open(pattern.Substring(_at, 4), 4);
                return;
            case '<':
                OpenNamed(3, '>');
                return;
            case '\'':
                OpenNamed(3, '\'');
                return;
            case 'P' when rest.Length > 1 && rest[1] == '<':
                OpenNamed(4, '>');
                return;
            case 'P' when rest.Length > 1 && rest[1] == '=':
                _at += 4;
                Reference(TakeUntil(')'));
                return;
            case '(':
                OpenConditional();
                return;
            case '|':
                throw Ours(open, "(?|…) is not supported");
            case 'C':
                throw Ours(open, "callouts are not supported");
            case 'R' or '&' or '+' or 'P' or (>= '0' and <= '9'):
                throw Ours(open, "recursion is not supported");
            case '-' when rest.Length > 1 && char.IsAsciiDigit(rest[1]):
                throw Ours(open, "recursion is not supported");
            default:
                TakeFlags(start);
                return;
        }
    }

    private void Open(string text, int length)
    {
        _groups.Push((_out.Length, _isExtended));
        _out.Append(text);
        (_at, _atom) = (_at + length, -1);
    }

    private void OpenNamed(int length, char end)
    {
        var open = _at;
        _at += length;
        var name = TakeUntil(end);
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(letter => char.IsLetterOrDigit(letter) || letter == '_'))
            throw Wrong(open, "names a group with no name");
        _captures++;
        Open($"(?<{name}>", 0);
    }

    /// <summary><c>(?(1)…|…)</c>, <c>(?(&lt;name&gt;)…|…)</c>, <c>(?(?=…)…|…)</c>.</summary>
    private void OpenConditional()
    {
        var open = _at;
        if (Follows("(?(?"))
        {
            // The condition is a group like any other, and the next thing to be read.
            Open("(?", 2);
            return;
        }

        _at += 3;
        var condition = TakeUntil(')');
        if (condition is ['<', .. var angled, '>']) condition = angled;
        else if (condition is ['\'', .. var quoted, '\'']) condition = quoted;
        else if (condition is "DEFINE" || condition.StartsWith('R') || condition.StartsWith('V'))
            throw Ours(open, $"(?({condition}) is not supported");
        Open($"(?({condition})", 0);
    }

    /// <summary><c>(?i)</c> and <c>(?i:…)</c>. That greed and names may be changed makes no difference to what is found.</summary>
    private void TakeFlags(int start)
    {
        var open = _at;
        _at += 2;
        var flags = new StringBuilder();
        var isOff = false;
        while (!IsAtEnd && pattern[_at] is not (')' or ':'))
        {
            var flag = pattern[_at++];
            if (flag is not ('i' or 'm' or 's' or 'x' or 'n' or 'U' or 'J' or '-')) throw Ours(open, $"(?{flag} is not supported");
            if (flag == '-') isOff = true;
            else if (flag == 'x') _isExtended = !isOff;
            if (flag is not ('U' or 'J')) flags.Append(flag);
        }

        if (IsAtEnd) throw Wrong(open, "opens a parenthesis that is not closed");
        var text = flags.ToString().TrimEnd('-');
        if (pattern[_at++] == ':')
        {
            // The setting ends with the group.
            _groups.Push((start, options.HasFlag(PcreOptions.Extended)));
            _out.Append(text.Length > 0 ? $"(?{text}:" : "(?:");
        }
        else if (text.Length > 0)
        {
            _out.Append(CultureInfo.InvariantCulture, $"(?{text})");
        }

        _atom = -1;
    }

    /// <summary>A reference to a group by number or name, in a way that what follows cannot change.</summary>
    private void Reference(string group)
    {
        if (options.HasFlag(PcreOptions.MatchUnsetBackref))
            throw Ours(_at, "references are not supported together with match_unset_backref");
        Atom($"\\k<{group}>");
    }

    private bool Follows(string text) => string.CompareOrdinal(pattern, _at, text, 0, text.Length) == 0;

    /// <summary>Takes the text before a character, and that character; it must come.</summary>
    private string TakeUntil(char end)
    {
        var start = _at;
        var found = pattern.IndexOf(end, _at);
        if (found < 0) throw Wrong(start, $"'{end}' is missing");
        _at = found + 1;
        return pattern[start..found];
    }

    private void CopyThrough(char end)
    {
        var found = pattern.IndexOf(end, _at);
        var next = found < 0 ? pattern.Length : found + 1;
        _out.Append(pattern, _at, next - _at);
        _at = next;
    }

    /// <summary>Something that PCRE2 does not take either.</summary>
    private static PatternException Wrong(int offset, string problem) => new(new(offset, problem, false));

    /// <summary>Something that PCRE2 takes and we do not.</summary>
    private static PatternException Ours(int offset, string problem) => new(new(offset, problem, true));
}
