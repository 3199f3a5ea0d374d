using System.Text;
using System.Text.RegularExpressions;

namespace Director.Checks.Probes;

/// <summary>Looks for a pattern in a body. Safe from any thread.</summary>
internal sealed class BodySearch
{
    private readonly BodyPattern _pattern;
    private readonly Regex _regex;

    /// <summary>Compiles it.</summary>
    /// <exception cref="ArgumentException">It is no expression.</exception>
    public BodySearch(BodyPattern pattern)
    {
        _pattern = pattern;
        _regex = Compile(pattern);
    }

    /// <summary>Whether what was asked for holds.</summary>
    /// <param name="body">The body, or its first <see cref="HttpLimits.SearchedBytes"/>.</param>
    /// <exception cref="RegexMatchTimeoutException">The search took longer than <see cref="HttpLimits.SearchTime"/>.</exception>
    public bool IsGood(ReadOnlySpan<byte> body) => Finds(body) != _pattern.IsUnwanted;

    /// <summary>In linear time where the expression allows it; where not, in <see cref="HttpLimits.SearchTime"/>.</summary>
    private static Regex Compile(BodyPattern pattern)
    {
        var options = pattern.Options | RegexOptions.CultureInvariant;
        try
        {
            return new(pattern.Pattern, options | RegexOptions.NonBacktracking, HttpLimits.SearchTime);
        }
        catch (NotSupportedException)
        {
            return new(pattern.Pattern, options, HttpLimits.SearchTime);
        }
    }

    /// <summary>As pcre2_match(3) does: the first match from the offset on counts, wherever it ends.</summary>
    private bool Finds(ReadOnlySpan<byte> body)
    {
        if (_pattern.MinOffset > body.Length) return false;
        var encoding = _pattern.IsUtf8 ? Encoding.UTF8 : Encoding.Latin1;
        var text = encoding.GetString(body);
        var start = _pattern.IsUtf8 ? encoding.GetCharCount(body[.._pattern.MinOffset]) : _pattern.MinOffset;
        foreach (var match in _regex.EnumerateMatches(text, Math.Min(start, text.Length)))
        {
            var offset = _pattern.IsUtf8 ? encoding.GetByteCount(text.AsSpan(0, match.Index)) : match.Index;
            if (offset > _pattern.MaxOffset) return false;
            return !_pattern.IsInFirstLine || !text.AsSpan(start, match.Index - start).Contains('\n');
        }

        return false;
    }
}
