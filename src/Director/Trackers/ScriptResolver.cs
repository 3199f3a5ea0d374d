using Director.Config;
using Director.Linux.Processes;

namespace Director.Trackers;

/// <summary>
/// What is run for a script of the configuration, and as whom, on this host: its program found, its user looked up, its path looked at.
/// Users are asked for once; any thread, one at a time.
/// </summary>
internal sealed class ScriptResolver(ScriptPolicyConfig policy)
{
    /// <summary>Whose scripts they are where nobody says, if there is such a user (keepalived.conf(5), <c>script_user</c>).</summary>
    public const string DefaultUser = "keepalived_script";

    private readonly Dictionary<(string? User, string? Group), (Credentials? Credentials, string? Problem)> _known = [];

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
            if (Accounts.TryFindUser(DefaultUser, out _, out _)) user = DefaultUser;
            else if (policy.IsStrict)
                return (null, $"enable_script_security needs a script_user, or a user {DefaultUser}, and there is neither");
            else return (Credentials.Root, null);
        }

        if (!Accounts.TryFindUser(user, out var id, out var group)) return (null, $"there is no user {user}");
        if (groupName is not null && !Accounts.TryFindGroup(groupName, out group)) return (null, $"there is no group {groupName}");
        return (new(id, group, policy.WithGroups ? Accounts.GroupsOf(user, group) : [group]), null);
    }
}
