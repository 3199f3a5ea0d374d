using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A <c>PING_CHECK</c> in the making.</summary>
internal sealed class PingCheckDraft(Statement header) : ConnectingCheckDraft(header)
{
    public override IEnumerable<CheckConfig> Complete(CheckCompletion completion)
    {
        if (completion.Connection(this, hasPort: false) is { } connection)
            yield return new PingCheckConfig(connection, completion.Timing(this, CheckKindDefaults.Ordinary), Header.Keyword.Location);
    }
}
