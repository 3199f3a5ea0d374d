using System.Text;

namespace Director.Config;

/// <summary>
/// Text of a configuration file made fit to be shown: no control characters that a terminal would obey, and no endless words.
/// </summary>
internal static class Printable
{
    /// <summary>A word or statement as messages quote it: cut to <see cref="ConfigLimits.MaxQuotedCharacters"/>.</summary>
    public static string Quote(string text) => $"'{Cut(text)}'";

    /// <summary>The same without the quotation marks.</summary>
    public static string Cut(string text) =>
        text.Length <= ConfigLimits.MaxQuotedCharacters ? Clean(text) : Clean(text[..ConfigLimits.MaxQuotedCharacters]) + "…";

    /// <summary>A path, whole.</summary>
    public static string Path(string path) => Clean(path);

    /// <summary>
    /// Each control character, and each blank that only looks like a space, replaced by one visible character, so that columns stay where
    /// they are; a tab becomes a space.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.Any(IsUnprintable)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var character in text) clean.Append(character == '\t' ? ' ' : IsUnprintable(character) ? '\ufffd' : character);
        return clean.ToString();
    }

    private static bool IsUnprintable(char character) =>
        char.IsControl(character) || char.IsSurrogate(character) || (char.IsWhiteSpace(character) && character != ' ');
}
