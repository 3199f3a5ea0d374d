using Row = Director.Config.Binder.Rows<Director.Config.Binder.DnsCheckDraft>;

namespace Director.Config.Binder;

/// <summary><c>DNS_CHECK</c>.</summary>
internal static class DnsCheckKeywords
{
    private static readonly Argument<string> Type = new ChoiceArgument<string>(
        [.. new[] { "A", "NS", "CNAME", "SOA", "MX", "TXT", "AAAA", "RRSIG", "DNSKEY" }.Select(type => (type, type))], ignoreCase: true);

    public static readonly Grammar<DnsCheckDraft> Grammar = new(
    [
        Row.Value("type", Type, (check, type) => check.Type = type),
        Row.Value("name", DnsNameArgument.Instance, (check, name) => check.Name = name),
        .. CheckKeywords.OfConnecting<DnsCheckDraft>(),
    ]);
}
