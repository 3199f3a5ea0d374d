namespace Director.Config;

/// <summary>How scripts are run (<c>global_defs</c>).</summary>
/// <param name="User"><c>script_user</c>; null if it is not said: <c>keepalived_script</c> if there is such a user, else root.</param>
/// <param name="Group">The group behind it; null for that user's own.</param>
/// <param name="IsStrict"><c>enable_script_security</c>: a root's script that others may change is not run.</param>
/// <param name="WithGroups"><c>set_supplementary_groups</c>: a script has all the groups of its user, not only one.</param>
public sealed record ScriptPolicyConfig(string? User = null, string? Group = null, bool IsStrict = false, bool WithGroups = false);
