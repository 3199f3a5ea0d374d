namespace Director.Checks.Probes;

/// <summary>What a url gave.</summary>
/// <param name="Digest">The MD5 of its body, 32 small hexadecimal digits; null if there was no answer.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Length">Bytes of the body.</param>
/// <param name="Problem">Why there was no answer; null if there was one.</param>
public readonly record struct HttpDigest(string? Digest, int Status, long Length, string? Problem);
