using Director.Config;

namespace Director.Control;

/// <summary>What a configuration asks of this program's parts beyond what its own language checks. Pure.</summary>
internal static class ConfigSupport
{
    /// <summary>What cannot be honoured, each with its place; empty if all can.</summary>
    public static IEnumerable<Diagnostic> Problems(DirectorConfig config)
    {
        foreach (var (instance, settings) in config.VrrpInstances.Zip(VrrpSettings.From(config)))
            if (settings.Problem() is { } problem) yield return Refused(instance.Location, problem);
        foreach (var (group, settings) in config.SyncGroups.Zip(VrrpSettings.GroupsFrom(config)))
            if (settings.Problem() is { } problem) yield return Refused(group.Location, problem);
        foreach (var (session, settings) in config.BfdInstances.Zip(BfdPlan.From(config)))
            if (settings.Problem() is { } problem) yield return Refused(session.Location, problem);
    }

    private static Diagnostic Refused(SourceLocation location, string problem) =>
        new(Severity.Error, DiagnosticCode.Refused, location, 0, problem, null);
}
