using Director.Config;

namespace Director.Trackers;

/// <summary>What this host has to say of the scripts of a configuration, each with its place.</summary>
internal static class ScriptFindings
{
    /// <summary>One for each script that is not run, or with which something seems wrong.</summary>
    public static IEnumerable<Diagnostic> Of(DirectorConfig config, ScriptResolver resolver)
    {
        foreach (var script in ScriptsOf(config))
        {
            var resolved = resolver.Resolve(script);
            if (resolved.Refusal is { } refusal) yield return Found(script.Location, $"{script.Program} is not run: {refusal}");
            else if (resolved.Warning is { } warning) yield return Found(script.Location, warning);
        }

        foreach (var fifo in config.Globals.Fifos)
        {
            if (resolver.CredentialsOf(fifo.User, fifo.Group).Problem is { } problem)
                yield return Found(fifo.Location, $"{fifo.Path} is not made: {problem}");
        }
    }

    private static IEnumerable<ScriptConfig> ScriptsOf(DirectorConfig config) =>
    [
        .. config.Scripts.Select(script => script.Script),
        .. config.VrrpInstances.SelectMany(instance => instance.Notify.Scripts),
        .. config.SyncGroups.SelectMany(group => group.Notify.Scripts),
        .. config.VirtualServers.SelectMany(service => service.Notify.Scripts),
        .. config.VirtualServers.SelectMany(service => service.RealServers).SelectMany(server => server.Notify.Scripts),
        .. config.VirtualServers.SelectMany(service => service.RealServers).SelectMany(server => server.Checks)
            .OfType<MiscCheckConfig>().Select(check => check.Script),
        .. new[] { config.Globals.Startup?.Script, config.Globals.Shutdown?.Script }.OfType<ScriptConfig>(),
        .. config.Globals.Fifos.Select(fifo => fifo.Script).OfType<ScriptConfig>(),
    ];

    private static Diagnostic Found(SourceLocation location, string message) =>
        new(Severity.Warning, DiagnosticCode.ScriptProblem, location, 0, message, null);
}
