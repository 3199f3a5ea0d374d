using Director.Config;

namespace Director.Control;

/// <summary>What a configuration asks of this program's parts beyond what its own language checks. Pure.</summary>
internal static class ConfigSupport
{
    /// <summary>What cannot be honoured, each with its place; empty if all can.</summary>
    public static IEnumerable<string> Problems(DirectorConfig config)
    {
        foreach (var (instance, settings) in config.VrrpInstances.Zip(VrrpSettings.From(config)))
            if (settings.Problem() is { } problem) yield return $"{instance.Location}: error: {problem}";
        foreach (var (group, settings) in config.SyncGroups.Zip(VrrpSettings.GroupsFrom(config)))
            if (settings.Problem() is { } problem) yield return $"{group.Location}: error: {problem}";
        foreach (var (session, settings) in config.BfdInstances.Zip(BfdPlan.From(config)))
            if (settings.Problem() is { } problem) yield return $"{session.Location}: error: {problem}";
    }
}
