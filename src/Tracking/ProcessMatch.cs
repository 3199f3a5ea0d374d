namespace Director.Tracking;

/// <summary>Which processes a tracker counts.</summary>
/// <param name="Name">
/// What is looked for: with <paramref name="IsFullCommand"/> or parameters the first word of the command line; otherwise its name as the
/// kernel has it (proc(5), comm: at most 15 bytes), or, with a slash in it, also the first word.
/// </param>
/// <param name="Parameters">The parameters asked for.</param>
/// <param name="Comparison">How they compare.</param>
/// <param name="IsFullCommand">Whether the command line is looked at, not the name.</param>
public sealed record ProcessMatch(string Name, IReadOnlyList<string> Parameters, ParameterMatch Comparison, bool IsFullCommand)
{
    /// <summary>Bytes of a name that the kernel keeps (Linux include/linux/sched.h, TASK_COMM_LEN less its NUL).</summary>
    public const int MaxCommandName = 15;

    /// <summary>Whether it is the command line that is compared.</summary>
    public bool NeedsCommandLine => IsFullCommand || Comparison != ParameterMatch.None || Name.Contains('/', StringComparison.Ordinal);

    /// <summary>Whether a process is one of them.</summary>
    /// <param name="commandName">Its name, <c>/proc/N/comm</c>.</param>
    /// <param name="commandLine">Its words, <c>/proc/N/cmdline</c>; empty for the kernel's own.</param>
    public bool Matches(string commandName, IReadOnlyList<string> commandLine)
    {
        if (!NeedsCommandLine) return commandName == (Name.Length > MaxCommandName ? Name[..MaxCommandName] : Name);
        return commandLine.Count > 0 && commandLine[0] == Name && ParametersMatch([.. commandLine.Skip(1)]);
    }

    private bool ParametersMatch(string[] found) => Comparison switch
    {
        ParameterMatch.None => true,
        ParameterMatch.Exact => Parameters.SequenceEqual(found),
        ParameterMatch.Initial => string.Join('\0', found).StartsWith(string.Join('\0', Parameters), StringComparison.Ordinal),
        _ => Parameters.SequenceEqual(found.Take(Parameters.Count)),
    };
}
