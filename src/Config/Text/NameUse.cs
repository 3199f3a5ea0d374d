namespace Director.Config.Text;

/// <summary>A <c>$NAME</c> or <c>${NAME}</c> in a text, whether or not the name is defined.</summary>
/// <param name="Name">The name.</param>
/// <param name="Length">Characters from the dollar sign on.</param>
/// <param name="HasBraces">Whether it stands in braces.</param>
/// <param name="IsClosed">
/// Whether it ends as it must to be replaced: with its brace, or before a blank, a comma, <c>)</c> or the end.
/// </param>
/// <param name="Parameters">The words behind the name within the braces.</param>
internal readonly record struct NameUse(string Name, int Length, bool HasBraces, bool IsClosed, IReadOnlyList<string> Parameters)
{
    /// <summary>Reads one at a dollar sign; null if no name follows it.</summary>
    public static NameUse? Read(ReadOnlySpan<char> text)
    {
        var hasBraces = text.Length > 1 && text[1] == '{';
        var start = hasBraces ? 2 : 1;
        var end = start + LengthOf(text[start..]);
        if (end == start) return null;
        var name = text[start..end].ToString();
        if (!hasBraces) return new(name, end, false, end == text.Length || text[end] is ' ' or '\t' or ',' or ')', []);

        var close = end;
        while (close < text.Length && (text[close] is ' ' or '\t' || IsNameCharacter(text[close]))) close++;
        if (close == text.Length || text[close] != '}') return null;
        var parameters = text[end..close].ToString().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return new(name, close + 1, true, parameters.Length == 0 || text[close - 1] is not (' ' or '\t'), parameters);
    }

    /// <summary>Characters of the name that a text begins with; 0 if it begins with none.</summary>
    public static int LengthOf(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && IsNameCharacter(text[length])) length++;
        return length > 0 && char.IsAsciiDigit(text[0]) ? 0 : length;
    }

    private static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}
