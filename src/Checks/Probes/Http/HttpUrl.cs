namespace Director.Checks.Probes;

/// <summary>One <c>url</c> of an HTTP probe, with what it inherits filled in.</summary>
/// <param name="Path"><c>path</c>, as it goes into the request.</param>
public sealed record HttpUrl(string Path)
{
    /// <summary>
    /// The <c>Host</c> field: <c>virtualhost</c> of the url, the check, the real server or the virtual server; null is the address and
    /// port that are connected to.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>The name that the TLS handshake tells (RFC 6066 §3); null is none.</summary>
    public string? ServerName { get; init; }

    /// <summary><c>status_code</c>: those that are good.</summary>
    public HttpStatusCodes StatusCodes { get; init; } = HttpStatusCodes.Success;

    /// <summary><c>digest</c>: the MD5 of the body, 32 small hexadecimal digits; null is any.</summary>
    public string? Digest { get; init; }

    /// <summary><c>regex</c>; null is none.</summary>
    public BodyPattern? Pattern { get; init; }

    /// <summary><c>tls_compliant</c>: the TLS connection is ended by a close_notify (RFC 8446 §6.1).</summary>
    public bool ClosesTls { get; init; }
}
