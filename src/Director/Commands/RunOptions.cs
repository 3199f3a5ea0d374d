namespace Director.Commands;

/// <summary>What the command line of <c>director run</c> said.</summary>
/// <param name="ConfigFile">The keepalived.conf.</param>
/// <param name="ConfigId">Its <c>--config-id</c>; null if none was said.</param>
/// <param name="RunDirectory">Where the socket and the lock are.</param>
/// <param name="SettingsFile">The director.json, or null for the default one, if it is there.</param>
/// <param name="Assignments">Each <c>--set Key=Value</c>.</param>
internal sealed record RunOptions(
    string ConfigFile, string? ConfigId, string RunDirectory, string? SettingsFile, IReadOnlyList<string> Assignments)
{
    /// <summary>Where the number of the process is written besides director.pid; null for nowhere.</summary>
    public string? PidFile { get; init; }
}
