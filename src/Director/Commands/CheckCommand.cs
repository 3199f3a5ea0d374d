using System.CommandLine;
using System.Text.Json;
using Director.Config;
using Director.Control;
using Director.Hosting;
using Director.Trackers;

namespace Director.Commands;

/// <summary><c>director check</c>: what is wrong with a configuration, all of it. Needs no privileges and changes nothing.</summary>
internal static class CheckCommand
{
    private const string Text = "text";
    private const string Json = "json";
    private const string Keepalived = "keepalived";

    public static Command Create()
    {
        var file = SharedOptions.ConfigFile();
        file.Description = "The keepalived.conf; - reads it from standard input";
        var id = SharedOptions.ConfigId();
        var format = new Option<string>("--format")
        {
            Description = "text for people, json (documented in docs/check.md), or keepalived: '(path: Line N) message', one a line",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => Text,
        };
        format.AcceptOnlyFromAmong(Text, Json, Keepalived);
        var json = new Option<bool>("--json") { Description = "The same as --format json" };
        var strict = new Option<bool>("--strict") { Description = "Exit 2 if there are warnings" };
        var noHost = new Option<bool>("--no-host")
        {
            Description = "The file is for another machine: do not look for its scripts and users on this one",
        };
        var peer = new Option<string?>("--peer")
        {
            Description = "The keepalived.conf of the other machine: what does not fit between the two",
            HelpName = "FILE",
        };
        var peerId = new Option<string?>("--peer-id")
        {
            Description = "For which @ID lines of the other's file are kept, if one file is for both",
            HelpName = "ID",
        };
        var explain = new Option<string?>("--explain") { Description = "Say what a rule is about, and read no file", HelpName = "RULE" };
        explain.CompletionSources.Add(_ => RuleCatalogue.All.Select(rule => new System.CommandLine.Completions.CompletionItem(rule.Name)));
        var rules = new Option<bool>("--rules") { Description = "Print all rules, as Markdown, and read no file" };
        var schema = new Option<bool>("--schema") { Description = "Print the JSON schema of --json, and read no file" };
        const string about = "Say what is wrong with a keepalived.conf, why it matters and what to do: exit 0 if it can be run, 1 if not, "
            + "2 if it can but has warnings and --strict is given";
        var command = new Command("check", about) { file, id, format, json, strict, noHost, peer, peerId, explain, rules, schema };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(rules)) return Print(RulePage.Markdown());
            if (parsed.GetValue(schema)) return Print(CheckReport.Schema());
            if (parsed.GetValue(explain) is { } name) return Explain(name);
            var chosen = parsed.GetValue(json) ? Json : parsed.GetValue(format)!;
            var context = HostContext.Of(parsed.GetValue(id));
            var result = Read(parsed.GetValue(file)!, context);
            var diagnostics = Diagnose(result, !parsed.GetValue(noHost));
            if (parsed.GetValue(peer) is { } other)
                diagnostics = WithPeer(result, diagnostics, other, HostContext.Of(parsed.GetValue(peerId)));
            Print(parsed.GetValue(file)!, result, diagnostics, chosen);
            return ExitCodeOf(diagnostics, parsed.GetValue(strict));
        });
        return command;
    }

    /// <summary>What there is to say of a configuration: of its text, of what this program can do and, if wanted, of this host.</summary>
    public static IReadOnlyList<Diagnostic> Diagnose(ConfigResult result, bool withHost)
    {
        var diagnostics = Linter.Lint(result);
        if (result.HasErrors) return diagnostics;
        // As root would run them: whoever checks is hardly whom the director runs as.
        var scripts = withHost ? ScriptFindings.Of(result.Config, ScriptResolver.OfRoot(result.Config.Globals.ScriptPolicy)) : [];
        return result.Sources.Sort([.. diagnostics, .. ConfigSupport.Problems(result.Config), .. scripts]);
    }

    private static ConfigResult Read(string file, ConfigContext context) =>
        ConfigReader.Read(file, StandardInput.FilesFor(file), keepsSyntax: true, context);

    private static List<Diagnostic> WithPeer(
        ConfigResult result, IReadOnlyList<Diagnostic> diagnostics, string peer, ConfigContext context)
    {
        var other = Read(peer, context);
        if (other.HasErrors) Console.Error.WriteLine($"director: {peer} has errors: it is not compared");
        return result.Sources.Sort([.. diagnostics, .. PeerLinter.Compare(result, other)]);
    }

    private static void Print(string file, ConfigResult result, IReadOnlyList<Diagnostic> diagnostics, string format)
    {
        switch (format)
        {
            case Json:
                var report = CheckReport.Of(file, diagnostics, result.Sources);
                Console.Out.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.CheckReport));
                break;
            case Keepalived:
                foreach (var diagnostic in diagnostics) Console.Out.WriteLine(DiagnosticFormatter.AsKeepalived(diagnostic));
                break;
            default:
                DiagnosticFormatter.Write(diagnostics, result.Sources, TerminalPen.ForOutput());
                if (diagnostics.Count == 0) Console.Out.WriteLine($"{file}: no errors, no warnings");
                break;
        }
    }

    /// <summary>What the command ends with.</summary>
    public static int ExitCodeOf(IReadOnlyList<Diagnostic> diagnostics, bool isStrict) =>
        diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error) ? ExitCodes.Refused
        : isStrict && diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Warning) ? ExitCodes.Warned
        : ExitCodes.Success;

    private static int Explain(string name)
    {
        if (RuleCatalogue.Find(name) is { } rule) return Print(RulePage.Explain(rule));
        var near = RuleCatalogue.Nearest(name);
        Console.Error.WriteLine($"director: there is no rule '{name}'{(near is null ? "" : $"; did you mean '{near}'?")}");
        return ExitCodes.Refused;
    }

    private static int Print(string text)
    {
        Console.Out.Write(text);
        return ExitCodes.Success;
    }
}
