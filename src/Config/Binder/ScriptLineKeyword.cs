using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>A keyword that names a script, which is run without a shell.</summary>
/// <typeparam name="T">The draft.</typeparam>
/// <param name="name">The keyword.</param>
/// <param name="apply">Takes the script; null if there may be none and is none.</param>
/// <param name="mayBeBare">Whether the keyword may stand alone.</param>
internal sealed class ScriptLineKeyword<T>(string name, Action<T, ScriptConfig?> apply, bool mayBeBare = false) : Keyword<T>(name)
{
    private const int UserAndGroup = 2;

    public override string Arguments
    {
        get
        {
            var command = ScriptKeyword.TakesUser(name) ? "COMMAND [USER [GROUP]]" : "COMMAND";
            return mayBeBare ? $"[{command}]" : command;
        }
    }

    public override bool AllowsBlock => true;

    public override bool Accepts(string text) => text[0] == '/';

    public override void Bind(Statement statement, T draft, DiagnosticSink diagnostics)
    {
        if (mayBeBare && statement is { Words.Count: 1, Block: null })
        {
            apply(draft, null);
            return;
        }

        if (!ScriptLine.TryRead(name, statement, diagnostics, out var value, out var command)) return;
        var users = ScriptKeyword.TakesUser(name) ? UserAndGroup : 0;
        if (command.After.Count > users)
        {
            diagnostics.Warning(DiagnosticCode.ExtraWords, ScriptLine.Part(value, command.After[users].Start, command.After[^1].End),
                $"the words after {(users == 0 ? ScriptLine.Shown(command) : "user and group")} are ignored", ScriptLine.Advice(command));
        }

        var (user, group) = users == 0 ? (null, null) : (command.User, command.Group);
        if (command.Program[0] != '<')
        {
            apply(draft, new(command.Program, command.Arguments, user, group, value.Location));
            return;
        }

        // keepalived gives such a line to a shell; only bash knows /dev/tcp.
        diagnostics.Hint(DiagnosticCode.ShellCommand, value, "this is for a shell: it is run by /bin/bash");
        apply(draft, new("/bin/bash", ["-c", command.Command.Text], user, group, value.Location));
    }
}
