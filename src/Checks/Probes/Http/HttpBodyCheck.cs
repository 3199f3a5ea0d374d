using System.Buffers;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Director.Checks.Probes;

/// <summary>
/// Takes in a body as far as its digest and its text matter, in bounded memory (<see cref="HttpLimits.SearchedBytes"/>). Of one answer.
/// </summary>
internal sealed class HttpBodyCheck : IHttpBody, IDisposable
{
    private const int FirstBytes = 4096;

    private readonly IncrementalHash? _hash;
    private readonly BodySearch? _search;
    private byte[]? _kept;
    private int _keptLength;

    /// <summary>A body of which nothing is known.</summary>
    /// <param name="isDigested">Whether its digest is wanted.</param>
    /// <param name="search">What is looked for; null if nothing is.</param>
    public HttpBodyCheck(bool isDigested, BodySearch? search)
    {
        _search = search;
        // MD5 is what the operator has; it guards against accidents, not against people.
        if (isDigested) _hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    }

    /// <summary>Bytes of the body.</summary>
    public long Length { get; private set; }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        _hash?.AppendData(bytes);
        if (_search is null) return;
        var part = bytes[..Math.Min(bytes.Length, HttpLimits.SearchedBytes - _keptLength)];
        Grow(_keptLength + part.Length);
        part.CopyTo(_kept.AsSpan(_keptLength));
        _keptLength += part.Length;
    }

    /// <summary>The MD5 digest as 32 small hexadecimal digits; once, after the last byte.</summary>
    public string Digest() => Convert.ToHexStringLower(_hash!.GetHashAndReset());

    /// <summary>Whether what is looked for is there or not, as it should be.</summary>
    /// <exception cref="RegexMatchTimeoutException">The search took too long.</exception>
    public bool IsTextGood() => _search is null || _search.IsGood(_kept.AsSpan(0, _keptLength));

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash?.Dispose();
        if (_kept is not null) ArrayPool<byte>.Shared.Return(_kept);
        _kept = null;
    }

    private void Grow(int length)
    {
        if (_kept?.Length >= length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, Math.Max(FirstBytes, (_kept?.Length ?? 0) * 2)));
        _kept.AsSpan(0, _keptLength).CopyTo(larger);
        if (_kept is not null) ArrayPool<byte>.Shared.Return(_kept);
        _kept = larger;
    }
}
