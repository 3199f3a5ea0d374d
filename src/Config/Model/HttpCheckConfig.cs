namespace Director.Config;

/// <summary>An <c>HTTP_GET</c> or <c>SSL_GET</c>: passes when all its urls are answered as they should be.</summary>
/// <param name="Connection">Where it connects.</param>
/// <param name="Urls">What it fetches, in order; at least one.</param>
/// <param name="Timing">When; between two urls there is <c>delay_loop</c>.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record HttpCheckConfig(
    ConnectionConfig Connection, IReadOnlyList<HttpUrlConfig> Urls, CheckTimingConfig Timing, SourceLocation Location)
    : CheckConfig(Timing, Location)
{
    /// <summary>Whether it is an <c>SSL_GET</c>, and so speaks TLS.</summary>
    public bool IsTls { get; init; }

    /// <summary><c>http_protocol</c>.</summary>
    public HttpVersionConfig Version { get; init; }

    /// <summary><c>fast_recovery</c>: no waiting between urls until all have passed.</summary>
    public bool RecoversFast { get; init; }

    /// <summary>
    /// <c>verify_certificate</c>, which keepalived does not have: the server's certificate must be valid, of an authority that is trusted
    /// (<see cref="TlsClientConfig.AuthoritiesFile"/>, or else the system), and for the name that is asked for.
    /// </summary>
    public bool VerifiesCertificate { get; init; }

    /// <inheritdoc/>
    public override string Keyword => IsTls ? "SSL_GET" : "HTTP_GET";

    /// <inheritdoc/>
    public override string Shown => $"{Connection}, {Version}{(RecoversFast ? ", fast_recovery" : "")}"
        + (VerifiesCertificate ? ", verify_certificate" : "") + string.Concat(Urls.Select(url => $", {url}"));
}
