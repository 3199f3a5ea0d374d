namespace Director.Config;

/// <summary>A <c>vrrp_track_process</c> that something tracks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Process">The process that is counted.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="ParameterMatch">How they compare.</param>
/// <param name="IsFullCommand"><c>full_command</c>: the command line is looked at rather than the name.</param>
/// <param name="Quorum"><c>quorum</c>: the fewest, 0 or more.</param>
/// <param name="QuorumMax"><c>quorum_max</c>: the most.</param>
/// <param name="ForkDelay"><c>fork_delay</c>.</param>
/// <param name="TerminateDelay"><c>terminate_delay</c>.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record TrackProcessConfig(
    string Name,
    string Process,
    IReadOnlyList<string> Parameters,
    ParameterMatchConfig ParameterMatch,
    bool IsFullCommand,
    int Quorum,
    int QuorumMax,
    TimeSpan ForkDelay,
    TimeSpan TerminateDelay,
    SourceLocation Location);
