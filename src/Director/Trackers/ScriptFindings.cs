using Director.Config;

namespace Director.Trackers;

/// <summary>What this host has to say of the scripts of a configuration, each with its place.</summary>
internal static class ScriptFindings
{
    /// <summary>A line for each script that is not run, or with which something seems wrong.</summary>
    public static IEnumerable<string> Of(DirectorConfig config, ScriptResolver resolver)
    {
        foreach (var script in ScriptsOf(config))
        {
            var resolved = resolver.Resolve(script);
            if (resolved.Refusal is { } refusal) yield return $"{script.Location}: warning: {script.Program} is not run: {refusal}";
            else if (resolved.Warning is { } warning) yield return $"{script.Location}: warning: {warning}";
        }

        foreach (var fifo in config.Globals.Fifos)
        {
            if (resolver.CredentialsOf(fifo.User, fifo.Group).Problem is { } problem)
                yield return $"{fifo.Location}: warning: {fifo.Path} is not made: {problem}";
        }
    }

    private static IEnumerable<ScriptConfig> ScriptsOf(DirectorConfig config) =>
    [
        .. config.Scripts.Select(script => script.Script),
        .. config.VrrpInstances.SelectMany(instance => instance.Notify.Scripts),
        .. config.SyncGroups.SelectMany(group => group.Notify.Scripts),
        .. new[] { config.Globals.Startup?.Script, config.Globals.Shutdown?.Script }.OfType<ScriptConfig>(),
        .. config.Globals.Fifos.Select(fifo => fifo.Script).OfType<ScriptConfig>(),
    ];
}
