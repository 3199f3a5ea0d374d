using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>
/// A keyword of keepalived's that names a script, which the director does not run yet. What it would run is read all the same, for how
/// these lines are split surprises: <c>notify_up /bin/x a b</c> runs /bin/x as user a and group b.
/// </summary>
/// <typeparam name="T">The draft.</typeparam>
/// <param name="name">The keyword.</param>
/// <param name="isInIgnoredBlock">
/// Whether the block as a whole has been called not supported, so that only what may surprise is left to say.
/// </param>
internal sealed class UnsupportedScriptKeyword<T>(string name, bool isInIgnoredBlock) : Keyword<T>(name)
{
    public override KeywordUse Use => KeywordUse.NotYet;

    public override bool AllowsBlock => true;

    public override bool IsRepeatable => true;

    public override bool Accepts(string text) => text[0] == '/';

    public override void Bind(Statement statement, T draft, DiagnosticSink diagnostics)
    {
        if (!ScriptLine.TryRead(name, statement, diagnostics, out var value, out var command)) return;
        Report(statement.Keyword, value, command, diagnostics);
    }

    private void Report(Word keyword, Word value, ScriptCommand command, DiagnosticSink diagnostics)
    {
        var shown = ScriptLine.Shown(command);
        if (command.After.Count > 0 && !ScriptKeyword.TakesUser(name))
        {
            diagnostics.Warning(DiagnosticCode.ExtraWords, ScriptLine.Part(value, command.After[0].Start, command.After[^1].End),
                $"'{name}' is not supported yet; the words after {shown} would be ignored", ScriptLine.Advice(command));
        }
        else if (command.After.Count > 0 || !isInIgnoredBlock)
        {
            diagnostics.Warning(DiagnosticCode.NotSupported, keyword, $"'{name}' is not supported yet: nothing is run",
                $"it would run {shown}{As(command)}{(ScriptLine.Advice(command) is { } advice ? $"; {advice}" : "")}");
        }
    }

    private static string As(ScriptCommand command)
    {
        if (command.User is not { } user) return "";
        var group = command.Group is { } named ? $", group {Printable.Quote(named)}" : "";
        var ignored = command.After.Count > 2 ? ", and ignore the words after it" : "";
        return $" as user {Printable.Quote(user)}{group}{ignored}";
    }
}
