using System.Globalization;
using System.Text;

namespace Director.Config.Patterns;

/// <summary>
/// Sets of characters that PCRE2 means in ASCII and .NET in all of Unicode, written out (pcre2pattern(3), "Posix character classes").
/// </summary>
internal static class CharacterClass
{
    private const int AsciiSize = 128;

    private static readonly Dictionary<string, Func<char, bool>> Named = new(StringComparer.Ordinal)
    {
        ["alnum"] = char.IsAsciiLetterOrDigit,
        ["alpha"] = char.IsAsciiLetter,
        ["ascii"] = _ => true,
        ["blank"] = character => character is ' ' or '\t',
        ["cntrl"] = character => character is < ' ' or '\x7f',
        ["digit"] = char.IsAsciiDigit,
        ["graph"] = character => character is > ' ' and < '\x7f',
        ["lower"] = char.IsAsciiLetterLower,
        ["print"] = character => character is >= ' ' and < '\x7f',
        ["punct"] = character => character is > ' ' and < '\x7f' && !char.IsAsciiLetterOrDigit(character),
        ["space"] = character => character is ' ' or (>= '\t' and <= '\r'),
        ["upper"] = char.IsAsciiLetterUpper,
        ["word"] = character => char.IsAsciiLetterOrDigit(character) || character == '_',
        ["xdigit"] = char.IsAsciiHexDigit,
    };

    /// <summary>What stands between the brackets for a POSIX name; null if there is none of that name.</summary>
    public static string? Ranges(string name, bool isNegated) =>
        Named.TryGetValue(name, out var contains) ? Ranges(contains, isNegated) : null;

    /// <summary>The same for the letter of an escape such as <c>\d</c>; null if it stands for no set.</summary>
    /// <param name="letter">The letter; a capital is the others.</param>
    /// <param name="isUnicode">Whether it knows more than ASCII; then .NET's own will do.</param>
    public static string? Ranges(char letter, bool isUnicode) => (char.ToLowerInvariant(letter), isUnicode) switch
    {
        ('d', false) => Ranges("digit", char.IsAsciiLetterUpper(letter)),
        ('s', false) => Ranges("space", char.IsAsciiLetterUpper(letter)),
        ('w', false) => Ranges("word", char.IsAsciiLetterUpper(letter)),
        ('d' or 's' or 'w', true) => $"\\{letter}",
        // These two are the same in either way (pcre2pattern(3), "Generic character types").
        ('h', _) => letter == 'h' ? @"\t\x20\xa0" : @"\x00-\x08\x0a-\x1f\x21-\x9f\xa1-\uffff",
        ('v', _) => letter == 'v' ? @"\x0a-\x0d\x85\u2028\u2029" : @"\x00-\x09\x0e-\x84\x86-\u2027\u202a-\uffff",
        _ => null,
    };

    private static string Ranges(Func<char, bool> contains, bool isNegated)
    {
        var ranges = new StringBuilder();
        for (var first = 0; first < AsciiSize; first++)
        {
            if (contains((char)first) == isNegated) continue;
            var last = first;
            while (last + 1 < AsciiSize && contains((char)(last + 1)) != isNegated) last++;
            ranges.Append(CultureInfo.InvariantCulture, $"\\x{first:x2}");
            if (last > first) ranges.Append(CultureInfo.InvariantCulture, $"-\\x{last:x2}");
            first = last;
        }

        if (isNegated) ranges.Append(@"\x80-\uffff");
        return ranges.ToString();
    }
}
