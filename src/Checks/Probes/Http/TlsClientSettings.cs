namespace Director.Checks.Probes;

/// <summary>How a TLS probe shows itself and whom it believes (<c>SSL</c>); paths of PEM files, null if there is none.</summary>
/// <param name="CertificateFile"><c>certificate</c>: its certificate, and those up to the root.</param>
/// <param name="KeyFile"><c>key</c>: the private key to it.</param>
/// <param name="Password"><c>password</c>: of the key.</param>
/// <param name="AuthoritiesFile"><c>ca</c>: who may sign a server's certificate, where that is looked at.</param>
/// <param name="VerifiesServer">Whether the server's certificate is looked at; keepalived never does.</param>
public sealed record TlsClientSettings(
    string? CertificateFile = null, string? KeyFile = null, string? Password = null, string? AuthoritiesFile = null,
    bool VerifiesServer = false)
{
    /// <summary>Not to show the password.</summary>
    public override string ToString() => $"certificate {CertificateFile}, key {KeyFile}, ca {AuthoritiesFile}, verify {VerifiesServer}";
}
