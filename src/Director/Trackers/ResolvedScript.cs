using Director.Linux.Processes;

namespace Director.Trackers;

/// <summary>A script of the configuration on this host.</summary>
/// <param name="Command">What is run; null if nothing is.</param>
/// <param name="Refusal">Why nothing is run; null if something is.</param>
/// <param name="Warning">What a person should know all the same; null if nothing.</param>
internal sealed record ResolvedScript(ChildCommand? Command, string? Refusal, string? Warning)
{
    /// <summary>What tells it from another: it is run in the same way if this is the same.</summary>
    public string Identity => Command is { } command
        ? $"{string.Join('\0', [command.Program, .. command.Arguments])} {command.RunAs?.User}:{command.RunAs?.Group}:"
            + string.Join(',', command.RunAs?.Groups ?? [])
        : $"!{Refusal}";
}
