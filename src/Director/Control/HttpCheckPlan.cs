using Director.Checks.Probes;
using Director.Config;

namespace Director.Control;

/// <summary>An HTTP check in the terms of its probe. Pure.</summary>
internal static class HttpCheckPlan
{
    /// <summary>What is tried.</summary>
    /// <param name="check">What the operator wrote.</param>
    /// <param name="connection">Where it connects.</param>
    /// <param name="tls">How checks by TLS show themselves.</param>
    public static HttpProbeSettings From(HttpCheckConfig check, ConnectionSettings connection, TlsClientConfig tls) =>
        new(connection, [.. check.Urls.Select(From)])
        {
            Protocol = check.Version switch
            {
                HttpVersionConfig.Http11 => HttpProtocol.Version11,
                HttpVersionConfig.Http10Close => HttpProtocol.Version10Close,
                _ => HttpProtocol.Version10,
            },
            RecoversFast = check.RecoversFast,
            Tls = check.IsTls
                ? new(tls.CertificateFile, tls.KeyFile, tls.Password, tls.AuthoritiesFile, check.VerifiesCertificate)
                : null,
        };

    private static HttpUrl From(HttpUrlConfig url) => new(url.Path)
    {
        Host = url.VirtualHost,
        ServerName = url.ServerName,
        StatusCodes = new(url.StatusCodes),
        Digest = url.Digest,
        Pattern = url.Pattern is { } pattern ? From(pattern) : null,
        ClosesTls = url.ClosesTls,
    };

    private static BodyPattern From(HttpPatternConfig pattern) => new(pattern.Pattern, pattern.Options)
    {
        IsUnwanted = pattern.IsUnwanted,
        MinOffset = pattern.MinOffset,
        MaxOffset = pattern.MaxOffset,
        IsUtf8 = pattern.IsUtf8,
        IsInFirstLine = pattern.IsInFirstLine,
    };
}
