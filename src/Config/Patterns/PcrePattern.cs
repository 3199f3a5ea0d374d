using System.Text.RegularExpressions;

namespace Director.Config.Patterns;

/// <summary>A pattern in PCRE2's language (pcre2pattern(3)) as one in .NET's that finds the same.</summary>
/// <param name="Text">The pattern in .NET's language.</param>
/// <param name="Options">How .NET is to read it.</param>
internal sealed record PcrePattern(string Text, RegexOptions Options)
{
    /// <summary>Translates a pattern; null if it cannot be, and then <paramref name="fault"/> says why.</summary>
    public static PcrePattern? Translate(string pattern, PcreOptions options, out PatternFault? fault)
    {
        try
        {
            var text = new PcreTranslation(pattern, options).Run();
            var translated = new PcrePattern(text, DotNet(options));
            _ = new Regex(translated.Text, translated.Options);
            fault = null;
            return translated;
        }
        catch (PatternException error)
        {
            fault = error.Fault;
        }
        catch (ArgumentException error)
        {
            var why = error is RegexParseException parse ? $": {Words(parse.Error)}" : "";
            fault = new(0, $"is no regular expression{why}", false);
        }

        return null;
    }

    private static RegexOptions DotNet(PcreOptions options)
    {
        var result = RegexOptions.CultureInvariant;
        if (options.HasFlag(PcreOptions.Caseless)) result |= RegexOptions.IgnoreCase;
        if (options.HasFlag(PcreOptions.DotAll)) result |= RegexOptions.Singleline;
        if (options.HasFlag(PcreOptions.Extended)) result |= RegexOptions.IgnorePatternWhitespace;
        if (options.HasFlag(PcreOptions.Multiline)) result |= RegexOptions.Multiline;
        if (options.HasFlag(PcreOptions.NoAutoCapture)) result |= RegexOptions.ExplicitCapture;
        return result;
    }

    /// <summary><c>UnterminatedBracket</c> as "unterminated bracket".</summary>
    private static string Words(RegexParseError error) =>
        string.Concat(error.ToString().Select(letter =>
            char.IsAsciiLetterUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}")).Trim();
}
