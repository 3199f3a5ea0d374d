using Row = Director.Config.Binder.Rows<Director.Config.Binder.SmtpCheckDraft>;

namespace Director.Config.Binder;

/// <summary><c>SMTP_CHECK</c>.</summary>
internal static class SmtpCheckKeywords
{
    private static readonly Grammar<SmtpHostDraft> Host = new([.. CheckKeywords.OfConnecting<SmtpHostDraft>()]);

    public static readonly Grammar<SmtpCheckDraft> Grammar = new(
    [
        Row.Value("helo_name", Take.Text("the name of a host"), (check, name) => check.HeloName = name),
        Row.Block("host", Host, (check, header) =>
        {
            var host = new SmtpHostDraft(header);
            check.Hosts.Add(host);
            return host;
        }),
        .. CheckKeywords.OfConnecting<SmtpCheckDraft>(),
    ]);
}
