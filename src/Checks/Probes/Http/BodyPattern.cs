using System.Text.RegularExpressions;

namespace Director.Checks.Probes;

/// <summary>What is looked for in a body (<c>regex</c> and its companions).</summary>
/// <param name="Pattern">The expression, in .NET's language.</param>
/// <param name="Options">How it is meant.</param>
public sealed record BodyPattern(string Pattern, RegexOptions Options)
{
    /// <summary><c>regex_no_match</c>: it must not be there.</summary>
    public bool IsUnwanted { get; init; }

    /// <summary><c>regex_min_offset</c>: bytes of the body that are skipped.</summary>
    public int MinOffset { get; init; }

    /// <summary><c>regex_max_offset</c>: the last byte at which it may begin; null is any.</summary>
    public int? MaxOffset { get; init; }

    /// <summary><c>utf</c>: the body is UTF-8; otherwise each byte is a character.</summary>
    public bool IsUtf8 { get; init; }

    /// <summary><c>firstline</c>: it must begin in the first line, counted from where the search begins.</summary>
    public bool IsInFirstLine { get; init; }
}
