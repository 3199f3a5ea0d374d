using Director.Config.Binder;

namespace Director.Tests.Config;

public sealed class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Reading.RepositoryFile("docs", "configuration.md"));

    [Fact]
    public void Every_keyword_that_is_acted_on_is_in_the_documentation()
    {
        string[] keywords =
        [
            .. Supported(RootKeywords.Grammar),
            .. Supported(GlobalKeywords.Grammar),
            .. Supported(VrrpInstanceKeywords.Grammar),
            .. Supported(AuthenticationKeywords.Grammar),
            .. Supported(SyncGroupKeywords.Grammar),
            .. Supported(TrackerKeywords.Script),
            .. Supported(TrackerKeywords.File),
            .. Supported(TrackerKeywords.Process),
            .. Supported(VirtualServerKeywords.Grammar),
            .. Supported(RealServerKeywords.Grammar),
            .. Supported(TcpCheckKeywords.Grammar),
            .. Supported(BfdCheckKeywords.Grammar),
            .. Supported(HttpCheckKeywords.TlsGrammar),
            .. Supported(HttpUrlKeywords.TlsGrammar),
            .. Supported(SmtpCheckKeywords.Grammar),
            .. Supported(DnsCheckKeywords.Grammar),
            .. Supported(UdpCheckKeywords.Grammar),
            .. Supported(PingCheckKeywords.Grammar),
            .. Supported(TlsClientKeywords.Grammar),
            .. Supported(MiscCheckKeywords.Grammar),
            .. Supported(FileCheckKeywords.Grammar),
            .. Supported(BfdInstanceKeywords.Grammar),
        ];

        // The _repeat, _refresh and _refresh_repeat of global_defs stand there in short.
        Assert.All(keywords, keyword =>
            Assert.True(IsNamed(keyword) || keyword.StartsWith("vrrp_garp_", StringComparison.Ordinal), keyword));
        Assert.Contains("vrrp_instance", keywords);
        Assert.DoesNotContain("net_namespace_ipvs", keywords);
    }

    private static IEnumerable<string> Supported<T>(Grammar<T> grammar) =>
        grammar.Keywords
            .Where(keyword => keyword is not (NotUsedKeyword<T> or RefusedKeyword<T>))
            .SelectMany(keyword => keyword.Names);

    private static bool IsNamed(string keyword) =>
        new[] { $"`{keyword}`", $"`{{ {keyword} ", $" {keyword} ", $"## {keyword} ", $"## {keyword}\n" }
            .Any(spelling => Page.Contains(spelling, StringComparison.Ordinal));
}
