using Director.Config;
using Director.Tracking;
using Director.Vrrp;

namespace Director.Trackers;

/// <summary>What the main process looks at for virtual routers.</summary>
/// <param name="Scripts">Scripts, resolved on this host.</param>
/// <param name="Files">Files.</param>
/// <param name="Processes">Processes.</param>
/// <param name="Hard">What takes a router into FAULT if it fails, rather than to another priority.</param>
internal sealed record TrackerPlan(
    IReadOnlyList<ScriptTask> Scripts,
    IReadOnlyList<TrackFileConfig> Files,
    IReadOnlyList<ProcessTask> Processes,
    IReadOnlySet<TrackerKey> Hard)
{
    /// <summary>What a configuration asks for.</summary>
    public static TrackerPlan From(DirectorConfig config)
    {
        var resolver = ScriptResolver.OfThisProcess(config.Globals.ScriptPolicy);
        return new(
            [.. config.Scripts.Select(script => new ScriptTask(script.Name, resolver.Resolve(script.Script),
                new(script.Interval, script.Timeout, script.Rise, script.Fall, script.StartsFailed)))],
            config.TrackFiles,
            [.. config.TrackProcesses.Select(From)],
            config.VrrpInstances.SelectMany(instance => instance.Tracks).Concat(config.SyncGroups.SelectMany(group => group.Tracks))
                .Where(track => track.Weight == 0).Select(KeyOf).ToHashSet());
    }

    /// <summary>What a line of a <c>track_*</c> block names.</summary>
    public static TrackerKey KeyOf(TrackConfig track) => new(KindOf(track.Kind), track.Name);

    private static TrackerKind KindOf(TrackedKind kind) => kind switch
    {
        TrackedKind.Interface => TrackerKind.Interface,
        TrackedKind.Script => TrackerKind.Script,
        TrackedKind.File => TrackerKind.File,
        TrackedKind.Process => TrackerKind.Process,
        TrackedKind.VirtualServer => TrackerKind.VirtualServer,
        _ => TrackerKind.Bfd,
    };

    private static ProcessTask From(TrackProcessConfig process) => new(process.Name, new(
        new(process.Process, process.Parameters, MatchOf(process.ParameterMatch), process.IsFullCommand),
        process.Quorum, process.QuorumMax, process.ForkDelay, process.TerminateDelay));

    private static ParameterMatch MatchOf(ParameterMatchConfig match) => match switch
    {
        ParameterMatchConfig.Exact => ParameterMatch.Exact,
        ParameterMatchConfig.Initial => ParameterMatch.Initial,
        ParameterMatchConfig.Partial => ParameterMatch.Partial,
        _ => ParameterMatch.None,
    };
}
