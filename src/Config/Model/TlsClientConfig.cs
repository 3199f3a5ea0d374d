namespace Director.Config;

/// <summary>The <c>SSL</c> block: how <c>SSL_GET</c> checks show themselves. Paths of PEM files; null is none.</summary>
/// <param name="CertificateFile"><c>certificate</c>.</param>
/// <param name="KeyFile"><c>key</c>; null if the key is in the file of the certificate.</param>
/// <param name="Password"><c>password</c> of the key.</param>
/// <param name="AuthoritiesFile"><c>ca</c>: whom <c>verify_certificate</c> trusts.</param>
public sealed record TlsClientConfig(string? CertificateFile, string? KeyFile, string? Password, string? AuthoritiesFile);
