namespace Director.Config.Text;

/// <summary>The spellings of <c>include</c> and the words of <c>include_check</c> (keepalived.conf(5), "Include files").</summary>
internal static class IncludeKeyword
{
    /// <summary>Whether a word is one of the keywords, and what it is strict about beyond the default.</summary>
    public static bool TryParse(string word, out IncludeStrictness strictness)
    {
        (var isInclude, strictness) = word switch
        {
            "include" => (true, IncludeStrictness.None),
            "includer" => (true, IncludeStrictness.Read),
            "includem" => (true, IncludeStrictness.Match),
            "includew" => (true, IncludeStrictness.WildcardMatch),
            "includeb" => (true, IncludeStrictness.BraceMatch),
            "includea" => (true, IncludeStrictness.All),
            _ => (false, IncludeStrictness.None),
        };
        return isInclude;
    }

    /// <summary>A word of <c>include_check</c>, without its sign.</summary>
    public static bool TryParseCheck(ReadOnlySpan<char> word, out IncludeStrictness strictness)
    {
        strictness = word switch
        {
            "read" => IncludeStrictness.Read,
            "match" => IncludeStrictness.Match,
            "wildcard_match" => IncludeStrictness.WildcardMatch,
            "brace_match" => IncludeStrictness.BraceMatch,
            _ => IncludeStrictness.None,
        };
        return strictness != IncludeStrictness.None;
    }
}
