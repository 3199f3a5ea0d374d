using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Director.Checks.Probes;

/// <summary>
/// The client's side of TLS handshakes: any certificate of a server is good, as to keepalived, unless it is to be verified. Reads its
/// files when it is first used. Safe from any thread.
/// </summary>
/// <param name="settings">How.</param>
internal sealed class TlsClient(TlsClientSettings settings)
{
    private readonly Lazy<SslStreamCertificateContext?> _identity = new(() => ReadIdentity(settings));
    private readonly Lazy<X509Certificate2Collection?> _authorities = new(() => ReadAuthorities(settings));

    /// <summary>What a handshake is made with.</summary>
    /// <param name="serverName">The name to tell; null tells none.</param>
    /// <param name="expectedName">The name or address that a certificate must be for, if it is looked at.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it.</exception>
    /// <exception cref="CryptographicException">A file does not hold what it should.</exception>
    public SslClientAuthenticationOptions Options(string? serverName, string expectedName)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (!settings.VerifiesServer || _authorities.Value is not null) policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        if (settings.VerifiesServer && _authorities.Value is { } authorities) policy.CustomTrustStore.AddRange(authorities);
        return new()
        {
            TargetHost = serverName ?? "",
            ClientCertificateContext = _identity.Value,
            CertificateChainPolicy = policy,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => !settings.VerifiesServer || IsGood(certificate, errors),
        };

        bool IsGood(X509Certificate? certificate, SslPolicyErrors errors) =>
            (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None
            && certificate is X509Certificate2 shown && shown.MatchesHostname(expectedName);
    }

    private static SslStreamCertificateContext? ReadIdentity(TlsClientSettings settings)
    {
        if (settings.CertificateFile is not { } file) return null;
        var key = settings.KeyFile ?? file;
        var certificate = settings.Password is { } password && IsEncrypted(key)
            ? X509Certificate2.CreateFromEncryptedPemFile(file, password, key)
            : X509Certificate2.CreateFromPemFile(file, key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(file);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    /// <summary>OpenSSL asks for the password only where there is need for one.</summary>
    private static bool IsEncrypted(string file) => File.ReadAllText(file).Contains("ENCRYPTED", StringComparison.Ordinal);

    private static X509Certificate2Collection? ReadAuthorities(TlsClientSettings settings)
    {
        if (settings.AuthoritiesFile is not { } file || !settings.VerifiesServer) return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }
}
