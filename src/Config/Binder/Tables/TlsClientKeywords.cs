using Row = Director.Config.Binder.Rows<Director.Config.Binder.TlsClientDraft>;

namespace Director.Config.Binder;

/// <summary><c>SSL</c>.</summary>
internal static class TlsClientKeywords
{
    private static readonly Argument<string> Path = Take.Text("the path of a file");

    public static readonly Grammar<TlsClientDraft> Grammar = new(
    [
        Row.Value("certificate", Path, (tls, path) => tls.CertificateFile = path),
        Row.Value("key", Path, (tls, path) => tls.KeyFile = path),
        Row.Value("password", Take.Text("a password"), (tls, password) => tls.Password = password),
        Row.Value("ca", Path, (tls, path) => tls.AuthoritiesFile = path),
    ]);
}
