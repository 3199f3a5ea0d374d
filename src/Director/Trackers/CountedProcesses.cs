using Director.Tracking;
using Director.Vrrp;

namespace Director.Trackers;

/// <summary>The processes of one tracker.</summary>
internal sealed class CountedProcesses(ProcessTask task)
{
    /// <summary>What is counted.</summary>
    public ProcessTask Task => task;

    /// <summary>Its name for the virtual routers.</summary>
    public TrackerKey Key { get; } = new(TrackerKind.Process, task.Name);

    /// <summary>Those that run.</summary>
    public HashSet<int> Processes { get; } = [];

    /// <summary>What follows of their number.</summary>
    public ProcessCount Count { get; } = new(task.Settings);

    /// <summary>Whether the same are counted in the same way.</summary>
    public bool IsOf(ProcessTask other)
    {
        var (mine, theirs) = (task.Settings, other.Settings);
        return task.Name == other.Name && mine.Match.Parameters.SequenceEqual(theirs.Match.Parameters)
            && mine with { Match = theirs.Match } == theirs && mine.Match with { Parameters = theirs.Match.Parameters } == theirs.Match;
    }
}
