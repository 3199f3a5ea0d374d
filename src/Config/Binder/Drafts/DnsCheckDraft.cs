using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A <c>DNS_CHECK</c> in the making.</summary>
internal sealed class DnsCheckDraft(Statement header) : ConnectingCheckDraft(header)
{
    public string Type { get; set; } = "SOA";

    public string Name { get; set; } = ".";

    public override IEnumerable<CheckConfig> Complete(CheckCompletion completion)
    {
        if (completion.Connection(this) is { } connection)
        {
            yield return new DnsCheckConfig(
                connection, Type, Name, completion.Timing(this, CheckKindDefaults.Dns), Header.Keyword.Location);
        }
    }
}
