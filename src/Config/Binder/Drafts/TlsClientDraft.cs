namespace Director.Config.Binder;

/// <summary>The <c>SSL</c> block in the making; null is what was not written.</summary>
internal sealed class TlsClientDraft
{
    public string? CertificateFile { get; set; }

    public string? KeyFile { get; set; }

    public string? Password { get; set; }

    public string? AuthoritiesFile { get; set; }

    public TlsClientConfig Complete() => new(CertificateFile, KeyFile, Password, AuthoritiesFile);
}
