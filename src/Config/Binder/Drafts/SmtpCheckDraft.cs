using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>An <c>SMTP_CHECK</c> in the making; null is what was not written.</summary>
internal sealed class SmtpCheckDraft(Statement header) : ConnectingCheckDraft(header)
{
    private const string DefaultHeloName = "smtpchecker.keepalived.org";

    public string? HeloName { get; set; }

    /// <summary>Its <c>host</c> blocks, each of which is a check.</summary>
    public List<SmtpHostDraft> Hosts { get; } = [];

    /// <summary>Whether it says itself anything of where it connects; if not, and it has hosts, only these are checked.</summary>
    private bool Connects => ConnectAddress is not null || ConnectPort is not null || BindTo is not null || BindPort is not null
        || BindInterface is not null || FirewallMark is not null || Settings.ConnectTimeout is not null;

    public override IEnumerable<CheckConfig> Complete(CheckCompletion completion)
    {
        var timing = completion.Timing(this, CheckKindDefaults.Ordinary);
        var connections = Hosts.Select(host => completion.Connection(host)).ToList();
        if (Connects || Hosts.Count == 0) connections.Insert(0, completion.Connection(this));
        foreach (var connection in connections.OfType<ConnectionConfig>())
            yield return new SmtpCheckConfig(connection, HeloName ?? DefaultHeloName, timing, Header.Keyword.Location);
    }
}
