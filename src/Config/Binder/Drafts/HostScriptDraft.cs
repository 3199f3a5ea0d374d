namespace Director.Config.Binder;

/// <summary>A <c>startup_script</c> or <c>shutdown_script</c> in the making; null is what was not written.</summary>
internal sealed class HostScriptDraft
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    public ScriptConfig? Script { get; set; }

    public TimeSpan? Timeout { get; set; }

    public HostScriptConfig? Complete() => Script is { } script ? new(script, Timeout ?? DefaultTimeout) : null;
}
