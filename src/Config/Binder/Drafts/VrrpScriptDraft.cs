using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A <c>vrrp_script</c> in the making; null is what was not written.</summary>
internal sealed class VrrpScriptDraft(string name, Statement header)
{
    public string Name => name;

    public Statement Header => header;

    public ScriptConfig? Script { get; set; }

    public TimeSpan? Interval { get; set; }

    public TimeSpan? Timeout { get; set; }

    public WeightDraft Weight { get; } = new();

    public int? Rise { get; set; }

    public int? Fall { get; set; }

    public string? User { get; set; }

    public string? Group { get; set; }

    public bool StartsFailed { get; set; }
}
