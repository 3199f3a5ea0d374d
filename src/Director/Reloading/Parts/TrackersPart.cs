using Director.Control;
using Director.Trackers;

namespace Director.Reloading.Parts;

/// <summary>What virtual routers track and the main process looks at. After the desired state, which quorums are of.</summary>
internal sealed class TrackersPart(Func<TrackerPlan, ReloadStage> replace, QuorumTrackers quorums, DirectorCore core) : IReloadPart
{
    /// <inheritdoc/>
    public string Name => "trackers";

    /// <inheritdoc/>
    public ReloadStage Begin(ReloadContext reload)
    {
        var trackers = replace(TrackerPlan.From(reload.After));
        quorums.Tell(core);
        // The desired state is undone after this; the loop tells its quorums then.
        return trackers;
    }
}
