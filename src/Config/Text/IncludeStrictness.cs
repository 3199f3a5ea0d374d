namespace Director.Config.Text;

/// <summary>
/// Which failures of an <c>include</c> line are errors (<c>includer</c>, <c>includem</c>, <c>includew</c>, <c>includeb</c>,
/// <c>include_check</c>).
/// </summary>
[Flags]
internal enum IncludeStrictness
{
    None = 0,

    /// <summary>A match that cannot be read.</summary>
    Read = 1,

    /// <summary>Nothing matches at all.</summary>
    Match = 2,

    /// <summary>A wildcard matches nothing.</summary>
    WildcardMatch = 4,

    /// <summary>An alternative of a brace expansion matches nothing.</summary>
    BraceMatch = 8,

    All = Read | Match | WildcardMatch | BraceMatch,
}
