using Director.Config;
using Director.Linux.Processes;

namespace Director.Trackers;

/// <summary>
/// What is run for a script of the configuration, and as whom, on this host: its program found, its user looked up, its path looked at.
/// Users are asked for once; any thread, one at a time.
/// </summary>
/// <param name="policy">What <c>global_defs</c> says of scripts.</param>
/// <param name="own">Whom the director runs as.</param>
/// <param name="mayBecomeOthers">Whether it may start programs as others.</param>
internal sealed class ScriptResolver(ScriptPolicyConfig policy, Credentials own, bool mayBecomeOthers)
{
    /// <summary>Whose scripts they are where nobody says, if there is such a user (keepalived.conf(5), <c>script_user</c>).</summary>
    public const string DefaultUser = "keepalived_script";

    private readonly Dictionary<(string? User, string? Group), (Credentials? Credentials, string? Problem)> _known = [];

    /// <summary>For the director that this process is.</summary>
    public static ScriptResolver OfThisProcess(ScriptPolicyConfig policy) => new(policy, Credentials.Own, Credentials.MayBecomeOthers);

    /// <summary>For one that root will start.</summary>
    public static ScriptResolver OfRoot(ScriptPolicyConfig policy) => new(policy, Credentials.Root, true);

    /// <summary>The command, or why it is not run; and what a person should know of it.</summary>
    public ResolvedScript Resolve(ScriptConfig script)
    {
        var (credentials, problem) = CredentialsOf(script.User, script.Group);
        if (credentials is null) return new(null, problem, null);
        if (ScriptPath.Find(script.Program) is not { } path)
            return new(new(script.Program, script.Arguments, credentials), null, $"there is no {script.Program}");
        var command = new ChildCommand(path, script.Arguments, credentials);
        if (!ScriptPath.IsExecutable(path)) return new(command, null, $"{path} is not executable");
        if (!credentials.IsRoot || ScriptPath.FindUntrusted(path) is not { } part) return new(command, null, null);
        var risk = part == path ? $"others than root may write to {path}, which" : $"others than root may write to {part}, the way to what";
        return policy.IsStrict
            ? new(null, $"{risk} would run as root; enable_script_security forbids that", null)
            : new(command, null, $"{risk} runs as root");
    }

    /// <summary>Who a user and group of the configuration are; null and why, if there is no such.</summary>
    public (Credentials? Credentials, string? Problem) CredentialsOf(string? user, string? group)
    {
        if (_known.TryGetValue((user, group), out var known)) return known;
        return _known[(user, group)] = LookUp(user ?? policy.User, user is null && policy.User is not null ? policy.Group : group);
    }

    private (Credentials? Credentials, string? Problem) LookUp(string? user, string? groupName)
    {
        if (user is null)
        {
            if (mayBecomeOthers && Accounts.TryFindUser(DefaultUser, out _, out _)) user = DefaultUser;
            else if (policy.IsStrict && own.IsRoot)
                return (null, $"enable_script_security needs a script_user, or a user {DefaultUser}, and there is neither");
            else return (own, null);
        }

        if (!Accounts.TryFindUser(user, out var id, out var group)) return (null, $"there is no user {user}");
        if (groupName is not null && !Accounts.TryFindGroup(groupName, out group)) return (null, $"there is no group {groupName}");
        if (!mayBecomeOthers && (id, group) == (own.User, own.Group)) return (own, null);
        if (!mayBecomeOthers)
            return (null, $"the director may not become {user}: give it CAP_SETUID, CAP_SETGID and CAP_KILL, or leave the user out");
        return (new(id, group, policy.WithGroups ? Accounts.GroupsOf(user, group) : [group]), null);
    }
}
