namespace Director.Config.Text;

/// <summary>
/// Finds where a comment begins (keepalived 2.4, lib/parser.c decomment): at a <c>#</c> or <c>!</c> outside double quotes. A backslash
/// keeps the next character from being a mark or a quote.
/// </summary>
internal static class CommentMark
{
    /// <summary>The offset of the mark between <paramref name="start"/> and <paramref name="end"/>; -1 if there is none.</summary>
    public static int Find(string text, int start, int end)
    {
        var isQuoted = false;
        for (var at = start; at < end; at++)
        {
            var next = text.AsSpan(at, end - at).IndexOfAny("#!\"\\");
            if (next < 0) return -1;
            at += next;
            if (text[at] == '\\') at++;
            else if (text[at] == '"') isQuoted = !isQuoted;
            else if (!isQuoted) return at;
        }

        return -1;
    }
}
