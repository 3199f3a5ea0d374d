using Director.Config.Syntax;
using Row = Director.Config.Binder.Rows<Director.Config.Binder.RealServerDraft>;

namespace Director.Config.Binder;

/// <summary><c>real_server</c>.</summary>
internal static class RealServerKeywords
{
    public static readonly Grammar<RealServerDraft> Grammar = new(
    [
        Row.Value("weight", Take.Integer(0), (server, weight) => server.Weight = weight),
        Row.Value("uthreshold", Take.Integer(0), (server, threshold) => server.UpperThreshold = threshold),
        Row.Read("lthreshold", Take.Integer(0), (server, threshold, reader) =>
            (server.LowerThreshold, server.LowerThresholdWord) = (threshold, reader.Last)),
        Row.Read("lvs_method", Take.ForwardingMethod, (server, method, reader) =>
            (server.Method, server.IsMethodUnsupported) =
                (method, !MethodArguments.AreSupported(method, reader, "the real server is not used"))),
        Row.Switch("inhibit_on_failure", (server, inhibit) => server.InhibitOnFailure = inhibit),
        Row.Switch("alpha", (server, alpha) => server.CheckDefaults.Alpha = alpha),
        .. CheckDefaultsKeywords.Of<RealServerDraft>(server => server.CheckDefaults, fewestRetries: 1),
        Check("TCP_CHECK", TcpCheckKeywords.Grammar, header => new TcpCheckDraft(header)),
        Check("BFD_CHECK", BfdCheckKeywords.Grammar, header => new BfdCheckDraft(header)),
        Check("HTTP_GET", HttpCheckKeywords.Grammar, header => new HttpCheckDraft(header, isTls: false)),
        Check("SSL_GET", HttpCheckKeywords.TlsGrammar, header => new HttpCheckDraft(header, isTls: true)),
        Check("SMTP_CHECK", SmtpCheckKeywords.Grammar, header => new SmtpCheckDraft(header)),
        Check("DNS_CHECK", DnsCheckKeywords.Grammar, header => new DnsCheckDraft(header)),
        Check("UDP_CHECK", UdpCheckKeywords.Grammar, header => new UdpCheckDraft(header)),
        Check("PING_CHECK", PingCheckKeywords.Grammar, header => new PingCheckDraft(header)),
        Row.Value("virtualhost", Take.Text("the name of a host"), (server, host) => server.VirtualHost = host),
        Check("MISC_CHECK", MiscCheckKeywords.Grammar, header => new MiscCheckDraft(header)),
        Check("FILE_CHECK", FileCheckKeywords.Grammar, header => new FileCheckDraft(header)),
        .. ServiceRuleKeywords.OfServer,
        .. NotUsedKeywords.OfRealServer,
    ]);

    private static Keyword<RealServerDraft> Check<T>(string keyword, Grammar<T> grammar, Func<Statement, T> make) where T : CheckDraft =>
        Row.Block(keyword, grammar, (server, header) =>
        {
            var check = make(header);
            server.Checks.Add(check);
            return check;
        });
}
