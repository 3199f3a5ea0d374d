using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A <c>MISC_CHECK</c> in the making; null is what was not written.</summary>
internal sealed class MiscCheckDraft(Statement header) : CheckDraft(header)
{
    public ScriptConfig? Script { get; set; }

    public TimeSpan? Timeout { get; set; }

    public bool IsDynamic { get; set; }

    public string? User { get; set; }

    public string? Group { get; set; }

    public override IEnumerable<CheckConfig> Complete(CheckCompletion completion)
    {
        if (Script is not { } script) yield break;
        yield return new MiscCheckConfig(
            User is null ? script : script with { User = User, Group = Group },
            // Not its own delay_loop, nor its real server's (keepalived check/check_misc.c).
            Timeout ?? completion.ServiceDelayLoop,
            IsDynamic, completion.Timing(this, CheckKindDefaults.Misc), Header.Keyword.Location);
    }
}
