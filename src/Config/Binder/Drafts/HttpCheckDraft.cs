using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>An <c>HTTP_GET</c> or <c>SSL_GET</c> in the making; null is what was not written.</summary>
internal sealed class HttpCheckDraft(Statement header, bool isTls) : ConnectingCheckDraft(header)
{
    public List<HttpUrlDraft> Urls { get; } = [];

    public HttpVersionConfig Version { get; set; }

    public string? VirtualHost { get; set; }

    public bool TellsServerName { get; set; }

    public string? ServerName { get; set; }

    public bool RecoversFast { get; set; }

    public bool ClosesTls { get; set; }

    public bool VerifiesCertificate { get; set; }

    /// <summary>The keywords that mean nothing without TLS.</summary>
    public List<Word> TlsKeywords { get; } = [];

    public override IEnumerable<CheckConfig> Complete(CheckCompletion completion)
    {
        var urls = Urls.Select(url => HttpUrlCompletion.Complete(url, this, completion)).OfType<HttpUrlConfig>().ToList();
        if (urls.Count == 0)
        {
            completion.Diagnostics.Error(DiagnosticCode.MissingKeyword, Header.Keyword,
                $"{Header.Keyword.Text} has no url that it could fetch; it is ignored");
            yield break;
        }

        foreach (var keyword in isTls ? [] : TlsKeywords)
            completion.Diagnostics.Warning(DiagnosticCode.Conflict, keyword, $"'{keyword.Text}' has no effect without TLS", "use SSL_GET");
        if (completion.Connection(this) is not { } connection) yield break;
        yield return new HttpCheckConfig(connection, urls, completion.Timing(this, CheckKindDefaults.Http), Header.Keyword.Location)
        {
            IsTls = isTls,
            Version = Version,
            RecoversFast = RecoversFast,
            VerifiesCertificate = VerifiesCertificate && isTls,
        };
    }
}
