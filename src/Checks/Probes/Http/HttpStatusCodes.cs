using System.Globalization;
using Director.Net;

namespace Director.Checks.Probes;

/// <summary>The status codes that are good (<c>status_code</c>). Equal if they are the same codes.</summary>
public sealed class HttpStatusCodes : IEquatable<HttpStatusCodes>
{
    /// <summary>Lowest and highest that there are (keepalived check_http.h).</summary>
    public const int Lowest = 100, Highest = 599;

    private readonly ulong[] _bits = new ulong[(Highest - Lowest) / 64 + 1];

    /// <summary>The codes of all these ranges; of a range beyond <see cref="Lowest"/> and <see cref="Highest"/> the part within.</summary>
    public HttpStatusCodes(params IEnumerable<NumberRange> ranges)
    {
        foreach (var range in ranges)
            for (var code = Math.Max(range.First, Lowest); code <= Math.Min(range.Last, Highest); code++)
                _bits[(code - Lowest) / 64] |= 1UL << (int)((code - Lowest) % 64);
    }

    /// <summary>Those that are good if nothing is said: 200 to 299.</summary>
    public static HttpStatusCodes Success { get; } = new(new NumberRange(200, 299));

    /// <summary>All of them.</summary>
    public static HttpStatusCodes Any { get; } = new(new NumberRange(Lowest, Highest));

    /// <summary>Whether the code is among them.</summary>
    public bool Contains(int code) =>
        code is >= Lowest and <= Highest && (_bits[(code - Lowest) / 64] >> ((code - Lowest) % 64) & 1) != 0;

    /// <inheritdoc/>
    public bool Equals(HttpStatusCodes? other) => other is not null && _bits.AsSpan().SequenceEqual(other._bits);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HttpStatusCodes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var bits in _bits) hash.Add(bits);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Enumerable.Range(Lowest, Highest - Lowest + 1).Where(Contains)
        .Select(code => code.ToString(CultureInfo.InvariantCulture)));
}
