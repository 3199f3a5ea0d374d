using Row = Director.Config.Binder.Rows<Director.Config.Binder.HttpCheckDraft>;

namespace Director.Config.Binder;

/// <summary><c>HTTP_GET</c> and <c>SSL_GET</c>.</summary>
internal static class HttpCheckKeywords
{
    public static readonly Grammar<HttpCheckDraft> Grammar = new(
        [.. Of(HttpUrlKeywords.Grammar), .. Row.NotUsed("an HTTP_GET has no TLS to end", "tls_compliant")]);

    /// <summary><c>SSL_GET</c>.</summary>
    public static readonly Grammar<HttpCheckDraft> TlsGrammar = new(
    [
        .. Of(HttpUrlKeywords.TlsGrammar),
        Row.Switch("tls_compliant", (check, closes) => check.ClosesTls = closes),
        Row.Switch("verify_certificate", (check, verifies) => check.VerifiesCertificate = verifies),
    ]);

    private static IEnumerable<Keyword<HttpCheckDraft>> Of(Grammar<HttpUrlDraft> url) =>
    [
        Row.Block("url", url, (check, header) =>
        {
            var draft = new HttpUrlDraft(header);
            check.Urls.Add(draft);
            return draft;
        }),
        Row.Value("virtualhost", Take.Text("the name of a host"), (check, host) => check.VirtualHost = host),
        Row.Value("http_protocol", Take.OneOf(
            ("1.0", HttpVersionConfig.Http10), ("1.0C", HttpVersionConfig.Http10Close), ("1.0c", HttpVersionConfig.Http10Close),
            ("1.1", HttpVersionConfig.Http11)), (check, version) => check.Version = version),
        Row.OptionalRead("enable_sni", Take.Boolean, true, (check, tells, reader) =>
        {
            check.TellsServerName = tells;
            check.TlsKeywords.Add(reader.Statement.Keyword);
        }),
        Row.OptionalRead<string?>("sni_name", Take.Text("the name of a server")!, null, (check, name, reader) =>
        {
            (check.TellsServerName, check.ServerName) = (true, name);
            check.TlsKeywords.Add(reader.Statement.Keyword);
        }),
        Row.Switch("fast_recovery", (check, fast) => check.RecoversFast = fast),
        .. CheckKeywords.OfConnecting<HttpCheckDraft>(),
    ];
}
