using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A <c>TCP_CHECK</c> in the making.</summary>
internal sealed class TcpCheckDraft(Statement header) : ConnectingCheckDraft(header)
{
    public override IEnumerable<CheckConfig> Complete(CheckCompletion completion)
    {
        if (completion.Connection(this) is { } connection)
            yield return new TcpCheckConfig(connection, completion.Timing(this, CheckKindDefaults.Ordinary), Header.Keyword.Location);
    }
}
