using System.Globalization;
using System.Text.RegularExpressions;

namespace Director.Config;

/// <summary>The <c>regex</c> of a url.</summary>
/// <param name="Written">As the operator wrote it, in PCRE2's language.</param>
/// <param name="Pattern">The same in .NET's language.</param>
/// <param name="Options">How that is to be read.</param>
public sealed record HttpPatternConfig(string Written, string Pattern, RegexOptions Options)
{
    /// <summary><c>regex_no_match</c>: it must not be found.</summary>
    public bool IsUnwanted { get; init; }

    /// <summary><c>regex_min_offset</c>: bytes of the body that are skipped.</summary>
    public int MinOffset { get; init; }

    /// <summary><c>regex_max_offset</c>: the last byte at which it may begin; null is any.</summary>
    public int? MaxOffset { get; init; }

    /// <summary>Option <c>utf</c>: the body is UTF-8; otherwise each byte is a character.</summary>
    public bool IsUtf8 { get; init; }

    /// <summary>Option <c>firstline</c>: it must begin in the first line.</summary>
    public bool IsInFirstLine { get; init; }

    /// <summary>As it is told in a reload's plan.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"regex {Printable.Quote(Written)} {Options}{(IsUnwanted ? " unwanted" : "")} from {MinOffset} to {MaxOffset ?? -1}")
        + (IsUtf8 ? " utf" : "") + (IsInFirstLine ? " firstline" : "");
}
