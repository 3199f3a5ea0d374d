namespace Director.Linux.Host;

/// <summary>Something about the host that is in the way.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="What">What it is and what it spoils.</param>
/// <param name="Command">What clears it: a command for a root shell.</param>
public sealed record HostFinding(FindingSeverity Severity, string What, string Command)
{
    /// <summary>One line of a log.</summary>
    public override string ToString() => $"{What}; to clear it: {Command}";
}
