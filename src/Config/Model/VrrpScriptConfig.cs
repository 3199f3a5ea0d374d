namespace Director.Config;

/// <summary>A <c>vrrp_script</c> that something tracks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Script">What is run.</param>
/// <param name="Interval"><c>interval</c>: from start to start.</param>
/// <param name="Timeout"><c>timeout</c>: how long it may run; without it, the interval.</param>
/// <param name="Rise"><c>rise</c>, 1 or more.</param>
/// <param name="Fall"><c>fall</c>, 1 or more.</param>
/// <param name="StartsFailed"><c>init_fail</c>.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record VrrpScriptConfig(
    string Name, ScriptConfig Script, TimeSpan Interval, TimeSpan Timeout, int Rise, int Fall, bool StartsFailed, SourceLocation Location);
