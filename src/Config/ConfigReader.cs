using Director.Config.Binder;
using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config;

/// <summary>Reads keepalived.conf(5).</summary>
public static class ConfigReader
{
    /// <summary>
    /// Reads <paramref name="path"/> and all that it includes. Never throws on account of what the files hold: everything that is to be
    /// said about them is in the result, all of it at once. Pure but for <paramref name="files"/>; any thread.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="files">Where files are read.</param>
    /// <param name="keepsSyntax">Whether the result is for <see cref="Linter"/>, which needs more memory.</param>
    /// <param name="context">What the text may ask about the machine; null if nothing is known of it.</param>
    public static ConfigResult Read(string path, IConfigFiles files, bool keepsSyntax = false, ConfigContext? context = null)
    {
        var sources = new ConfigSources();
        var diagnostics = new DiagnosticSink();
        var lines = new LineReader(files, sources, diagnostics, context);
        lines.Open(path);

        var root = new RootDraft();
        var statements = new Parser(lines, diagnostics).Parse(RootKeywords.Grammar);
        List<Statement> syntax = [];
        if (keepsSyntax) statements = syntax = [.. statements];
        RootKeywords.Grammar.Bind(statements, root, diagnostics);
        var virtualServers = new VirtualServerCompletion(root, diagnostics).Complete(root.VirtualServers);
        var tracking = new TrackingCompletion(root, virtualServers, diagnostics);
        var instances = tracking.Instances(new VrrpInstanceCompletion(root.Globals, diagnostics).Complete(root.VrrpInstances));
        instances = new TrackGroupCompletion(root, diagnostics).Complete(instances);
        var groups = tracking.SyncGroups(instances);
        var config = new DirectorConfig(Globals(root.Globals) with { NetworkNamespace = root.NetworkNamespace }, instances, virtualServers)
        {
            SyncGroups = groups,
            Scripts = tracking.Scripts(),
            TrackFiles = tracking.Files(),
            TrackProcesses = tracking.Processes(),
            BfdInstances = new BfdInstanceCompletion(root, diagnostics).Complete(),
            Host = HostCompletion.Complete(root, instances, diagnostics),
            Tls = root.Tls.Complete(),
        };
        return new(config, diagnostics.Sorted(sources), sources) { Syntax = syntax };
    }

    private static GlobalConfig Globals(GlobalDraft globals) => new(globals.RouterId)
    {
        LvsTimeouts = globals.LvsTimeouts,
        VrrpProcess = globals.VrrpProcess.Complete(),
        AllowsMissingInterfaces = globals.AllowsMissingInterfaces,
        Mail = globals.Notify.Mail,
        ScriptPolicy = globals.Notify.Scripts,
        Startup = globals.Notify.Startup.Complete(),
        Shutdown = globals.Notify.Shutdown.Complete(),
        Fifos = globals.Notify.Fifos,
        TellsFifosOnReload = globals.Notify.TellsOnReload,
        IsSilentAboutChecks = globals.Notify.IsSilentAboutChecks,
        TellsFirstServers = globals.Notify.TellsFirstServers,
    };
}
