namespace Director.Checks.Probes;

/// <summary>Bounds of what an HTTP server may answer.</summary>
public static class HttpLimits
{
    /// <summary>Bytes of the status line and header fields, and as many again of the trailers.</summary>
    public const int HeaderBytes = 64 * 1024;

    /// <summary>Bytes at the start of a line of the header that are looked at.</summary>
    internal const int LineBytes = 512;

    /// <summary>Bytes of the body in which a <c>regex</c> is looked for; what follows counts for the digest only.</summary>
    public const int SearchedBytes = 1024 * 1024;

    /// <summary>Longest time that a <c>regex</c> may take that can go back and forth.</summary>
    public static readonly TimeSpan SearchTime = TimeSpan.FromMilliseconds(250);

    /// <summary>Times <c>connect_timeout</c> that connecting, the TLS handshake and the answer may take together.</summary>
    public const int TimeoutsInAll = 3;
}
